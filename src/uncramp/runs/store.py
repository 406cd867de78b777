"""The folder of the runs that were under way: which can be resumed, which still go on."""

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
"""After so long nobody goes on with a routine; it is then one that was ended early."""
URGENT_FOR_S = HOUR_MS / SECOND_MS
"""And after so long with what was begun because of a cramp."""

FIRST_RUN_S = 1_767_225_600.0
"""The beginning of 2026, before which nobody had this program: an earlier time is of a clock
that was wrong, and says nothing of how long ago the run was."""

_ASIDE = ".aside"
LEFT_SUFFIX = ".left"
"""Of a run that a person does not want to resume, and can still bring back."""
_MOST_FILES = 100
_SWEPT_AFTER_S = 60.0


@dataclass(frozen=True, slots=True)
class StoredRun:
    """A run whose file is in the folder."""

    file: Path
    checkpoint: Checkpoint
    is_sure: bool = True
    """Is it known whether it still goes on? On a disk without locks it is guessed."""


@dataclass(frozen=True, slots=True)
class StoredRuns:
    """The runs in the folder, each list with the latest first."""

    unfinished: tuple[StoredRun, ...] = ()
    """Cut off, and still worth going on with."""
    running: tuple[StoredRun, ...] = ()
    """Going on in another process."""
    stale: tuple[StoredRun, ...] = ()
    """Cut off so long ago that nobody is asked any more."""
    troubles: tuple[str, ...] = ()
    """A sentence for each file that could not be read."""


class RunStore:
    """The folder of the runs that were under way."""

    def __init__(self, folder: Path, wall: Callable[[], float]) -> None:
        """Look in `folder`, which need not exist. `wall` is the time of day."""
        self.folder = folder
        self._wall = wall

    def new_file(self) -> Path:
        """A name that no other run has."""
        return self.folder / f"{file_stamp(self._wall())}-{os.urandom(4).hex()}{SUFFIX}"

    def look(self) -> StoredRuns:
        """What there is. Files that keep no run are set aside; nothing is raised."""
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
        """Hold the file of a run to take it up; None where another process was sooner."""
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
        """Remove the file of a run that was claimed, and release its lock."""
        with suppress(OSError):
            found.file.unlink()
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
        """The files that may keep a run, the latest begun first; what a kill left is swept up."""
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
    """Put a file that keeps no run out of the way. Returns the sentence for the person."""
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
