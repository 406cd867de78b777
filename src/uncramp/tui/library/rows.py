"""What a row of the library says of a routine."""

from uncramp.core.suitability.listing import Listing, why_it_asks, why_not_for
from uncramp.core.text.durations import clock
from uncramp.tui.widgets.routine_list import Row


def row_of(listing: Listing, conditions: frozenset[str], *, is_favourite: bool) -> Row:
    """The row of a routine for someone of whom `conditions` are so."""
    if listing.total_ms is None:
        return _row_without_length(listing, is_favourite)
    about = "about " if listing.open_steps else ""
    length = f"{about}{clock(listing.total_ms)}"
    steps = "1 step" if listing.steps == 1 else f"{listing.steps:,} steps"
    reason = why_not_for(listing, conditions)
    notes = [
        reason or why_it_asks(listing, conditions) or "",
        "Yours; it replaces the bundled one." if listing.hides_bundled else "",
        listing.summary,
    ]
    return Row(
        listing.id,
        listing.title,
        f"{steps} · {length}",
        " ".join(note for note in notes if note) or ("Your own." if listing.is_own else ""),
        short=length,
        is_favourite=is_favourite,
        is_barred=reason is not None,
    )


def _row_without_length(listing: Listing, is_favourite: bool) -> Row:
    if not listing.errors:
        return Row(listing.id, listing.title, "…", "Not read yet.", is_favourite=is_favourite)
    right = "! 1 problem" if listing.errors == 1 else f"! {listing.errors} problems"
    instead = "It replaces the bundled one. " if listing.hides_bundled else ""
    words = f"{instead}Open it to see what is wrong."
    return Row(listing.id, listing.title, right, words, is_favourite=is_favourite, is_broken=True)
