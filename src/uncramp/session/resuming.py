"""Finding the runs that go on or were cut off, and resuming or ending them."""

import os
import sys
from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path

from uncramp.core.lazy.dataclass import dataclass
from uncramp.core.plan.plan import Plan
from uncramp.core.routine.model import Routine
from uncramp.core.run.saved import Saved
from uncramp.library.library import Entry, Library
from uncramp.runs.autosave import AutosaveFile
from uncramp.runs.checkpoint import About, Location
from uncramp.runs.history import History
from uncramp.runs.resume_options import Offer, offer_for
from uncramp.runs.store import RunStore, StoredRun, StoredRuns
from uncramp.runs.unkept import NotLeft, ResumedElsewhere
from uncramp.session.conductor import Conductor
from uncramp.system.clocks import Clocks
from uncramp.system.host import host_name
from uncramp.system.locks import FileLock


@dataclass(frozen=True, slots=True)
class ResumedRun:
    """A run that is being resumed: its file is locked."""

    found: StoredRun
    held: FileLock
    saved: Saved | None
    """Where it continues; None for the beginning."""


class Resuming:
    """This person's runs that go on or were cut off."""

    def __init__(self, store: RunStore, history: History, library: Library, clocks: Clocks) -> None:
        """Use the runs in `store`; one that nobody resumes goes into `history`."""
        self.library = library
        self._store = store
        self._history = history
        self._clocks = clocks
        self._left: StoredRun | None = None
        """The last run that was set aside, which can be brought back."""

    def look(self) -> StoredRuns:
        """The runs that go on or were cut off; those too old to resume go into the history."""
        for left in self._store.left():
            if left != self._left:
                self.leave(left)
        stored = self._store.look()
        for found in stored.stale:
            self.leave(found)
        return stored

    def leave(self, found: StoredRun) -> NotLeft | None:
        """Put a run that was cut off into the history, as ended early.

        Returns why that failed, or None.
        """
        held = self._store.claim(found)
        if held is None:
            return ResumedElsewhere()
        checkpoint = found.checkpoint
        problem = None
        if checkpoint.saved.has_started:
            problem = self._history.append(
                checkpoint.record, checkpoint.about.started_s, checkpoint.seen_s
            )
        if problem is not None:
            # It can still be resumed: it is recorded nowhere else.
            held.release(remove=False)
            return problem
        self._store.remove(found, held)
        return None

    def set_aside(self, found: StoredRun) -> NotLeft | None:
        """Leave a run so that it can be brought back, until the next one is left or `settle`.

        Returns why that failed, or None.
        """
        held = self._store.claim(found)
        if held is None:
            return ResumedElsewhere()
        self.settle()
        try:
            self._left = self._store.set_left(found, held)
        except OSError:
            # Where it cannot be moved it is left for good.
            return self.leave(found)
        return None

    def bring_back(self) -> bool:
        """Undo the last `set_aside`. Can that run be resumed again?"""
        left, self._left = self._left, None
        return left is not None and self._store.bring_back(left)

    def settle(self) -> None:
        """Put the run that was set aside into the history."""
        left, self._left = self._left, None
        if left is not None:
            self.leave(left)

    def leave_all_of(self, routine_ids: Collection[str]) -> None:
        """Put the cut-off runs of these routines into the history: they were finished since."""
        if not routine_ids:
            return
        for found in self._store.look().unfinished:
            if found.checkpoint.about.routine_id in routine_ids:
                self.leave(found)

    def offer(self, found: StoredRun, conditions: frozenset[str]) -> Offer:
        """What can be done about a run, given its routine and the person's conditions now."""
        entry = self._entry_of(found)
        routine = entry.routine if entry else None
        is_there = entry is not None and (bool(entry.text) or os.path.lexists(entry.file))
        return offer_for(found.checkpoint, routine, conditions, is_there=is_there)

    def take(self, found: StoredRun, saved: Saved | None) -> ResumedRun | None:
        """Lock a run to resume it at `saved`; None if another process was faster."""
        held = self._store.claim(found)
        return ResumedRun(found, held, saved) if held is not None else None

    def autosave(
        self, entry_of: Callable[[Routine], Entry | None], taken: ResumedRun | None
    ) -> AutosaveFile:
        """The autosave for a run; `entry_of` finds the entry of its routine."""
        then = taken.found.checkpoint.about if taken else None
        here = location()

        def about(plan: Plan, started_s: float) -> About:
            entry = entry_of(plan.routine)
            text = entry.text if entry else ""
            file = entry.file if entry and not text else None
            if then and then.routine_id == plan.routine.id:
                text = then.text
                file = Path(then.file) if then.file else file
            return About(
                routine_id=plan.routine.id,
                title=plan.routine.title,
                file=str(file.absolute()) if file else "",
                is_urgent=plan.routine.urgent,
                choices=plan.choices,
                total_ms=plan.total.length_ms,
                steps=plan.total.steps,
                started_s=started_s,
                location=here,
                text=text,
            )

        return AutosaveFile(
            taken.found.file if taken else self._store.new_file(),
            about,
            self._clocks.steady,
            self._clocks.wall,
            held=taken.held if taken else None,
            started_s=then.started_s if then and taken and taken.saved else None,
        )

    def _entry_of(self, found: StoredRun) -> Entry | None:
        """The routine of a run: from its own text or file, or from where its id is now."""
        about = found.checkpoint.about
        if about.text:
            return self.library.typed(about.routine_id, about.text)
        known = self.library.find(about.routine_id)
        if known is not None and (not about.file or str(known.file.absolute()) == about.file):
            return known
        if about.file and os.path.lexists(about.file):
            return self.library.open_path(Path(about.file))
        return known


class CutOff:
    """A run that was cut off, for the full screen to ask about."""

    def __init__(
        self,
        found: StoredRun,
        offer: Offer,
        resuming: Resuming,
        resume: Callable[[Plan, ResumedRun], Conductor],
    ) -> None:
        """Ask about `found` with `offer`; `resume` makes the conductor that continues it."""
        self.offer = offer
        """What can be done about it."""
        self._found = found
        self._resuming = resuming
        self._resume = resume

    def conduct(self, saved: Saved | None) -> Conductor | None:
        """Resume it at `saved`, or at the beginning; None if another process was faster."""
        plan = self.offer.plan
        taken = self._resuming.take(self._found, saved) if plan else None
        return self._resume(plan, taken) if plan and taken else None

    def leave(self) -> NotLeft | None:
        """Do not resume it; `bring_back` undoes that. Returns why that failed, or None."""
        return self._resuming.set_aside(self._found)

    def bring_back(self) -> bool:
        """Undo `leave`, if it was the last one. Can it be resumed again?"""
        return self._resuming.bring_back()


def location() -> Location:
    """Where this process runs."""
    tty = None
    if sys.platform != "win32":
        for stream in (sys.stdin, sys.stdout, sys.stderr):
            with suppress(AttributeError, OSError, ValueError):
                tty = tty or os.ttyname(stream.fileno())
    return Location(host_name(), tty, os.getpid())
