import re
from pathlib import Path

import pytest

from tests.content.bundled import FOLDER, IDS, ROOT, reading, routine, steps
from uncramp.core.plan.plan import SpanKind, make_plan
from uncramp.core.routine.model import Choices, Prompt, PromptWhen, Side
from uncramp.core.text.durations import MINUTE_MS, SECOND_MS

# Seconds as a person adds them up: what comes before a step, and the step. Open steps count
# with their first prompt. Each agrees to the second with the table of the content.
KNEADED_LEG = (
    (15 + 30)  # fist rub, with the change of legs
    + 5 * (13 + 30)  # five points
    + (13 + 120)  # calf roll
)
HAND_MADE_TOTALS = {
    "bedtime": 180 + (13 + 1200) + 60 + 2 * KNEADED_LEG + 30,
    "bedtime-light": 120 + (10 + 600) + 60 + (8 + 60) + 15,
    "bedtime-warm-soak": 120 + (10 + 900) + 60 + (8 + 60) + 15,
    # The seated pull comes only where the cramp is still there, and counts for nothing.
    "acute-calf": 60 + (11 + 30) + (9 + 30) + 10,
    "acute-foot": 60 + (10 + 30) + 10 + (10 + 60),
    "acute-front": 60 + (11 + 30) + 10,
    "acute-stand": 10 + 60 + (10 + 60),
    "acupressure-relief": 4 * (13 + 30) + (30 + 120),
    "knee-massage": (15 + 60) + 3 * (13 + 60),
    "foot-relief": 2 * ((15 + 90) + (12 + 90) + (10 + 60) + (10 + 60)),
    "swim-cramp-drill": 15 + 2 * ((10 + 10) + (10 + 15)) + 15,
    "warm-compress": 120 + (10 + 600) + (10 + 60) + 15,
    "calf-rub": (11 + 30) + (9 + 30),
    # Three holds of 10 s with 10 s between them are 50 s; the calf, then the hamstring.
    "bedtime-stretch": 2 * (12 + 50) + 2 * (15 + 50) + 15,
    "sleep-setup": 5 * 10,
}


def test_fifteen_routines_are_bundled() -> None:
    assert sorted(IDS) == sorted(HAND_MADE_TOTALS)


@pytest.mark.parametrize("routine_id", IDS)
def test_a_bundled_routine_has_no_problems(routine_id: str) -> None:
    assert reading(routine_id).problems == ()


@pytest.mark.parametrize("routine_id", IDS)
def test_the_total_is_what_a_person_adds_up(routine_id: str) -> None:
    total_ms = make_plan(routine(routine_id)).total.length_ms
    assert total_ms == HAND_MADE_TOTALS[routine_id] * SECOND_MS


def test_the_bedtime_total_as_a_clock_shows_it() -> None:
    assert HAND_MADE_TOTALS["bedtime"] == 37 * 60 + 49


@pytest.mark.parametrize("routine_id", IDS)
def test_an_instruction_can_be_read_in_the_get_ready(routine_id: str) -> None:
    for step in steps(routine(routine_id).items):
        assert step.how, step.name
        assert len(step.how) <= 160, step.how


@pytest.mark.parametrize("routine_id", IDS)
def test_the_voice_names_no_time_that_a_person_can_change(routine_id: str) -> None:
    for step in steps(routine(routine_id).items):
        assert not re.search(r"\b(seconds?|minutes?)\b", step.say or ""), step.say


@pytest.mark.parametrize("routine_id", IDS)
def test_a_caution_is_one_plain_sentence(routine_id: str) -> None:
    cautions = routine(routine_id).cautions
    assert cautions
    for caution in cautions:
        assert re.fullmatch(r"[A-Z][^.?!]*\.", caution), caution


@pytest.mark.parametrize("routine_id", IDS)
def test_a_routine_says_what_it_is_when_to_use_it_and_where_it_comes_from(routine_id: str) -> None:
    found = routine(routine_id)
    assert found.summary
    assert found.when
    assert found.sources
    assert found.tags


def test_the_routines_for_a_cramp_that_is_on_start_at_once() -> None:
    urgent = {routine_id for routine_id in IDS if routine(routine_id).urgent}
    assert urgent == {"acute-calf", "acute-foot", "acute-front", "acute-stand"}
    for routine_id in urgent:
        first = make_plan(routine(routine_id)).span(0)
        assert first.kind is SpanKind.STEP


def test_bedtime_does_all_of_one_leg_and_then_all_of_the_other() -> None:
    plan = make_plan(routine("bedtime"))
    done = [(s.name, s.side) for s in plan.spans() if s.kind is SpanKind.STEP]
    one_leg = [
        "Fist rub of the sole", "Inner ankle", "Outer ankle", "Middle of the calf",
        "Outer leg, by the knob", "Front of the leg, by the shin", "Calf squeeze and roll",
    ]  # fmt: skip
    assert done == [
        ("Fill and test the basin", None),
        ("Foot soak", Side.BOTH),
        ("Dry and look", None),
        *((name, Side.LEFT) for name in one_leg),
        *((name, Side.RIGHT) for name in one_leg),
        ("Cover up", None),
    ]


def test_a_pregnant_person_is_never_led_to_li4_or_bl60() -> None:
    for routine_id in IDS:
        plan = make_plan(routine(routine_id), Choices(conditions=frozenset({"pregnant"})))
        pressed = {s.step.point.code for s in plan.spans() if s.step and s.step.point}
        assert not pressed & {"LI4", "BL60"}


def test_nothing_works_on_the_calf_where_a_clot_is_suspected() -> None:
    for routine_id in IDS:
        for step in steps(routine(routine_id).items):
            is_hand_work = step.kind in {"rub", "knead", "press", "roll", "tap", "heat"}
            is_calf = step.figure in {"calf", "calf-roll", "below-knee", "shin-muscle"}
            if is_hand_work and (is_calf or (step.point and step.point.code.startswith("BL"))):
                asked_first = "clot-suspected" in routine(routine_id).unless
                assert "clot-suspected" in step.unless or asked_first, (routine_id, step.name)


def at(step_prompts: tuple[Prompt, ...], when: PromptWhen, ms: int) -> str | None:
    said = [p.say for p in step_prompts if p.when is when and p.ms == ms]
    return said[0] if said else None


def test_a_long_hold_is_told_how_long_it_has_been() -> None:
    holds = [
        step
        for routine_id in ("acute-calf", "acute-foot", "acute-front", "acute-stand")
        for step in steps(routine(routine_id).items)
        if step.kind == "hold"
    ]
    assert len(holds) == 9
    for step in holds:
        assert step.is_open
        assert step.time_ms == MINUTE_MS
        assert at(step.prompts, PromptWhen.AFTER, 2 * MINUTE_MS)


@pytest.mark.parametrize("routine_id", ["bedtime-light", "bedtime-warm-soak"])
def test_after_a_soak_one_sits_a_minute_and_stands_up_slowly(routine_id: str) -> None:
    _fill, soak, _dry, sit, *_ = steps(routine(routine_id).items)
    assert (soak.kind, sit.kind, sit.time_ms) == ("soak", "rest", MINUTE_MS)
    assert "stand up slowly" in (sit.how or "")


def test_after_the_strong_routines_soak_one_stays_sitting_for_all_that_follows() -> None:
    _fill, _soak, dry, *_, last = steps(routine("bedtime").items)
    assert "Stay sitting." in (dry.say or "")
    assert "Stand up slowly" in (last.say or "")


@pytest.mark.parametrize("routine_id", ["bedtime", "bedtime-light", "bedtime-warm-soak"])
def test_a_soak_is_tested_first_and_asked_about(routine_id: str) -> None:
    found = routine(routine_id)
    assert any("never over 42 °C" in caution for caution in found.cautions)
    assert "numb-feet" in found.unless
    fill, soak, *_ = steps(found.items)
    assert fill.is_open
    assert "Tested?" in (at(fill.prompts, PromptWhen.AFTER, fill.time_ms) or "")
    assert soak.kind == "soak"
    assert at(soak.prompts, PromptWhen.AFTER, MINUTE_MS) == "Does it feel comfortable?"
    assert at(soak.prompts, PromptWhen.BEFORE_END, MINUTE_MS)
    if soak.time_ms > 10 * MINUTE_MS:
        topping_up = at(soak.prompts, PromptWhen.AFTER, 10 * MINUTE_MS)
        assert topping_up == "Cooling? Take your feet out before adding hot water."


FORBIDDEN = (
    r"\bseeds?\b",
    r"\bS00\d\b",
    r"\bdossier\b",
    r"toxin",
    r"fungus",
    r"magnesium",
    r"dead blood",
    r"stagnation",
    r"within a few days",
    r"70 ?%",
    r"however hot",
    r"\bcures?\b",
    r"supplement",
)

TEXTS = [
    *FOLDER.glob("*.toml"),
    *(ROOT / "src/uncramp/atlas").glob("*.toml"),
    *(ROOT / "src/uncramp/atlas/figures").glob("*.svg"),
]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_what_is_not_known_to_be_true_is_not_said(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for words in FORBIDDEN:
        assert not re.search(words, text, re.IGNORECASE), words
    degrees = [int(n) for n in re.findall(r"(\d+) (?:°C|degrees)", text)]
    assert all(n <= 42 for n in degrees)


GOES_ON_BY_ITSELF = {
    "bedtime": {"Dry and look", "Cover up"},
    "bedtime-light": {"Dry and keep warm", "Room check"},
    "bedtime-warm-soak": {"Dry and keep warm", "Go to bed"},
}
"""Nothing here is hot, held, or done standing up. No other open step goes on unasked."""


@pytest.mark.parametrize("routine_id", IDS)
def test_only_where_it_is_safe_a_step_goes_on_by_itself(routine_id: str) -> None:
    found = {
        step.name for step in steps(routine(routine_id).items) if step.ends_after_ms is not None
    }
    assert found == GOES_ON_BY_ITSELF.get(routine_id, set())
