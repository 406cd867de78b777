"""The routines that a person can run: the bundled ones, their own, and any file they name."""

import os
from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path

from uncramp.core.model import Routine
from uncramp.core.plan import make_plan
from uncramp.core.points import Atlas, folded
from uncramp.core.problems import Problem, Severity
from uncramp.core.reader import Reading, Source, read
from uncramp.routine_file import CannotRead, is_within, read_routine_file

URGENT_ID = "acute-calf"
"""The routine that `uncramp now` opens."""

SUFFIX = ".toml"


class Origin(StrEnum):
    """Where a routine comes from."""

    USER = "user"
    """The person's own folder."""
    PATH = "path"
    """A file that they named."""
    BUNDLED = "bundled"


@dataclass(frozen=True, slots=True)
class Entry:
    """One routine as the library knows it."""

    id: str
    origin: Origin
    file: Path
    routine: Routine | None
    """None where its file has an error."""
    problems: tuple[Problem, ...]
    hides_bundled: bool = False
    """Does it stand in place of a bundled one of the same id?"""

    @property
    def title(self) -> str:
        """What people call it; its id, where it cannot be read."""
        return self.routine.title if self.routine else self.id

    @property
    def total_ms(self) -> int | None:
        """How long it is, open steps at their first prompt; None where it cannot be read."""
        return make_plan(self.routine).total.length_ms if self.routine else None

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What keeps it from running."""
        return tuple(p for p in self.problems if p.severity is Severity.ERROR)


class Library:
    """The routines of this machine, read when they are asked for and then kept."""

    def __init__(self, own: Path, bundled: Path, atlas: Atlas, sounds: Collection[str]) -> None:
        """Look in the folders `own`, which need not exist, and `bundled`.

        `atlas` and `sounds` are the points and the bundled sounds that a routine can name.
        """
        self.own = own
        self.bundled = bundled
        self.atlas = atlas
        self.sounds = frozenset(sounds)
        self._kept: dict[str, Entry | None] = {}
        self._read_as = self._files()

    def reload(self) -> None:
        """Forget what was read: the files may have changed."""
        self._kept.clear()
        self._read_as = self._files()

    def has_changed(self) -> bool:
        """Was a routine's file added, changed or removed since the library was last read anew?

        Costs a look at the two folders and none at what is in the files.
        """
        return self._files() != self._read_as

    def _files(self) -> dict[str, tuple[int, int]]:
        """Each routine's file, with when it was changed last and how large it is."""
        found: dict[str, tuple[int, int]] = {}
        for folder in (self.own, self.bundled):
            with suppress(OSError), os.scandir(folder) as files:
                for file in files:
                    if file.name.endswith(SUFFIX):
                        state = file.stat(follow_symlinks=False)
                        found[file.path] = (state.st_mtime_ns, state.st_size)
        return found

    def ids(self) -> tuple[str, ...]:
        """The ids there are, in order."""
        return tuple(sorted({*_ids_in(self.own), *_ids_in(self.bundled)}))

    def entries(self) -> tuple[Entry, ...]:
        """Every routine, sorted by title; the broken ones among them."""
        found = (self.find(routine_id) for routine_id in self.ids())
        return tuple(sorted((e for e in found if e), key=lambda e: (folded(e.title), e.id)))

    def find(self, routine_id: str) -> Entry | None:
        """The routine of that id, the person's own before a bundled one; or None."""
        if routine_id not in self._kept:
            self._kept[routine_id] = self._found(routine_id)
        return self._kept[routine_id]

    def open_path(self, path: Path) -> Entry:
        """The routine that stands in a file; with its problems, where it cannot be read."""
        return self._entry(path.stem, Origin.PATH, path)

    def read_text(self, data: bytes, named: str) -> Reading:
        """The routine in a text that stands in no file, such as standard input."""
        return read(Source("routine", data, named), _Around(self, None))

    def nearest(self, routine_id: str) -> tuple[str, ...]:
        """The ids that are most like one that there is not, nearest first, at most three."""
        by_name = {folded(known): known for known in self.ids()}
        for known in self.ids():
            entry = self.find(known)
            if entry and entry.routine:
                by_name.setdefault(folded(entry.title), known)
        wanted = folded(routine_id[:80])
        near = get_close_matches(wanted, by_name, n=6, cutoff=0.6)
        near += [name for name in by_name if len(wanted) > 2 and wanted in name]
        return tuple(dict.fromkeys(by_name[name] for name in near))[:3]

    def urgent(self) -> Entry:
        """What someone in pain gets: their own `acute-calf`, or else the bundled one."""
        entry = self.find(URGENT_ID)
        if entry and entry.routine:
            return entry
        return self._entry(URGENT_ID, Origin.BUNDLED, self.bundled / f"{URGENT_ID}{SUFFIX}")

    def _found(self, routine_id: str) -> Entry | None:
        is_own, is_bundled = (_holds(folder, routine_id) for folder in (self.own, self.bundled))
        if is_own:
            path = self.own / f"{routine_id}{SUFFIX}"
            return self._entry(routine_id, Origin.USER, path, hides_bundled=is_bundled)
        if is_bundled:
            path = self.bundled / f"{routine_id}{SUFFIX}"
            return self._entry(routine_id, Origin.BUNDLED, path)
        return None

    def _entry(
        self, routine_id: str, origin: Origin, path: Path, *, hides_bundled: bool = False
    ) -> Entry:
        try:
            source = _source(path, str(path))
        except CannotRead as error:
            return Entry(routine_id, origin, path, None, (error.problem,), hides_bundled)
        reading = read(source, _Around(self, path.parent))
        return Entry(routine_id, origin, path, reading.routine, reading.problems, hides_bundled)


class _Around:
    """What a file can name outside of itself, as the reader asks for it."""

    def __init__(self, library: Library, named_folder: Path | None) -> None:
        """Call the files of `named_folder` as the person called that folder."""
        self.atlas = library.atlas
        self.sounds = library.sounds
        self._library = library
        self._named = {str(named_folder.absolute()): named_folder} if named_folder else {}

    def routine_ids(self, folder: str | None, /) -> Collection[str]:
        beside = _ids_in(Path(folder)) if folder else ()
        return sorted({*beside, *self._library.ids()})

    def borrow(self, routine_id: str, folder: str | None, /) -> Source | None:
        library = self._library
        folders = [Path(folder)] if folder else []
        for place in (*folders, library.own, library.bundled):
            if not _holds(place, routine_id):
                continue
            path = place / f"{routine_id}{SUFFIX}"
            if not is_within(path, place):
                return None
            named = self._named.get(str(place), place) / path.name
            try:
                return _source(path, str(named))
            except CannotRead:
                return None
        return None

    def sound_problem(self, folder: str, name: str, /) -> str | None:
        path = Path(folder) / name
        try:
            if not is_within(path, Path(folder)):
                return "leads out of the routine's folder. Put the file itself beside the routine."
            if path.is_dir():
                return "is a folder, and no sound."
            if path.is_file():
                return None if os.access(path, os.R_OK) else "is a file that you may not read."
            return "is no ordinary file." if path.exists() else "is not there."
        except (OSError, ValueError):
            return "cannot be looked at."


def _source(path: Path, named: str) -> Source:
    # The folder is absolute because the speaker finds sounds by it, wherever it runs.
    data = read_routine_file(path, named)
    return Source(path.stem, data, named, str(path.parent.absolute()))


def _holds(folder: Path, routine_id: str) -> bool:
    """Does a file of that id stand in the folder?"""
    if not routine_id or routine_id.startswith(".") or Path(routine_id).name != routine_id:
        return False
    return os.path.lexists(folder / f"{routine_id}{SUFFIX}") if "\0" not in routine_id else False


def _ids_in(folder: Path) -> Iterable[str]:
    """The ids of the files in a folder; none, where there is no such folder."""
    try:
        names = [path.name for path in folder.iterdir()]
    except OSError:
        return ()
    return {
        name.removesuffix(SUFFIX)
        for name in names
        if name.endswith(SUFFIX) and not name.startswith(".")
    }
