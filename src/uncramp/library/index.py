"""The index: what was read of routines' files, so that they need not be read at each start.

It can be rebuilt at any time: one that is damaged, or that another version wrote, counts as empty.
It is for lists and searches; a run reads the routine's file itself. It is in the interpreter's own
format, which is read several times as fast as JSON.
"""

import contextlib
import marshal
import os
import sys
import zlib
from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

from uncramp import __version__
from uncramp.core.suitability.listing import Listing
from uncramp.library.folder import Stamp
from uncramp.system.files import put_file, read_file

_FORMAT = 2
_LARGEST = 64 << 20
"""In bytes: no index comes near it, even with 100,000 routines."""

_SETTLED_NS = 2_000_000_000
"""A file that changed this shortly before the index was written may have changed again in the
same tick of the disk's clock, which is two seconds at most."""

_Known = tuple[Stamp, Listing, tuple[tuple[str, Stamp | None], ...]]


class Index:
    """The listings of files, each with the state of the files that it depends on."""

    def __init__(self, file: Path | None, made_for: Iterable[str] = ()) -> None:
        """Keep it in `file`, or only in memory if that is None.

        `made_for` is what else a listing depends on: if it differs, the index starts empty.
        """
        self._file = file
        self._mark = _mark(made_for)
        self._known: dict[str, _Known] | None = None
        self._is_changed = False

    def find(
        self, path: str, stamp: Stamp, stamp_now: Callable[[str], Stamp | None]
    ) -> Listing | None:
        """The listing of `path`, if no file that it depends on has changed."""
        known = self._all().get(path)
        if known is None or known[0] != stamp:
            return None
        for other, before in known[2]:
            if stamp_now(other) != before:
                return None
        return known[1]

    def keep(
        self, path: str, stamp: Stamp, listing: Listing, others: Mapping[str, Stamp | None]
    ) -> None:
        """Add the listing of `path`, which depends on `others`; None: does not exist."""
        self._all()[path] = (stamp, listing, tuple(others.items()))
        self._is_changed = True

    def save(self, paths: Iterable[str]) -> None:
        """Write it with only these paths; if that fails, they are read again next time."""
        if self._file is None or not self._is_changed:
            return
        known = self._all()
        # As plain tuples: marshal knows no classes.
        rows = [
            (path, stamp, tuple(listing), others)
            for path in paths
            if path in known
            for stamp, listing, others in [known[path]]
        ]
        with contextlib.suppress(OSError, RuntimeError):
            _write(self._file, self._mark, rows)
            self._is_changed = False

    def others(self) -> dict[str, Stamp | None]:
        """The state of each file on which a listing depends, besides its own."""
        return {path: stamp for known in self._all().values() for path, stamp in known[2]}

    def _all(self) -> dict[str, _Known]:
        if self._known is None:
            self._known = _listings(self._file, self._mark) if self._file else {}
        return self._known


class KeptLines:
    """Lines that were made of all listings, for as long as no file changes.

    Thousands of routines are listed without their listings.
    """

    def __init__(self, file: Path, made_for: Iterable[str]) -> None:
        """Keep them in `file`; `made_for` is what else they depend on."""
        self._file = file
        self._mark = _mark(made_for)

    def find(
        self, stamps: Mapping[str, Stamp], stamp_now: Callable[[str], Stamp | None]
    ) -> list[str] | None:
        """The lines, if the routines' files and the others are as they were; else None."""
        try:
            (newest_ns, before, others, lines), settled_ns = _read(self._file, self._mark)
        except _UNREADABLE:
            return None
        is_same = newest_ns < settled_ns and before == stamps
        found: list[str] = lines
        return found if is_same and all(stamp_now(at) == was for at, was in others) else None

    def keep(
        self, stamps: Mapping[str, Stamp], others: Mapping[str, Stamp | None], lines: list[str]
    ) -> None:
        """Keep `lines`; if that fails, they are made again next time."""
        times = [max(stamp[:2]) for stamp in (*stamps.values(), *others.values()) if stamp]
        values = (max(times, default=0), dict(stamps), tuple(others.items()), lines)
        with contextlib.suppress(OSError, RuntimeError):
            _write(self._file, self._mark, values)


def _mark(made_for: Iterable[str]) -> str:
    # The interpreter, whose format it is; and the reader's own files and the points that
    # routines name, for a checkout, which has one version for long.
    words = [__version__, str(_FORMAT), sys.version, *made_for, *map(str, _code())]
    text = "\0".join(words).encode("utf-8", "surrogatepass")
    # It protects nothing, and hashlib is slow to load.
    return f"{len(text):x}.{zlib.crc32(text):08x}"


def _code() -> list[tuple[str, int, int]]:
    """Each file of the core, the atlas and what writes lists: its path, time of change and size."""
    found = []
    with contextlib.suppress(OSError):
        rooms = (Path(__file__).parents[1] / room for room in ("core", "atlas", "plain"))
        for folder, _, names in chain.from_iterable(map(os.walk, rooms)):
            for name in names:
                if name.endswith((".py", ".toml")):
                    path = os.path.join(folder, name)  # noqa: PTH118 (pathlib is slow)
                    state = os.stat(path)  # noqa: PTH116
                    found.append((path, state.st_mtime_ns, state.st_size))
    return sorted(found)


def _head(mark: str, body: bytes) -> bytes:
    return f"uncramp index {mark} {zlib.crc32(body):08x}\n".encode()


_UNREADABLE = (OSError, EOFError, ValueError, TypeError)


def _write(file: Path, mark: str, values: Any) -> None:
    body = marshal.dumps(values)
    put_file(file, _head(mark, body) + body)


def _read(file: Path, mark: str) -> tuple[Any, int]:
    """What was written for the same `mark`, and from when on it says nothing of a file, in ns.

    Raises one of `_UNREADABLE`.
    """
    settled_ns = file.stat().st_mtime_ns - _SETTLED_NS
    head, _, body = read_file(file, _LARGEST).partition(b"\n")
    if head + b"\n" != _head(mark, body):
        raise ValueError
    return marshal.loads(body), settled_ns


def _listings(file: Path, mark: str) -> dict[str, _Known]:
    try:
        rows, settled_ns = _read(file, mark)
        return {
            path: (stamp, Listing._make(fields), others)
            for path, stamp, fields, others in rows
            if stamp[0] < settled_ns and stamp[1] < settled_ns
        }
    except _UNREADABLE:
        return {}
