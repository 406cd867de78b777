"""A routine as a repeating calendar entry, with an alarm and the steps."""

from collections.abc import Iterator
from datetime import date, timedelta

from uncramp.core.plan.plan import Plan
from uncramp.core.text.durations import MINUTE_MS
from uncramp.core.text.icalendar import RepeatingEvent
from uncramp.export.card.card_content import CardContent, CardStep


def event_of(
    plan: Plan, card: CardContent, *, minute: int, days: tuple[int, ...], today: date, written: str
) -> RepeatingEvent:
    """The entry at `minute` of each of `days`, beginning with the next of them.

    `card` has the plan's steps; `written` is the time of writing in UTC: `20261121T203000Z`.
    """
    ahead = min((day - today.weekday()) % 7 for day in days)
    return RepeatingEvent(
        uid=f"uncramp-{plan.routine.id}@uncramp",
        written=written,
        first_day=(today + timedelta(days=ahead)).isoformat(),
        minute=minute,
        lasts_min=-(-plan.total.length_ms // MINUTE_MS),
        title=card.title,
        description="\n".join(_lines(card)),
        days=days,
    )


def _lines(card: CardContent) -> Iterator[str]:
    yield card.facts
    yield from card.about
    if card.care:
        yield "\nTake care:"
        yield from (f"- {words}" for words in card.care)
    yield "\nSteps:"
    for step in card.steps:
        yield from _step(step)


def _step(step: CardStep) -> Iterator[str]:
    head = " · ".join(part for part in (step.name, step.facts) if part)
    indent = "  " * step.depth
    yield f"{indent}{step.time}  {head}" if step.time else f"{indent}{head}:"
    yield from (f"{indent}  {words}" for words in (step.how, step.care) if words)
