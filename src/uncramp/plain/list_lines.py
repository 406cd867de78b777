"""What `uncramp list` writes for a person."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from uncramp.core.suitability.conditions import CLOT, because_words
from uncramp.core.suitability.listing import Listing, is_locked, why_it_asks, why_not_for
from uncramp.core.text.durations import clock
from uncramp.core.text.safe_text import shown
from uncramp.core.text.suggestions import counted


def list_lines(
    listings: Iterable[Listing],
    conditions: frozenset[str],
    file_of: Callable[[Listing], Path],
) -> Iterator[str]:
    """One line a routine: its id, length, title, and what is special about it."""
    rows = list(listings)
    id_width = max((len(row.id) for row in rows), default=0)
    times = [clock(row.total_ms) if row.total_ms is not None else "-" for row in rows]
    time_width = max(map(len, times), default=0)
    for row, time in zip(rows, times, strict=True):
        mark = "; ".join(_marks(row, conditions, file_of))
        title = shown(row.title) if row.can_run else ""
        words = "  ".join(part for part in (title, f"({mark})" if mark else "") if part)
        yield f"{shown(row.id):<{id_width}}  {time:>{time_width}}  {words}".rstrip()


def _marks(
    row: Listing, conditions: frozenset[str], file_of: Callable[[Listing], Path]
) -> list[str]:
    marks = []
    if row.is_own:
        marks.append("your own; replaces the bundled one" if row.hides_bundled else "your own")
    if not row.can_run:
        problems = counted(row.errors, "problem")
        marks.append(f"cannot run, {problems}: uncramp check {shown(str(file_of(row)))}")
    if is_locked(row, conditions):
        marks.append(f"locked: {because_words((CLOT,))}; see: uncramp show {shown(row.id)}")
    elif conditions:
        reason = why_not_for(row, conditions) or why_it_asks(row, conditions)
        marks += [f"{reason[0].lower()}{reason[1:]}".rstrip(".")] if reason else []
    return marks
