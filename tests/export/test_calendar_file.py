"""A calendar entry of a routine: the day and the hour it begins, and what is to be done."""

from datetime import date

from tests.content.bundled import routine
from uncramp.core.plan.plan import make_plan
from uncramp.core.text.icalendar import RepeatingEvent
from uncramp.export.calendar_file import event_of
from uncramp.export.card.card_content import card_of

SATURDAY = date(2026, 11, 21)


def event(days: tuple[int, ...]) -> RepeatingEvent:
    plan = make_plan(routine("bedtime"))
    return event_of(
        plan, card_of(plan), minute=1_290, days=days, today=SATURDAY, written="20261121T203000Z"
    )


def test_it_begins_on_the_first_of_its_days() -> None:
    assert event((0, 1, 2, 3, 4)).first_day == "2026-11-23"
    assert event((5,)).first_day == "2026-11-21"
    assert event((4,)).first_day == "2026-11-27"


def test_it_lasts_as_long_as_the_routine_and_has_its_steps() -> None:
    found = event((5,))
    assert found.lasts_min == 38
    assert found.title == "Strong bedtime routine"
    assert "20:00  Foot soak · both feet" in found.description
    assert "Sole, points and calf · left side, then right side:" in found.description
