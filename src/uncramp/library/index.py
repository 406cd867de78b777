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
        body = marshal.dumps(rows)
        with contextlib.suppress(OSError, RuntimeError):
            put_file(self._file, _head(self._mark, body) + body)
            self._is_changed = False

    def _all(self) -> dict[str, _Known]:
        if self._known is None:
            self._known = _read(self._file, self._mark) if self._file else {}
        return self._known


def _mark(made_for: Iterable[str]) -> str:
    # The interpreter, whose format it is; and the reader's own files and the points that
    # routines name, for a checkout, which has one version for long.
    words = [__version__, str(_FORMAT), sys.version, *made_for, *map(str, _code())]
    text = "\0".join(words).encode("utf-8", "surrogatepass")
    # It protects nothing, and hashlib is slow to load.
    return f"{len(text):x}.{zlib.crc32(text):08x}"


def _code() -> list[tuple[str, int, int]]:
    """Each file of the core and the atlas: its path, time of change and size."""
    found = []
    with contextlib.suppress(OSError):
        rooms = (Path(__file__).parents[1] / room for room in ("core", "atlas"))
        for folder, _, names in chain.from_iterable(map(os.walk, rooms)):
            for name in names:
                if name.endswith((".py", ".toml")):
                    path = os.path.join(folder, name)  # noqa: PTH118 (pathlib is slow)
                    state = os.stat(path)  # noqa: PTH116
                    found.append((path, state.st_mtime_ns, state.st_size))
    return sorted(found)


def _head(mark: str, body: bytes) -> bytes:
    return f"uncramp index {mark} {zlib.crc32(body):08x}\n".encode()


def _read(file: Path, mark: str) -> dict[str, _Known]:
    try:
        settled_ns = file.stat().st_mtime_ns - _SETTLED_NS
        data = read_file(file, _LARGEST)
        head, _, body = data.partition(b"\n")
        if head + b"\n" != _head(mark, body):
            return {}
        return {
            path: (stamp, Listing._make(fields), others)
            for path, stamp, fields, others in marshal.loads(body)
            if stamp[0] < settled_ns and stamp[1] < settled_ns
        }
    except (OSError, EOFError, ValueError, TypeError):
        return {}
