"""A tape: a file in memory that a player reads as it plays, with the sound written ahead of it.

On a busy machine nobody knows how long a player takes to start. So it is started early, on
silence, and watched: how far it has read, and when, shows which sample it will reach at the
sound's moment. The sound is written there.
"""

import os
import sys
from collections import deque
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Self

from uncramp.audio.samples.clip import Clip, wav_header

WATCHED_MS = 400
"""A player's pace is estimated from what it read in this time."""


class Tape:
    """Silence for a player to read, and a sound somewhere in it."""

    def __init__(self, clip: Clip, silent_ms: float, is_wav: bool) -> None:
        """Make a tape of `silent_ms` of silence with room for `clip` after it."""
        self._clip = clip
        self._width = 2 * clip.channels
        self.silent = round(silent_ms * clip.rate / 1000)
        """How many samples per channel may come before the sound."""
        length = self.silent * self._width + len(clip.frames)
        header = wav_header(clip, length) if is_wav else b""
        self._begins = len(header)
        self._file = _file_in_memory()
        _put(self.fileno(), header, 0)
        # What was never written reads as zeros: silence.
        os.truncate(self.fileno(), self._begins + length)
        self._readers: list[Path] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *problem: object) -> None:
        self._file.close()

    def fileno(self) -> int:
        """The file, for a process to have as its standard input."""
        return self._file.fileno()

    def lay(self, place: int) -> None:
        """Put the sound at a sample, at the latest where the silence ends."""
        begins = self._begins + min(max(place, 0), self.silent) * self._width
        _put(self.fileno(), self._clip.frames, begins)
        if not self._begins:
            # A WAV has stated its length already, and ends in silence.
            os.truncate(self.fileno(), begins + len(self._clip.frames))

    def taken(self, pid: int) -> int:
        """How many samples per channel a process has read from its standard input."""
        if not self._begins:
            places = [os.lseek(self.fileno(), 0, os.SEEK_CUR)]
        else:
            # It opened the file again by its name, and has its own position in it.
            self._readers = self._readers or self._found_in(pid)
            places = [_place(reader) for reader in self._readers]
        return max(0, max(places, default=0) - self._begins) // self._width

    def _found_in(self, pid: int) -> list[Path]:
        process = Path(f"/proc/{pid}")
        ours = os.fstat(self.fileno()).st_ino
        try:
            numbers = [path.name for path in (process / "fd").iterdir() if _inode(path) == ours]
        except OSError:
            return []
        return [process / "fdinfo" / number for number in numbers if number != "0"]


class Pace:
    """How far a player is, estimated from what it has read."""

    def __init__(self, rate: int) -> None:
        """Know nothing yet about a player of `rate` samples a second."""
        self._per_ms = rate / 1000
        self._seen: deque[tuple[float, float]] = deque()

    def see(self, now_ms: float, taken: int) -> None:
        """Note how many samples it has read by now."""
        # It reads when it needs to, or later if it is delayed, and we see it later still: the
        # earliest beginning that fits is the true one.
        self._seen.append((now_ms, now_ms - taken / self._per_ms))
        while self._seen[0][0] < now_ms - WATCHED_MS:
            self._seen.popleft()

    @property
    def is_known(self) -> bool:
        """Has it been seen to read?"""
        return bool(self._seen)

    def place_at(self, moment_ms: float) -> int:
        """Which sample it reads at a moment."""
        return round((moment_ms - min(began_ms for _, began_ms in self._seen)) * self._per_ms)


def _put(file: int, data: bytes, place: int) -> None:
    # The file's position is where the player reads: nothing here may move it.
    if sys.platform == "win32":
        raise OSError("Windows cannot write at a given place of a file.")
    os.pwrite(file, data, place)


def _file_in_memory() -> IO[bytes]:
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("uncramp"), "w+b")
    return TemporaryFile(prefix="uncramp-")


def _inode(path: Path) -> int:
    try:
        return path.stat().st_ino
    except OSError:
        return -1


def _place(reader: Path) -> int:
    try:
        return int(reader.read_text().split(maxsplit=2)[1])
    except (OSError, ValueError, IndexError):
        return 0
