"""Each condition of a person against each routine for a cramp: what is said, what is left out."""

import pytest

from tests.content.bundled import routine
from uncramp.core.plan.plan import SpanKind
from uncramp.core.plan.spoken_text import opening_words
from uncramp.core.routine.keys import KNOWN_CONDITIONS
from uncramp.core.routine.model import Choices
from uncramp.core.suitability.assess import Answer, answer, is_offered
from uncramp.core.suitability.conditions import CLOT

CALF = ("Toes up, knee straight", "Seated pull", "Quick rub", "Knead or tap", "Check the calf")
CALF_LIGHT = (*CALF[:2], "Light rub", "Light kneading", "Check the calf")
CALF_TOWEL = ("Toes up, with a towel", "Seated pull, with a towel", *CALF[2:])
FOOT = ("Toes up and hold", "Rub the sole", "Stand up safely", "Walk it off")
FOOT_LIGHT = ("Toes up and hold", "Rub the sole lightly", *FOOT[2:])
FRONT = ("Foot down, toes bent", "Rub the shin muscle", "Wiggle your toes")
FRONT_LIGHT = ("Foot down, toes bent", "Rub the shin muscle lightly", "Wiggle your toes")
STAND = ("Stand up safely", "Press the forefoot down", "Walk it off")

DONE: dict[str, dict[str, tuple[str, ...]]] = {
    "acute-calf": {
        "pregnant": CALF,
        "blood-thinners": CALF_LIGHT,
        "varicose-veins": CALF_LIGHT,
        "numb-feet": CALF,
        "cannot-reach-feet": CALF_TOWEL,
        "cannot-stand": CALF,
    },
    "acute-foot": {
        "pregnant": FOOT,
        "blood-thinners": FOOT_LIGHT,
        "varicose-veins": FOOT_LIGHT,
        "numb-feet": FOOT_LIGHT,
        "cannot-reach-feet": ("Toes up, with a towel", *FOOT[2:]),
        "cannot-stand": FOOT[:2],
    },
    "acute-front": {
        "pregnant": FRONT,
        "blood-thinners": FRONT_LIGHT,
        "varicose-veins": FRONT_LIGHT,
        "numb-feet": FRONT,
        "cannot-reach-feet": FRONT,
        "cannot-stand": FRONT,
    },
    "acute-stand": dict.fromkeys(KNOWN_CONDITIONS, STAND),
}
"""The steps that each person is led through."""

LEFT_OUT = {
    ("acute-foot", "cannot-reach-feet"): {"Rub the sole", "Rub the sole lightly"},
    ("acute-foot", "cannot-stand"): {"Stand up safely", "Walk it off"},
}
"""The steps that are left out and named; steps replaced by another form are not."""

URGENT = tuple(DONE)
CONDITIONS = tuple(word for word in KNOWN_CONDITIONS if word != CLOT)


def of(routine_id: str, condition: str) -> Answer:
    return answer(routine(routine_id), Choices(conditions=frozenset({condition})))


def said(found: Answer) -> str:
    assert found.plan
    words = (opening_words(span) for span in found.plan.spans())
    return " ".join(phrase for phrase in words if phrase)


@pytest.mark.parametrize("condition", CONDITIONS)
@pytest.mark.parametrize("routine_id", URGENT)
def test_a_person_is_led_through_what_suits_them_at_once(routine_id: str, condition: str) -> None:
    found = of(routine_id, condition)
    assert found.plan
    assert found.asks == (), "no question stands in the way"
    spans = [span for span in found.plan.spans() if span.kind is SpanKind.STEP]
    assert spans[0].index == 0
    assert tuple(span.name for span in spans) == DONE[routine_id][condition]
    left_out = {left.name for left in found.plan.left_out}
    assert left_out == LEFT_OUT.get((routine_id, condition), set())


@pytest.mark.parametrize("condition", ["blood-thinners", "varicose-veins"])
@pytest.mark.parametrize("routine_id", URGENT)
def test_thin_blood_and_weak_veins_are_not_tapped_and_rubbed_lightly(
    routine_id: str, condition: str
) -> None:
    words = said(of(routine_id, condition)).casefold()
    assert "tap it" not in words
    assert "quickly" not in words
    if "rub" in words:
        assert "lightly" in words


@pytest.mark.parametrize("routine_id", ["acute-calf", "acute-foot"])
def test_who_cannot_reach_is_told_of_the_towel_wherever_a_hand_would_pull(routine_id: str) -> None:
    words = said(of(routine_id, "cannot-reach-feet"))
    assert "grab the foot" not in words
    assert "Both hands on the foot" not in words
    assert words.casefold().count("towel") >= (2 if routine_id == "acute-calf" else 1)


def test_who_cannot_stand_is_not_offered_to_stand() -> None:
    conditions = frozenset({"cannot-stand"})
    assert not is_offered(routine("acute-stand"), conditions)
    assert all(is_offered(routine(other), conditions) for other in URGENT if other != "acute-stand")


@pytest.mark.parametrize("routine_id", URGENT)
def test_where_a_clot_is_possible_it_is_locked_and_says_why(routine_id: str) -> None:
    found = of(routine_id, CLOT)
    assert found.plan is None
    assert "See a doctor today." in (found.locked or "")
