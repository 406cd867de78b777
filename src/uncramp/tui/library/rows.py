"""The rows of the library: a heading for each group, and a row for each routine."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from uncramp.core.suitability.groups import RoutineGroup
from uncramp.core.suitability.listing import Listing, why_it_asks, why_not_for
from uncramp.core.text.suggestions import counted
from uncramp.tui.widgets.routine_list import Heading, Row

HEADINGS = {
    RoutineGroup.NOW: "For a cramp now",
    RoutineGroup.EVENING: "For the evening",
    RoutineGroup.AFTER: "After a cramp, and by day",
    RoutineGroup.OWN: "Yours",
    RoutineGroup.BARRED: "Not for you",
}


def rows_in_groups(
    groups: Iterable[tuple[RoutineGroup, Sequence[Listing]]], rows: Mapping[str, Row]
) -> Iterator[Heading | Row]:
    """The rows of `groups`, from `rows` by id, each group under its heading."""
    for group, listings in groups:
        yield Heading(HEADINGS[group])
        for listing in listings:
            yield rows[listing.id]


def row_of(listing: Listing, conditions: frozenset[str], *, is_favourite: bool) -> Row:
    """The row of a routine for someone with these `conditions`."""
    if listing.total_ms is None:
        return _row_without_length(listing, is_favourite)
    reason = why_not_for(listing, conditions)
    notes = (
        reason or why_it_asks(listing, conditions) or "",
        "It replaces the bundled one." if listing.hides_bundled else "",
        listing.summary,
    )
    return Row(
        listing.id,
        listing.title,
        step_count=listing.steps,
        length_ms=listing.total_ms,
        is_about=bool(listing.open_steps),
        summary=" ".join(filter(None, notes)),
        is_favourite=is_favourite,
        is_barred=reason is not None,
    )


def _row_without_length(listing: Listing, is_favourite: bool) -> Row:
    if not listing.errors:
        return Row(
            listing.id, listing.title, "…", summary="Not read yet.", is_favourite=is_favourite
        )
    problems = f"! {counted(listing.errors, 'problem')}"
    instead = "It replaces the bundled one. " if listing.hides_bundled else ""
    return Row(
        listing.id,
        listing.title,
        problems,
        summary=f"{instead}Open it to see what is wrong.",
        is_favourite=is_favourite,
        is_broken=True,
    )
