"""What `uncramp show` writes for a person."""

from collections.abc import Iterator

from uncramp.core.plan.plan import Plan
from uncramp.core.run.events import SpanBegan
from uncramp.core.run.timeline import timeline
from uncramp.core.suitability.assess import Answer
from uncramp.core.text.durations import clock
from uncramp.core.text.safe_text import plain_line
from uncramp.core.text.suggestions import counted
from uncramp.plain.caution_lines import caution_lines, difference_lines
from uncramp.plain.run_lines import RunLines

MOST_STEPS = 200
"""Nobody reads more lines of a routine that may have a hundred thousand steps."""


def show_lines(plan: Plan, answer: Answer) -> Iterator[str]:
    """What a routine is, what is different for this person, and then a line a moment."""
    routine = plan.routine
    yield plain_line(routine.title)
    for label, text in (("", routine.summary), ("When: ", routine.when)):
        if text:
            yield plain_line(f"{label}{text}")
    yield from difference_lines(answer)
    yield from caution_lines(routine)
    for source in routine.sources:
        yield plain_line(f"Source: {source}")
    yield ""
    lines = RunLines(plan)
    for event in timeline(plan):
        if isinstance(event, SpanBegan) and event.span.step_number > MOST_STEPS:
            left = counted(plan.total.steps - MOST_STEPS, "more step")
            words = f"{left} follow, up to {clock(plan.total.length_ms)}. "
            yield lines.line(event.played_ms, f"{words}uncramp show --json lists them all.")
            return
        yield from lines.of(event)
        if isinstance(event, SpanBegan) and event.span.asks_still:
            yield lines.second_try(event)
