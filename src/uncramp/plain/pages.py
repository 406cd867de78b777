"""What `uncramp list` and `uncramp show` write for a person."""

from collections.abc import Iterable, Iterator

from uncramp.core.person import Answer
from uncramp.core.plan import Plan
from uncramp.core.texts import on_one_line, shown
from uncramp.core.units import clock
from uncramp.library import Entry, Origin
from uncramp.plain.cautions import caution_lines, difference_lines
from uncramp.plain.lines import RunLines, counted
from uncramp.plain.timeline import timeline


def list_lines(entries: Iterable[Entry]) -> Iterator[str]:
    """One line a routine: its id, how long it is, its title, and what is special about it."""
    rows = list(entries)
    id_width = max((len(entry.id) for entry in rows), default=0)
    times = [clock(e.total_ms) if e.total_ms is not None else "-" for e in rows]
    time_width = max(map(len, times), default=0)
    for entry, time in zip(rows, times, strict=True):
        mark = _mark(entry)
        title = shown(entry.title) if entry.routine else ""
        words = "  ".join(part for part in (title, f"({mark})" if mark else "") if part)
        yield f"{shown(entry.id):<{id_width}}  {time:>{time_width}}  {words}".rstrip()


def _mark(entry: Entry) -> str:
    marks = []
    if entry.origin is Origin.USER:
        hides = ", in place of the bundled one" if entry.hides_bundled else ""
        marks.append(f"your own{hides}")
    if entry.routine is None:
        problems = counted(len(entry.errors), "problem")
        marks.append(f"cannot run, {problems}: uncramp check {shown(str(entry.file))}")
    return "; ".join(marks)


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
