"""Saves one run on disk while it goes on, in a separate thread.

Each state is written whole into a second file, which then takes the name of the first: a killed
program leaves the last written state, never half of one. Against a dead battery each state is
synced to the disk (fsync), which can take a second. What happens by itself takes the name only
after the sync, so that a whole file always exists. A move takes it at once and is synced
afterwards: a kill must not lose the move, although a battery that dies at that moment may, on some
disks, lose the run. The folder is not synced: that would gain a few seconds but cost a second write
each time.

While a run goes on and nothing happens, only the beginning of its file is written over, which
says how long that has been: no file is made, and the disk is waited for at every fourth time only.
A soak of twenty minutes would otherwise wake the machine more often than its own clock does. A
kill loses as little as before, a battery that dies some seconds more.
"""

import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from uncramp.core.lazy.dataclass import dataclass
from uncramp.core.plan.plan import Plan
from uncramp.core.run.record import Record
from uncramp.core.run.run import Run
from uncramp.core.run.saved import Saved
from uncramp.runs.checkpoint import About, Checkpoint, beginning_of, text_of
from uncramp.runs.save_status import SaveState, SaveStatus
from uncramp.system.files import private_folder
from uncramp.system.locks import AlreadyLocked, FileLock
from uncramp.system.os_errors import reason_of

SUFFIX, LOCK_SUFFIX, HALF_SUFFIX = ".json", ".lock", ".half"

APART_S = 1.0
"""What happens by itself is written no more often than this; a move at once."""
HEARTBEAT_S = 3.5
"""If nothing happens, the state is written this often: more often than a lapse of 5 s."""
SYNCED_BEATS = 4
"""So many times the state is written over before the disk is waited for."""
PATIENCE_S = 1.0
"""How long to wait for the disk at the end."""

_NO_THREAD = "this machine starts no more threads"
_FINE, _FINE_AGAIN = SaveStatus(), SaveStatus(SaveState.FINE_AGAIN)


@dataclass(frozen=True, slots=True)
class _State:
    saved: Saved
    plan: Plan
    seen_s: float
    is_move: bool
    record: Record | None = None
    """The record of a run that is over, if the history could not take it."""


class AutosaveFile:
    """The file of a run that goes on. Only `leave` and `close` wait for the disk."""

    def __init__(
        self,
        file: Path,
        about: Callable[[Plan, float], About],
        steady: Callable[[], float],
        wall: Callable[[], float],
        *,
        held: FileLock | None = None,
        started_s: float | None = None,
    ) -> None:
        """Save a run in `file`, whose folder is created when the run begins.

        `about` describes the run of a plan that was started at a time. If a saved run is
        resumed, `held` is the lock of its file, and `started_s` when it began.
        """
        self.file = file
        self._about = about
        self._started_s = wall() if started_s is None else started_s
        self._steady = steady
        self._wall = wall
        self._held = held
        self._posted_s: float | None = None
        self._is_due = False
        self._changed = threading.Condition()
        self._next: _State | None = None
        self._beside: list[str] = []
        """The records, as text, that go into separate files."""
        self._beside_count = 0
        self._is_over = self._is_closing = self._is_writing = self._is_recorded = False
        self._whole: _State | None = None
        """What was written whole last; None if that failed."""
        self._beats = 0
        """How often its beginning was written over since."""
        self._written = 0
        """How many states have been written."""
        self._status = _FINE
        self._thread: threading.Thread | None = None

    @property
    def status(self) -> SaveStatus:
        """Whether saving works."""
        return self._status

    @property
    def is_left(self) -> bool:
        """Is the run saved and not over: can it be resumed?"""
        return self._written > 0 and not self._is_over and not self._is_recorded

    @property
    def has_record(self) -> bool:
        """Does the file keep the record of a run that is over, for the history to take later?"""
        return self._is_recorded and not self._is_failing

    def take(self, run: Run, now: int, *, has_events: bool, is_move: bool) -> None:
        """Write the state of `run` at `now`, if it is time to. Takes microseconds."""
        if self._is_over or self._is_recorded:
            return
        at = self._steady()
        since_s = APART_S + HEARTBEAT_S if self._posted_s is None else at - self._posted_s
        self._is_due = self._is_due or has_events
        if is_move or since_s >= (APART_S if self._is_due else HEARTBEAT_S):
            self._posted_s, self._is_due = at, False
            self._post(run, now, is_move=is_move)

    def start_new_run(self) -> None:
        """Save another run from now on, which begins at this moment."""
        self._started_s = self._wall()

    def set_aside(self, run: Run, now: int, record: Record) -> None:
        """Keep `record` of a run that is over in another file: the history cannot take it.

        The run's own file is needed for the run that follows.
        """
        state = _State(run.saved(now), run.plan, self._wall(), is_move=True, record=record)
        text = text_of(self._checkpoint(state))
        with self._changed:
            self._beside.append(text)
            self._changed.notify_all()
        self._start()
        if self._thread is None:
            self._write_here()

    def finish(self) -> None:
        """The run is over: delete its file."""
        with self._changed:
            self._is_over, self._next = True, None
            self._changed.notify_all()
        self._start()
        if self._thread is None:
            self._take_away()

    def finish_unrecorded(self, run: Run, now: int, record: Record) -> None:
        """The run is over, and the history could not take its record: keep it in the file."""
        self._is_recorded = True
        self._post(run, now, is_move=True, record=record)
        if self._thread is None:
            self._write_here()

    def leave(self, run: Run, now: int) -> bool:
        """Write the run for the last time, and wait for it. Returns whether it is saved."""
        before = self._written
        self._post(run, now, is_move=True)
        if self._thread is None:
            self._write_here()
        else:
            self.settle()
        is_kept = self._written > before and not self._is_failing
        if is_kept:
            self.close()
        return is_kept

    def _write_here(self) -> None:
        """Write everything if there is no thread to do it: the caller waits for the disk."""
        state, self._next = self._next, None
        beside, self._beside = self._beside, []
        self._write_beside(beside)
        if state is not None:
            self._write(state)

    def settle(self, within_s: float = PATIENCE_S) -> bool:
        """Wait until everything is written, or has failed; False if that takes too long."""
        with self._changed:
            return self._changed.wait_for(
                lambda: not (self._next or self._beside or self._is_writing), within_s
            )

    def close(self) -> None:
        """Write what is still to be written, and release the file."""
        with self._changed:
            self._is_closing = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join(PATIENCE_S)
        elif self._held is not None:
            self._held.release(remove=False)

    def _post(self, run: Run, now: int, *, is_move: bool, record: Record | None = None) -> None:
        with self._changed:
            # This includes a move that is not written yet.
            is_move = is_move or (self._next is not None and self._next.is_move)
            self._next = _State(run.saved(now), run.plan, self._wall(), is_move, record)
            self._changed.notify_all()
        self._start()

    def _start(self) -> None:
        if self._thread is not None:
            return
        thread = threading.Thread(target=self._work, name="autosave", daemon=True)
        try:
            thread.start()
        except RuntimeError:
            # A machine that starts no more threads must not end a run.
            self._fail(_NO_THREAD)
        else:
            self._thread = thread

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(
                    lambda: self._next or self._beside or self._is_over or self._is_closing
                )
                state, self._next = self._next, None
                beside, self._beside = self._beside, []
                is_over, is_closing = self._is_over, self._is_closing
                self._is_writing = state is not None or bool(beside)
            self._write_beside(beside)
            if is_over:
                self._take_away()
                return
            if state is not None:
                self._write(state)
            if state is not None or beside:
                with self._changed:
                    self._is_writing = False
                    self._changed.notify_all()
            elif is_closing:
                if self._held is not None:
                    self._held.release(remove=False)
                return

    def _write(self, state: _State) -> None:
        try:
            if self._held is None:
                private_folder(self.file.parent)
                self._held = FileLock(self.file.with_suffix(LOCK_SUFFIX))
            if not self._write_over(state):
                self._whole, self._beats = None, 0
                data = text_of(self._checkpoint(state)).encode("ascii")
                _replace(self.file, data, is_at_once=state.is_move)
                self._whole = state
        except Exception as error:  # no error with the file may end a run
            is_taken = isinstance(error, AlreadyLocked)
            self._fail("another program is using its file" if is_taken else reason_of(error))
        else:
            self._status = _FINE if self._status is _FINE else _FINE_AGAIN
            self._written += 1

    def _write_over(self, state: _State) -> bool:
        """Write only how long the run has gone on, if that is all that is new. Is it done?"""
        whole = self._whole
        if whole is None or state.is_move or state.plan is not whole.plan:
            return False
        alive_ms = state.saved.played_ms - whole.saved.played_ms
        if alive_ms < 0 or whole.saved.gone_on(alive_ms) != state.saved:
            return False
        self._beats += 1
        data = beginning_of(alive_ms, state.seen_s).encode("ascii")
        try:
            _overwrite(self.file, data, is_synced=self._beats % SYNCED_BEATS == 0)
        except OSError:
            return False
        return True

    def _write_beside(self, texts: list[str]) -> None:
        for text in texts:
            self._beside_count += 1
            file = self.file.with_name(f"{self.file.stem}-{self._beside_count}{SUFFIX}")
            try:
                private_folder(file.parent)
                _replace(file, text.encode("ascii"), is_at_once=True)
            except Exception as error:  # as in `_write`
                self._fail(reason_of(error))

    def _fail(self, reason: str) -> None:
        self._status = SaveStatus(SaveState.FAILING, str(self.file.parent), reason)

    @property
    def _is_failing(self) -> bool:
        return self._status.state is SaveState.FAILING

    def _checkpoint(self, state: _State) -> Checkpoint:
        span = state.plan.span(state.saved.index)
        return Checkpoint(
            about=self._about(state.plan, self._started_s),
            saved=state.saved,
            step=span.name,
            step_number=span.step_number,
            side=span.side,
            round=span.round,
            seen_s=state.seen_s,
            ended=state.record,
        )

    def _take_away(self) -> None:
        for file in (self.file, self.file.with_suffix(HALF_SUFFIX)):
            try:
                file.unlink(missing_ok=True)
            except OSError:
                continue
        if self._held is not None:
            self._held.release(remove=True)


def _overwrite(file: Path, data: bytes, *, is_synced: bool) -> None:
    """Write `data` over the beginning of the file, which exists. Raises OSError."""
    descriptor = os.open(file, os.O_WRONLY | getattr(os, "O_BINARY", 0))
    try:
        os.write(descriptor, data)
        if is_synced:
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _replace(file: Path, data: bytes, *, is_at_once: bool) -> None:
    """Replace the content of the file with `data`, whole or not at all. Raises OSError.

    If `is_at_once`, this happens before the data has reached the disk.
    """
    # Windows cannot rename an open file.
    is_at_once = is_at_once and sys.platform != "win32"
    half = file.with_suffix(HALF_SUFFIX)
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(half, flags, 0o600), "wb") as filled:
        filled.write(data)
        filled.flush()
        if is_at_once:
            half.replace(file)
        os.fsync(filled.fileno())
    if not is_at_once:
        half.replace(file)
