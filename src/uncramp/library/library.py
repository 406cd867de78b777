"""The routines that a person can run: the bundled ones, their own, and any file they name."""

import os
from collections import deque
from collections.abc import Callable, Collection, Iterable
from enum import StrEnum
from pathlib import Path

from uncramp.core.lazy.dataclass import dataclass
from uncramp.core.suitability.listing import Listing
from uncramp.core.text.folding import folded
from uncramp.library.folder import SUFFIX, Stamp, holds, ids_in, scanned, stamp_of
from uncramp.library.index import Index, KeptLines

TYPE_CHECKING = False
if TYPE_CHECKING:
    # The reader is loaded with the first routine that is read: lists only need the index.
    from uncramp.core.routine.model import Routine
    from uncramp.core.routine.points import Atlas
    from uncramp.core.routine.reader import Reading, Source
    from uncramp.core.toml.problems import Problem

URGENT_ID = "acute-calf"
"""The routine that `uncramp now` opens."""


class Origin(StrEnum):
    """Where a routine comes from."""

    USER = "user"
    """The person's own folder."""
    PATH = "path"
    """A file that they named."""
    BUNDLED = "bundled"
    TYPED = "typed"
    """It was typed on the command line and is not in a file."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One routine as the library knows it."""

    id: str
    origin: Origin
    file: Path
    routine: "Routine | None"
    """None if its file has an error."""
    problems: "tuple[Problem, ...]"
    hides_bundled: bool = False
    """Does it replace a bundled one with the same id?"""
    text: str = ""
    """The whole routine, if it is not in a file; else empty."""

    @property
    def title(self) -> str:
        """Its title; its id if it cannot be read."""
        return self.routine.title if self.routine else self.id

    @property
    def errors(self) -> "tuple[Problem, ...]":
        """The errors that prevent it from running."""
        from uncramp.core.toml.problems import Severity

        return tuple(p for p in self.problems if p.severity is Severity.ERROR)

    @property
    def listing(self) -> Listing:
        """What a list shows about it."""
        from uncramp.core.suitability.summary import listed

        errors = len(self.errors)
        warnings = len(self.problems) - errors
        about = listed(self.routine) if self.routine else Listing(self.id, self.id)
        return about._replace(
            errors=errors,
            warnings=warnings,
            is_own=self.origin is Origin.USER,
            hides_bundled=self.hides_bundled,
        )


class Library:
    """The routines of this machine, read when needed and then kept."""

    def __init__(
        self,
        own: Path,
        bundled: Path,
        atlas: "Atlas | Callable[[], Atlas]",
        sounds: Collection[str],
        *,
        index: Path | None = None,
        sound_problem: Callable[[Path], str | None] | None = None,
    ) -> None:
        """Look in the folders `own`, which need not exist, and `bundled`.

        `atlas`, or what loads it, and `sounds` are the points and the bundled sounds that a
        routine can name. The file `index` keeps what lists need about each routine; None: it
        is not kept. `sound_problem` says what is wrong with a person's own sound, in words
        that continue its name; if None, only a quick first look is taken.
        """
        self.own = own
        self.bundled = bundled
        self._atlas = atlas
        self.sounds = frozenset(sounds)
        self._sound_problem = sound_problem
        self._kept: dict[str, Entry | None] = {}
        self._index = Index(index, sorted(self.sounds))
        self._lines_file = index.with_name(f"{index.name}-lines") if index else None
        self._stamps: dict[str, Stamp] = {}
        self._listings: dict[str, Listing] | None = None
        self._unread: deque[str] = deque()

    @property
    def atlas(self) -> "Atlas":
        """The points that a routine can name."""
        if callable(self._atlas):
            self._atlas = self._atlas()
        return self._atlas

    def sound_problem(self, sound: Path) -> str | None:
        """What is wrong with a person's own sound, in words that continue its name."""
        if self._sound_problem is None:
            from uncramp.audio.samples.sound_file import kind_problem

            self._sound_problem = kind_problem
        return self._sound_problem(sound)

    def reload(self) -> None:
        """Forget what was read: the files may have changed."""
        self._kept.clear()
        self._listings = None

    def has_changed(self) -> bool:
        """Was a routine's file added, changed or removed since they were listed?

        It looks at the two folders, but not into the files.
        """
        return self._listings is not None and self._scanned() != self._stamps

    def _scanned(self) -> dict[str, Stamp]:
        """Each routine's file with its state."""
        return scanned(self.own) | scanned(self.bundled)

    def _stamp_now(self, path: str) -> Stamp | None:
        """The state of a file on which a routine depends; None if it does not exist."""
        return self._stamps[path] if path in self._stamps else stamp_of(path)

    def ids(self) -> tuple[str, ...]:
        """All ids, in order."""
        return tuple(sorted({*ids_in(self.own), *ids_in(self.bundled)}))

    def listings(self) -> tuple[Listing, ...]:
        """Every routine, sorted by title, including broken ones."""
        self.read_on(lambda: False)
        return tuple(sorted(self.known(), key=lambda at: (folded(at.title), at.id)))

    def lines(self, made_for: Iterable[str], make: Callable[[], Iterable[str]]) -> list[str]:
        """The lines that `make` makes of the listings, or those of the last time.

        Those are taken if no file has changed on which a listing depends. `made_for` is what
        else the lines depend on.
        """
        if self._lines_file is None:
            return [*make()]
        kept = KeptLines(self._lines_file, [*sorted(self.sounds), *made_for])
        self._stamps = self._scanned()
        found = kept.find(self._stamps, self._stamp_now)
        if found is None:
            found = [*make()]
            kept.keep(self._stamps, self._index.others(), found)
        return found

    def known(self) -> tuple[Listing, ...]:
        """Every routine, unsorted, as far as it was read.

        One that was not read yet has its id as title, no length and no error; `read_on` reads
        it.
        """
        if self._listings is None:
            self._listings = self._surveyed()
        return tuple(self._listings.values())

    def read_on(self, is_enough: Callable[[], bool]) -> bool:
        """Read files that were not read yet, at least one, until it `is_enough`. Is all read?"""
        self.known()
        assert self._listings is not None
        while self._unread:
            routine_id = self._unread.popleft()
            entry, others = self._found(routine_id)
            if entry is None:
                del self._listings[routine_id]
                continue
            self._listings[routine_id] = entry.listing
            path = str(entry.file)
            if path in self._stamps:
                around = {other: self._stamp_now(other) for other in others}
                self._index.keep(path, self._stamps[path], entry.listing, around)
            if is_enough():
                break
        if not self._unread:
            self._index.save(self._stamps)
        return not self._unread

    def _surveyed(self) -> dict[str, Listing]:
        """What the index knows about each routine."""
        self._unread.clear()
        found: dict[str, Listing] = {}
        stamps = scanned(self.own), scanned(self.bundled)
        self._stamps = stamps[0] | stamps[1]
        own, bundled = map(_by_id, stamps, (self.own, self.bundled))
        # They are read in this order: the urgent ones are bundled, and a list begins with a.
        for routine_id, path in (bundled | own).items():
            listing = self._index.find(path, self._stamps[path], self._stamp_now)
            hides = routine_id in own and routine_id in bundled
            if listing is None:
                is_own = routine_id in own
                listing = Listing(routine_id, routine_id, is_own=is_own, hides_bundled=hides)
                self._unread.append(routine_id)
            elif listing.hides_bundled is not hides:
                listing = listing._replace(hides_bundled=hides)
            found[routine_id] = listing
        return found

    def file_of(self, listing: Listing) -> Path:
        """The file of a routine in the library."""
        return (self.own if listing.is_own else self.bundled) / f"{listing.id}{SUFFIX}"

    def find(self, routine_id: str) -> Entry | None:
        """The routine with that id, the person's own before a bundled one; or None."""
        if routine_id not in self._kept:
            self._kept[routine_id] = self._found(routine_id)[0]
        return self._kept[routine_id]

    def find_again(self, routine_id: str) -> Entry | None:
        """The routine with that id, as its file is now."""
        self._kept.pop(routine_id, None)
        return self.find(routine_id)

    def open_path(self, path: Path) -> Entry:
        """The routine in a file, with its problems if it cannot be read."""
        return self._entry(path.stem, Origin.PATH, path)[0]

    def read_text(self, data: bytes, named: str, routine_id: str = "routine") -> "Reading":
        """The routine in a text that is not in a file, such as standard input."""
        from uncramp.core.routine.reader import Source, read

        return read(Source(routine_id, data, named), _Around(self, None))

    def typed(self, routine_id: str, text: str) -> Entry:
        """The routine of a text that is not in a file; its entry carries the text."""
        reading = self.read_text(text.encode(), routine_id, routine_id)
        file = Path(f"{routine_id}{SUFFIX}")
        return Entry(routine_id, Origin.TYPED, file, reading.routine, reading.problems, text=text)

    def nearest(self, routine_id: str) -> tuple[str, ...]:
        """The ids most similar to an unknown one, nearest first, at most three."""
        from difflib import get_close_matches

        by_name = {folded(known): known for known in self.ids()}
        for listing in self.listings():
            by_name.setdefault(folded(listing.title), listing.id)
        wanted = folded(routine_id[:80])
        near = get_close_matches(wanted, by_name, n=6, cutoff=0.6)
        near += [name for name in by_name if len(wanted) > 2 and wanted in name]
        return tuple(dict.fromkeys(by_name[name] for name in near))[:3]

    def urgent(self, routine_id: str = URGENT_ID) -> Entry:
        """The routine for someone in pain: their own with that id, or else the bundled one."""
        entry = self.find(routine_id)
        if entry and entry.routine:
            return entry
        return self._entry(routine_id, Origin.BUNDLED, self.bundled / f"{routine_id}{SUFFIX}")[0]

    def _found(self, routine_id: str) -> tuple[Entry | None, frozenset[str]]:
        """The routine with that id, and the other files that were read for it."""
        is_own, is_bundled = (holds(folder, routine_id) for folder in (self.own, self.bundled))
        if is_own:
            path = self.own / f"{routine_id}{SUFFIX}"
            return self._entry(routine_id, Origin.USER, path, hides_bundled=is_bundled)
        if is_bundled:
            path = self.bundled / f"{routine_id}{SUFFIX}"
            return self._entry(routine_id, Origin.BUNDLED, path)
        return None, frozenset()

    def _entry(
        self, routine_id: str, origin: Origin, path: Path, *, hides_bundled: bool = False
    ) -> tuple[Entry, frozenset[str]]:
        from uncramp.core.routine.reader import read
        from uncramp.system.routine_file import CannotRead

        try:
            source = _source(path, str(path))
        except CannotRead as error:
            entry = Entry(routine_id, origin, path, None, (error.problem,), hides_bundled)
            return entry, frozenset()
        around = _Around(self, path.parent)
        reading = read(source, around)
        entry = Entry(routine_id, origin, path, reading.routine, reading.problems, hides_bundled)
        return entry, frozenset(around.looked_at)


def _by_id(paths: Iterable[str], folder: Path) -> dict[str, str]:
    """Each path in the folder by the id of its routine, sorted."""
    start = len(os.path.join(folder, ""))  # noqa: PTH118 - as scandir writes it
    return {path[start : -len(SUFFIX)]: path for path in sorted(paths)}


class _Around:
    """What a file can name outside itself, for the reader."""

    def __init__(self, library: Library, named_folder: Path | None) -> None:
        """Name the files of `named_folder` as the person named that folder."""
        self.atlas = library.atlas
        self.sounds = library.sounds
        self.looked_at: set[str] = set()
        """Files on whose state the reading depends, including missing ones."""
        self._library = library
        self._named = {str(named_folder.absolute()): named_folder} if named_folder else {}

    def routine_ids(self, folder: str | None, /) -> Collection[str]:
        beside = ids_in(Path(folder)) if folder else ()
        return sorted({*beside, *self._library.ids()})

    def borrow(self, routine_id: str, folder: str | None, /) -> "Source | None":
        from uncramp.system.routine_file import CannotRead, is_within

        library = self._library
        folders = [Path(folder)] if folder else []
        for place in (*folders, library.own, library.bundled):
            self.looked_at.add(str(place / f"{routine_id}{SUFFIX}"))
            if not holds(place, routine_id):
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
        from uncramp.system.routine_file import is_within

        path = Path(folder) / name
        self.looked_at.add(str(path))
        try:
            if not is_within(path, Path(folder)):
                return "leads out of the routine's folder. Put the file itself in that folder."
            if path.is_dir():
                return "is a folder, not a sound."
            if path.is_file():
                if not os.access(path, os.R_OK):
                    return "is a file that you are not allowed to read."
                return self._library.sound_problem(path)
            if path.exists():
                return "is not an ordinary file."
            return "is not there. Put the file into the routine's folder, or correct its name."
        except (OSError, ValueError):
            return "cannot be read."


def _source(path: Path, named: str) -> "Source":
    from uncramp.core.routine.reader import Source
    from uncramp.system.routine_file import read_routine_file

    # The folder is absolute because the speaker process finds sounds by it.
    data = read_routine_file(path, named)
    return Source(path.stem, data, named, str(path.parent.absolute()))
