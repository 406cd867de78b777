"""Runs that are under way or were cut off: kept, offered, taken up, put into the history."""

import os
import socket
import sys
import time
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from uncramp.cli.preflight import is_agreed
from uncramp.core.plan.plan import Plan
from uncramp.core.routine.model import Routine
from uncramp.core.run.view import Saved
from uncramp.library.library import Entry, Library
from uncramp.plain.output import complain
from uncramp.runs.autosave import Keeping
from uncramp.runs.checkpoint import About, Seat
from uncramp.runs.history import History
from uncramp.runs.resume_options import Offer, age_words, offer_for, place_words, seat_words
from uncramp.runs.store import Finds, Found, Shelf
from uncramp.session.conductor import Clocks, Conductor
from uncramp.system import paths
from uncramp.system.locks import Held


@dataclass(frozen=True, slots=True)
class Taken:
    """A run that is taken up: its file is held."""

    found: Found
    held: Held
    saved: Saved | None
    """Where it goes on; None from the beginning."""


def shelf() -> Shelf:
    """The shelf of this person's runs."""
    return Shelf(paths.unfinished_folder())


def seat() -> Seat:
    """Where this process goes on."""
    tty = None
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        with suppress(AttributeError, OSError, ValueError):
            tty = tty or os.ttyname(stream.fileno())
    return Seat(socket.gethostname(), tty, os.getpid())


def keeping_for(
    file_of_routine: Callable[[Routine], Path | None], clocks: Clocks, taken: Taken | None
) -> Keeping:
    """What keeps a run, of which `file_of_routine` tells the routine's file."""
    then = taken.found.kept.about if taken else None
    here = seat()

    def about(plan: Plan, started_s: float) -> About:
        file = file_of_routine(plan.routine)
        if then and then.file and then.routine_id == plan.routine.id:
            file = Path(then.file)
        return About(
            routine_id=plan.routine.id,
            title=plan.routine.title,
            file=str(file.absolute()) if file else "",
            is_urgent=plan.routine.urgent,
            choices=plan.choices,
            total_ms=plan.total.length_ms,
            steps=plan.total.steps,
            started_s=started_s,
            seat=here,
        )

    return Keeping(
        taken.found.file if taken else shelf().new_file(),
        about,
        clocks.steady,
        clocks.wall,
        held=taken.held if taken else None,
        started_s=then.started_s if then and taken and taken.saved else None,
    )


def look(history: History) -> Finds:
    """What is under way or was cut off; what nobody goes on with any more is history."""
    place = shelf()
    finds = place.look()
    for found in finds.stale:
        leave(found, history)
    return finds


def leave(found: Found, history: History) -> str | None:
    """Put a run that was cut off into the history, as ended early.

    Returns a sentence for the person where that failed, or another process has it.
    """
    if not shelf().put_away(found):
        return "This run was taken up in another place meanwhile."
    kept = found.kept
    if not kept.saved.has_started:
        return None
    return history.append(kept.record, kept.about.started_s, kept.seen_s)


def leave_all_of(routine_ids: Collection[str], history: History) -> None:
    """Put what was cut off of routines into the history: they were done since, to the end."""
    if not routine_ids:
        return
    for found in shelf().look().unfinished:
        if found.kept.about.routine_id in routine_ids:
            leave(found, history)


def offer(found: Found, library: Library, conditions: frozenset[str]) -> Offer:
    """What can be done about a run that was cut off, as its routine and the person are now."""
    entry = _entry_of(found, library)
    routine = entry.routine if entry else None
    is_there = entry is not None and os.path.lexists(entry.file)
    return offer_for(found.kept, routine, conditions, is_there=is_there)


def _entry_of(found: Found, library: Library) -> Entry | None:
    """The routine of a run: from its own file, or of its id where that stands elsewhere now."""
    about = found.kept.about
    known = library.find(about.routine_id)
    if known is not None and (not about.file or str(known.file.absolute()) == about.file):
        return known
    if about.file and os.path.lexists(about.file):
        return library.open_path(Path(about.file))
    return known


class CutOff:
    """A run that was cut off, for the full screen to ask about."""

    def __init__(
        self,
        found: Found,
        can: Offer,
        take_up: Callable[[Plan, Taken], Conductor],
        history: History,
    ) -> None:
        """Offer `can` about `found`; `take_up` makes the conductor that goes on with it."""
        self.offer = can
        """What can be done."""
        self._found = found
        self._take_up = take_up
        self._history = history

    def conduct(self, saved: Saved | None) -> Conductor | None:
        """Take it up as `saved`, or from the beginning; None where another process was sooner."""
        plan = self.offer.plan
        held = shelf().claim(self._found) if plan else None
        if held is None or plan is None:
            return None
        return self._take_up(plan, Taken(self._found, held, saved))

    def leave(self) -> str | None:
        """Put it into the history as ended early. Returns a sentence where that failed."""
        return leave(self._found, self._history)


def may_run_beside(finds: Finds, *, may_ask: bool) -> bool:
    """Say that another run goes on, if one does; is one more to go on beside it?"""
    words = running_words(finds)
    if not words:
        return True
    if may_ask:
        return is_agreed((words,), may_ask=True)
    complain(words)
    return True


def unfinished_words(finds: Finds, routine_id: str) -> str:
    """That this same routine was cut off, and how to go on with that; empty where it was not."""
    for found in finds.unfinished:
        if found.kept.about.routine_id == routine_id:
            begins = "This begins anew; uncramp resume goes on from there."
            return f"{cut_off_words(found)} {begins}"
    return ""


def file_of(routine: Routine, library: Library) -> Path | None:
    """The file of a routine that was found in the library by its id."""
    entry = library.find(routine.id)
    return entry.file if entry else None


def running_words(finds: Finds) -> str:
    """What goes on in another place, in a sentence; empty where nothing does."""
    if not finds.running:
        return ""
    found = finds.running[0]
    about = found.kept.about
    since = time.strftime("%H:%M", time.localtime(about.started_s))
    seems = "" if found.is_sure else "It seems that "
    more = len(finds.running) - 1
    others = f" So {'is' if more == 1 else 'are'} {more} more." if more else ""
    where = seat_words(about.seat, socket.gethostname())
    return f"{seems}{about.title} is running {where}, since {since}.{others}"


def cut_off_words(found: Found) -> str:
    """That a run was cut off, when and where: `Bedtime was cut off 8 minutes ago: Soak, …`."""
    kept = found.kept
    age = age_words(time.time() - kept.seen_s)
    return f"{kept.about.title} was cut off {age}: {place_words(kept)}."
