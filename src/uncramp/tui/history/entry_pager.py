"""Which entries of the history are listed, a page at a time."""

from collections.abc import Callable

from uncramp.core.history.entries import Entry, EntryFilter
from uncramp.core.lazy.dataclass import replace

PAGE_SIZE = 50
"""How many entries are read at once; keys lead to the rest."""
KINDS = ("", "run", "cramp", "calm")


class EntryPager:
    """A filter, and the page of what passes it that is shown now."""

    def __init__(self, read: Callable[[EntryFilter, int, int | None], list[Entry]]) -> None:
        """Show nothing yet. `read` gives a number of entries before one of them, newest first."""
        self.wanted = EntryFilter()
        self.title = ""
        """The id of the wanted routine."""
        self.entries: tuple[Entry, ...] = ()
        self.has_earlier = False
        self._read = read
        self._before: list[int] = []
        """The last entry of each page above this one."""

    @property
    def has_later(self) -> bool:
        """Are there pages above this one?"""
        return bool(self._before)

    @property
    def is_all(self) -> bool:
        """Is nothing left out?"""
        return self.wanted == EntryFilter()

    def read(self) -> None:
        """Read this page. Raises CannotUse, and then it is empty."""
        self.entries, self.has_earlier = (), False
        before = self._before[-1] if self._before else None
        # One more than is shown says whether there are earlier ones.
        found = self._read(self.wanted, PAGE_SIZE + 1, before)
        self.entries, self.has_earlier = tuple(found[:PAGE_SIZE]), len(found) > PAGE_SIZE

    def turn(self, pages: int) -> bool:
        """Go to the page of earlier entries, or of later ones. False if there is none."""
        if pages > 0 and self.has_earlier:
            self._before.append(self.entries[-1].id)
        elif pages < 0 and self._before:
            self._before.pop()
        else:
            return False
        return True

    def want(self, wanted: EntryFilter, title: str = "") -> None:
        """List other entries, from the latest on."""
        self.wanted, self.title = wanted, title
        self._before.clear()

    def want_next_kind(self) -> None:
        """List only runs, only cramps, only calm nights, or all."""
        kind = KINDS[(KINDS.index(self.wanted.kind) + 1) % len(KINDS)]
        self.want(replace(self.wanted, kind=kind, routine_id=""))
