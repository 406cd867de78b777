"""What `uncramp list` and `uncramp show` write for a person."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from uncramp.core.plan.plan import Plan
from uncramp.core.run.timeline import timeline
from uncramp.core.suitability.assess import CLOT, Answer, because_words
from uncramp.core.suitability.summary import Listing, is_locked, why_it_asks, why_not_for
from uncramp.core.text.durations import clock
from uncramp.core.text.safe_text import on_one_line, shown
from uncramp.plain.caution_lines import caution_lines, difference_lines
from uncramp.plain.run_lines import RunLines, counted


def list_lines(
    listings: Iterable[Listing],
    conditions: frozenset[str],
    file_of: Callable[[Listing], Path],
) -> Iterator[str]:
    """One line a routine: its id, how long it is, its title, and what is special about it."""
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
) -> Iterator[str]:
    if row.is_own:
        yield "your own; replaces the bundled one" if row.hides_bundled else "your own"
    if not row.can_run:
        problems = counted(row.errors, "problem")
        yield f"cannot run, {problems}: uncramp check {shown(str(file_of(row)))}"
    if is_locked(row, conditions):
        yield f"locked: {because_words((CLOT,))}; see: uncramp show {shown(row.id)}"
        return
    reason = why_not_for(row, conditions) or why_it_asks(row, conditions)
    if reason:
        yield f"{reason[0].lower()}{reason[1:]}".rstrip(".")


def show_lines(plan: Plan, answer: Answer) -> Iterator[str]:
    """What a routine is, what of it is different for this person, and then a line a moment."""
    routine = plan.routine
    yield shown(on_one_line(routine.title))
    for label, text in (("", routine.summary), ("When: ", routine.when)):
        if text:
            yield shown(on_one_line(f"{label}{text}"))
    yield from difference_lines(answer)
    yield from caution_lines(routine)
    for source in routine.sources:
        yield shown(on_one_line(f"Source: {source}"))
    yield ""
    lines = RunLines(plan)
    for event in timeline(plan):
        yield from lines.of(event)
