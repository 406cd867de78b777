"""The routines as the library lists them: in their order and groups, and found by words."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from uncramp.core.suitability.groups import RoutineGroup, grouped
from uncramp.core.suitability.listing import Listing
from uncramp.core.suitability.search import Finder, finder, ranked
from uncramp.library.library import URGENT_ID
from uncramp.runs.history import moment_at
from uncramp.tui.library.rows import row_of, rows_in_groups
from uncramp.tui.widgets.routine_list import Heading, Row

if TYPE_CHECKING:
    from uncramp.library.library import Library
    from uncramp.session.own_data import OwnData


class Catalogue:
    """What is known about the routines at one time; `update` looks again."""

    def __init__(self, library: "Library") -> None:
        """List nothing of `library` yet."""
        self._library = library
        self._conditions: frozenset[str] = frozenset()
        self._favourites: frozenset[str] = frozenset()
        self._groups: tuple[tuple[RoutineGroup, Sequence[Listing]], ...] = ()
        self._rows: dict[str, Row] = {}
        self._finder: Finder | None = None
        self.listings: tuple[Listing, ...] = ()
        """The routines, in the order in which they are offered."""
        self.is_first_time = False
        """Has this person run nothing yet?"""

    def update(self, data: "OwnData", conditions: frozenset[str]) -> None:
        """Put what the library knows into its order for a person with these conditions, now."""
        uses, now = data.uses(), moment_at(data.clocks.wall())
        self._conditions, self._favourites = conditions, data.favourites()
        self.listings = ranked(
            self._library.known(), uses, now, self._favourites, conditions, URGENT_ID
        )
        self._groups = tuple(grouped(self.listings, uses, now, conditions))
        self._rows = {listing.id: self._row(listing) for listing in self.listings}
        self._finder = None
        self.is_first_time = not uses

    def rows(self, sought: str) -> Iterator[Heading | Row]:
        """The rows of the routines in which the words are found; all, in groups, for no words."""
        if not sought.strip():
            return rows_in_groups(self._groups, self._rows)
        if self._finder is None:
            self._finder = finder(self.listings, self._library.atlas)
        return (self._rows[listing.id] for listing in self._finder.found(sought))

    def title_of(self, routine_id: str) -> str:
        """What a routine is called; its id if it is not listed."""
        row = self._rows.get(routine_id)
        return row.title if row else routine_id

    def turn_star(self, data: "OwnData", routine_id: str) -> str | None:
        """Give a routine a star, or take it away. Returns a sentence if that could not be saved.

        The routine stays where it is until the next `update`: the hand is on it.
        """
        self._favourites, problem = data.turn_star(routine_id)
        self._rows |= {at.id: self._row(at) for at in self.listings if at.id == routine_id}
        return problem

    def _row(self, listing: Listing) -> Row:
        return row_of(listing, self._conditions, is_favourite=listing.id in self._favourites)
