from dataclasses import replace

import pytest

from tests.content.bundled import IDS, routine
from uncramp.core.plan.plan import SpanKind, make_plan
from uncramp.core.routine.keys import KNOWN_CONDITIONS
from uncramp.core.routine.model import Choices, Item, Routine, Side, Step
from uncramp.core.routine.points import Point
from uncramp.core.suitability.assess import Answer, answer, first_run_words, is_offered
from uncramp.core.suitability.conditions import CLOT, CONDITIONS, because_words, conditions_in


def of(routine_id: str, *conditions: str) -> Answer:
    return answer(routine(routine_id), Choices(conditions=frozenset(conditions)))


def done(found: Answer) -> list[str]:
    assert found.plan
    return [span.name for span in found.plan.spans() if span.kind is SpanKind.STEP]


def made(*steps: Item, unless: tuple[str, ...] = (), urgent: bool = False) -> Routine:
    return Routine("mine", "Mine", steps, unless=unless, urgent=urgent)


def step(name: str, kind: str | None = None, **more: object) -> Step:
    return replace(Step(key=name, name=name, time_ms=30_000, kind=kind), **more)  # type: ignore[arg-type]


def test_the_conditions_are_those_of_the_format() -> None:
    assert tuple(condition.word for condition in CONDITIONS) == KNOWN_CONDITIONS


@pytest.mark.parametrize("routine_id", IDS)
def test_for_someone_who_said_nothing_all_is_as_written(routine_id: str) -> None:
    found = of(routine_id)
    assert found.plan
    assert found.plan.fingerprint == make_plan(routine(routine_id)).fingerprint
    assert found.differences == ()


def test_a_step_left_out_says_why() -> None:
    assert of("bedtime", "pregnant").left_out == (
        "Left out: Outer ankle BL60, because you are pregnant.",
    )


def test_a_step_left_out_for_two_reasons_names_both() -> None:
    found = of("bedtime", "blood-thinners", "varicose-veins")
    words = "Left out: Calf squeeze and roll, because you take blood thinners, "
    assert found.left_out == (words + "and you have varicose veins.",)


def test_a_word_of_the_writers_own_stands_for_itself() -> None:
    mine = made(step("Hop", unless=("after-wine",)), step("Sit"))
    found = answer(mine, Choices(conditions=frozenset({"after-wine"})))
    assert found.left_out == ("Left out: Hop, because after-wine.",)


def test_a_pregnant_person_is_told_to_press_gently_and_to_ask() -> None:
    (note,) = of("bedtime", "pregnant").notes
    assert "press gently" in note
    assert "midwife" in note
    assert of("sleep-setup", "pregnant").notes == ()


@pytest.mark.parametrize("condition", ["blood-thinners", "varicose-veins"])
def test_light_pressure_is_said_where_hands_press(condition: str) -> None:
    assert "press lightly" in of("knee-massage", condition).notes[0]
    assert of("bedtime-light", condition).notes == ()


@pytest.mark.parametrize("routine_id", ["bedtime", "bedtime-light", "bedtime-warm-soak"])
def test_a_soak_asks_first_where_feet_are_numb_and_tells_of_washing(routine_id: str) -> None:
    (why,) = of(routine_id, "numb-feet").asks
    assert "32 to 35 °C" in why
    assert "wash" in why


def test_heat_and_pressure_ask_first_where_feet_are_numb() -> None:
    assert "Leave heat out" in of("warm-compress", "numb-feet").asks[0]
    assert "cannot feel well" in of("foot-relief", "numb-feet").asks[0]


def test_a_routine_asks_for_a_word_of_the_writers_own() -> None:
    mine = made(step("Hop"), unless=("after-wine",))
    (why,) = answer(mine, Choices(conditions=frozenset({"after-wine"}))).asks
    assert "after-wine" in why


@pytest.mark.parametrize("condition", [word for word in KNOWN_CONDITIONS if word != CLOT])
@pytest.mark.parametrize("routine_id", ["acute-calf", "acute-foot", "acute-front", "acute-stand"])
def test_an_urgent_routine_never_asks_and_begins_at_once(routine_id: str, condition: str) -> None:
    found = of(routine_id, condition)
    assert found.asks == ()
    assert found.locked is None
    assert found.plan
    first = found.plan.span(0)
    assert first.kind is SpanKind.STEP
    assert first.name


FREE = {"sleep-setup"}
"""All that is left where a clot is possible: what touches no leg."""


@pytest.mark.parametrize("routine_id", IDS)
def test_with_a_clot_possible_all_that_works_on_a_leg_is_locked(routine_id: str) -> None:
    found = of(routine_id, CLOT)
    assert (found.plan is None) == (routine_id not in FREE)
    if routine_id not in FREE:
        assert found.locked
        assert "See a doctor today" in found.locked
        assert "emergency number" in found.locked


def test_an_urgent_routine_of_nothing_but_rubbing_is_locked() -> None:
    found = answer(made(step("Rub", "rub"), urgent=True), Choices(conditions=frozenset({CLOT})))
    assert found.plan is None
    assert "See a doctor today" in (found.locked or "")


def test_the_hand_is_not_locked() -> None:
    hand = Point("LI4", "LI4", "Hegu", views={"back-of-hand": (0.3, 0.6)})
    mine = made(step("Press", "press", point=hand))
    assert answer(mine, Choices(conditions=frozenset({CLOT}))).plan


def test_where_nothing_is_left_the_words_say_why() -> None:
    mine = made(step("Stand", unless=("cannot-stand",)))
    found = answer(mine, Choices(conditions=frozenset({"cannot-stand"})))
    assert found.locked == "Nothing of this routine is left for you: you cannot stand."


def test_what_a_person_left_out_tonight_is_no_matter_of_conditions() -> None:
    with pytest.raises(ValueError, match="every step"):
        answer(made(step("Sit")), Choices(left_out=frozenset({"Sit"})))


def test_what_cannot_be_done_standing_is_not_offered() -> None:
    cannot = frozenset({"cannot-stand"})
    assert not is_offered(routine("acute-stand"), cannot)
    assert is_offered(routine("acute-stand"), frozenset())
    assert is_offered(routine("acute-calf"), cannot)


def test_who_cannot_stand_does_the_seated_part_of_the_stretch() -> None:
    names = done(of("bedtime-stretch", "cannot-stand"))
    assert names == ["Sit, legs straight", *["Lean forward from the hips"] * 3]


def test_who_cannot_reach_is_told_of_the_towel() -> None:
    assert "towel" in of("acute-calf", "cannot-reach-feet").notes[0]
    assert of("knee-massage", "cannot-reach-feet").notes == ()


def test_side_and_conditions_go_together() -> None:
    chosen = Choices(Side.RIGHT, Side.RIGHT, frozenset({"pregnant"}))
    plan = answer(routine("bedtime"), chosen).plan
    assert plan
    sides = [span.side for span in plan.spans() if span.side in (Side.LEFT, Side.RIGHT)]
    assert sides[0] is Side.RIGHT


def test_reasons_are_joined() -> None:
    assert because_words(("pregnant", "mine")) == "you are pregnant, and mine"


def test_conditions_are_read_from_a_list_with_commas() -> None:
    assert conditions_in("pregnant, numb-feet,pregnant") == ("pregnant", "numb-feet")
    assert conditions_in("after-wine") == ("after-wine",)
    assert conditions_in("") == ()


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("pregnent", "Did you mean pregnant"),
        ("diabetes", "Did you mean numb-feet"),
        ("a b", "The conditions are pregnant"),
        ("!", "The conditions are"),
    ],
)
def test_a_misspelt_condition_is_told(written: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        conditions_in(written)


def test_the_words_before_a_first_run_are_for_massage_and_heat() -> None:
    with_words = {routine_id for routine_id in IDS if first_run_words(routine(routine_id))}
    assert with_words == {
        "bedtime", "bedtime-light", "bedtime-warm-soak", "acupressure-relief", "knee-massage",
        "foot-relief", "warm-compress", "calf-rub",
    }  # fmt: skip
