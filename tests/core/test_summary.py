from dataclasses import replace

import pytest
from hypothesis import given

from tests.core.generated import routines
from uncramp.atlas import load_atlas
from uncramp.core.plan.plan import make_plan
from uncramp.core.routine.model import Choices, Group, Routine, Sides, Step
from uncramp.core.suitability.assess import answer, is_offered
from uncramp.core.suitability.conditions import CLOT, CONDITIONS
from uncramp.core.suitability.listing import Listing, why_it_asks, why_not_for
from uncramp.core.suitability.summary import listed

KD3 = load_atlas().find("KD3")
PRESS = Step("steps[0]", "KD3 Taixi", 30_000, point=KD3, sides=Sides.EACH)
EVENING = Routine(
    "evening",
    "Evening",
    (PRESS, Group("steps[1]", (replace(PRESS, key="steps[1].steps[0]"),), name="Legs")),
    when="Before bed.",
    tags=("calm",),
    unless=("cannot-stand",),
)


def test_a_listing_says_what_a_row_needs() -> None:
    assert listed(EVENING) == Listing(
        id="evening",
        title="Evening",
        total_ms=120_000,
        steps=4,
        open_steps=0,
        summary="Before bed.",
        tags=("calm",),
        names=("KD3 Taixi", "Legs"),
        points=("KI3",),
        unless=("cannot-stand",),
        is_for_a_leg=True,
    )


@given(routines())
def test_its_sums_are_the_plans(routine: Routine) -> None:
    total, listing = make_plan(routine).total, listed(routine)
    assert (listing.total_ms, listing.steps, listing.open_steps) == (
        total.length_ms,
        total.steps,
        total.open_steps,
    )
    assert listing.can_run


@pytest.mark.parametrize("urgent", [False, True])
@pytest.mark.parametrize("word", [c.word for c in CONDITIONS])
@pytest.mark.parametrize("items", [EVENING.items, (Step("steps[0]", "Breathe", 9_000),)])
def test_what_is_not_for_a_person_is_what_the_routine_itself_says(
    items: tuple[Step, ...], word: str, urgent: bool
) -> None:
    routine = replace(EVENING, items=items, urgent=urgent, unless=("cannot-stand", "pregnant"))
    conditions = frozenset({word})
    reason = why_not_for(listed(routine), conditions)
    found = answer(routine, Choices(conditions=conditions))
    is_barred = found.plan is None or (urgent and not is_offered(routine, conditions))
    assert (reason is not None) is is_barred
    assert (why_it_asks(listed(routine), conditions) is not None) is bool(
        found.asks and word != CLOT
    )


def test_the_reason_is_a_sentence() -> None:
    urgent = listed(EVENING)._replace(is_urgent=True)
    assert why_not_for(urgent, frozenset({"cannot-stand"})) == "Not for you: you cannot stand."
    assert why_not_for(urgent, frozenset({CLOT})) == (
        "Locked: a clot is possible. See a doctor today."
    )
    asks = why_it_asks(listed(EVENING), frozenset({"cannot-stand"}))
    assert asks == "Asks first: you cannot stand."
