"""The folder of saved runs: which can be resumed, and which still go on."""

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from uncramp.core.lazy.dataclass import dataclass
from uncramp.core.text.durations import HOUR_MS, SECOND_MS
from uncramp.core.text.safe_text import shown
from uncramp.runs.autosave import HALF_SUFFIX, HEARTBEAT_S, LOCK_SUFFIX, SUFFIX
from uncramp.runs.checkpoint import (
    LARGEST_FILE,
    Checkpoint,
    NewerFormat,
    NotACheckpoint,
    checkpoint_from,
)
from uncramp.system.clocks import file_stamp
from uncramp.system.files import NotAFile, read_file
from uncramp.system.locks import AlreadyLocked, FileLock, is_held
from uncramp.system.os_errors import reason_of

OFFERED_FOR_S = 7 * 24 * 3600.0
"""A run older than this is not resumed; it counts as ended early."""
URGENT_FOR_S = HOUR_MS / SECOND_MS
"""The same for a run during a cramp."""

FIRST_RUN_S = 1_767_225_600.0
"""The beginning of 2026, before which nobody had this program: an earlier time comes from a wrong
clock, and does not say how long ago the run was."""

_ASIDE = ".aside"
LEFT_SUFFIX = ".left"
"""Of a run that a person does not want to resume, and can still bring back."""
_MOST_FILES = 100
_SWEPT_AFTER_S = 60.0


@dataclass(frozen=True, slots=True)
class StoredRun:
    """A saved run in the folder."""

    file: Path
    checkpoint: Checkpoint
    is_sure: bool = True
    """Is it known whether it still goes on? On a disk without locks this is a guess."""


@dataclass(frozen=True, slots=True)
class StoredRuns:
    """The runs in the folder, each list with the latest first."""

    unfinished: tuple[StoredRun, ...] = ()
    """Runs that were cut off and can be resumed."""
    running: tuple[StoredRun, ...] = ()
    """Runs that go on in another process."""
    stale: tuple[StoredRun, ...] = ()
    """Runs that were cut off too long ago to be resumed."""
    troubles: tuple[str, ...] = ()
    """A sentence for each file that could not be read."""


class RunStore:
    """The folder of saved runs."""

    def __init__(self, folder: Path, wall: Callable[[], float]) -> None:
        """Look in `folder`, which need not exist. `wall` gives epoch seconds."""
        self.folder = folder
        self._wall = wall

    def new_file(self) -> Path:
        """A file name that no other run has."""
        return self.folder / f"{file_stamp(self._wall())}-{os.urandom(4).hex()}{SUFFIX}"

    def look(self) -> StoredRuns:
        """All saved runs. Files that are not runs are set aside. Never raises."""
        running: list[StoredRun] = []
        cut_off: list[StoredRun] = []
        troubles: list[str] = []
        for file in self._files():
            held = is_held(file.with_suffix(LOCK_SUFFIX))
            try:
                checkpoint = checkpoint_from(_read(file))
            except FileNotFoundError:
                continue
            except (NotACheckpoint, NewerFormat, OSError) as error:
                if not held:
                    troubles.append(_set_aside(file, error))
                continue
            found = StoredRun(file, checkpoint, is_sure=held is not None)
            (running if self._goes_on(held, checkpoint) else cut_off).append(found)
        for stored in (running, cut_off):
            stored.sort(key=lambda found: -found.checkpoint.seen_s)
        unfinished = tuple(found for found in cut_off if self._is_offered(found.checkpoint))
        stale = tuple(found for found in cut_off if found not in unfinished)
        return StoredRuns(unfinished, tuple(running), stale, tuple(troubles))

    def claim(self, found: StoredRun) -> FileLock | None:
        """Lock the file of a run to resume it; None if another process was faster."""
        try:
            held = FileLock(found.file.with_suffix(LOCK_SUFFIX))
        except (AlreadyLocked, OSError):
            return None
        if found.file.exists():
            return held
        held.release(remove=True)
        return None

    def set_left(self, found: StoredRun, held: FileLock) -> StoredRun:
        """Put a claimed run where `look` does not find it, and release it. Raises OSError."""
        left = found.file.with_suffix(LEFT_SUFFIX)
        try:
            found.file.replace(left)
        finally:
            held.release(remove=True)
        return StoredRun(left, found.checkpoint)

    def bring_back(self, left: StoredRun) -> bool:
        """Put it back. Is it there again? Another process may have put it into the history."""
        try:
            left.file.replace(left.file.with_suffix(SUFFIX))
        except OSError:
            return False
        return True

    def left(self) -> Iterator[StoredRun]:
        """The runs that were left and not brought back."""
        with suppress(OSError):
            for file in sorted(self.folder.glob(f"*{LEFT_SUFFIX}"))[:_MOST_FILES]:
                with suppress(NotACheckpoint, NewerFormat, OSError):
                    yield StoredRun(file, checkpoint_from(_read(file)))

    def remove(self, found: StoredRun, held: FileLock) -> None:
        """Remove the files of a run that was claimed, and release its lock."""
        # A kill in the middle of a write leaves the second file behind.
        for file in (found.file, found.file.with_suffix(HALF_SUFFIX)):
            with suppress(OSError):
                file.unlink()
        held.release(remove=True)

    def _goes_on(self, held: bool | None, checkpoint: Checkpoint) -> bool:
        if held is not None:
            return held
        return abs(self._wall() - checkpoint.seen_s) <= 3 * HEARTBEAT_S

    def _is_offered(self, checkpoint: Checkpoint) -> bool:
        limit_s = URGENT_FOR_S if checkpoint.about.is_urgent else OFFERED_FOR_S
        is_clock_wrong = checkpoint.seen_s < FIRST_RUN_S
        is_recent = is_clock_wrong or self._wall() - checkpoint.seen_s <= limit_s
        return checkpoint.saved.has_started and checkpoint.ended is None and is_recent

    def _files(self) -> Iterator[Path]:
        """The files that may be runs, the latest first; leftovers of a kill are deleted."""
        try:
            names = {file.name for file in self.folder.iterdir()}
        except OSError:
            return
        for name in names:
            is_left = name.endswith((LOCK_SUFFIX, HALF_SUFFIX))
            if is_left and Path(name).with_suffix(SUFFIX).name not in names:
                self._sweep(self.folder / name)
        runs = sorted((name for name in names if name.endswith(SUFFIX)), reverse=True)
        yield from (self.folder / name for name in runs[:_MOST_FILES])

    def _sweep(self, file: Path) -> None:
        with suppress(OSError):
            is_old = self._wall() - file.lstat().st_mtime > _SWEPT_AFTER_S
            if is_old and not is_held(file.with_suffix(LOCK_SUFFIX)):
                file.unlink()


def _read(file: Path) -> bytes:
    try:
        data = read_file(file, LARGEST_FILE)
    except NotAFile:
        raise NotACheckpoint("it is not a file") from None
    if len(data) > LARGEST_FILE:
        raise NotACheckpoint("it is far too large")
    return data


def _set_aside(file: Path, error: NotACheckpoint | NewerFormat | OSError) -> str:
    """Set aside a file that is not a run. Returns the sentence for the person."""
    name = shown(str(file))
    if isinstance(error, NewerFormat):
        return f"A run is saved in {name} by a newer version of uncramp, which can resume it."
    if isinstance(error, OSError):
        return f"A run may be saved in {name}, but it cannot be read: {reason_of(error)}."
    aside = file.with_name(file.name + _ASIDE)
    words = f"{name} should hold a run that was cut off, but cannot be understood: {error}."
    try:
        file.replace(aside)
    except OSError:
        return f"{words} You can delete it."
    return f"{words} It was renamed to {shown(aside.name)}."
