import pytest

from uncramp.core.plan.plan import Span, make_plan
from uncramp.core.plan.spoken_text import (
    WORDS,
    coming_words,
    finished_words,
    halfway_words,
    opening_words,
    passed_words,
)
from uncramp.core.routine.model import Choices, Cues, Group, Routine, Side, Sides, Step
from uncramp.core.routine.points import Limb, Point
from uncramp.core.text.saying import saying_ms

TAIXI = Point("KI3", "KD3", "Taixi", cue="Inner ankle, hollow behind the bone")


def first(step: Step, language: str | None = None, choices: Choices | None = None) -> Span:
    return make_plan(Routine("r", "R", (step,), language=language), choices).span(0)


def test_a_step_is_said_with_its_side_and_its_time() -> None:
    step = Step("a", "Rub.", 90_000, sides=Sides.BOTH, get_ready_ms=5_000)
    assert opening_words(first(step)) == "Rub. Both sides. 1 minute 30 seconds."


def test_a_get_ready_says_the_time_that_was_chosen_for_its_step() -> None:
    step = Step("a", "Rub", 90_000, get_ready_ms=5_000)
    chosen = Choices(times_ms={"a": 3_600_000})
    assert opening_words(first(step, choices=chosen)) == "Rub. 1 hour."


def test_what_was_said_at_the_get_ready_is_not_said_again() -> None:
    plan = make_plan(Routine("r", "R", (Step("a", "Rub", 90_000, get_ready_ms=5_000),)))
    assert [opening_words(span) for span in plan.spans()] == ["Rub. 1 minute 30 seconds.", None]


def test_an_open_step_has_no_time_and_a_blink_none_either() -> None:
    assert opening_words(first(Step("a", "Hold", 60_000, is_open=True))) == "Hold."
    assert opening_words(first(Step("a", "Now", 300))) == "Now."


def test_the_writers_words_take_the_place_of_all_that() -> None:
    step = Step("a", "Rub", 90_000, sides=Sides.LEFT, say="Make a fist")
    assert opening_words(first(step)) == "Make a fist"


@pytest.mark.parametrize(
    ("name", "language", "words"),
    [
        ("KD3 Taixi", None, "Inner ankle, hollow behind the bone. 30 seconds."),
        ("KD3 Taixi", "en-GB", "Inner ankle, hollow behind the bone. 30 seconds."),
        ("Knead {point}.", None, "Knead. Inner ankle, hollow behind the bone. 30 seconds."),
        ("Find the hollow", None, "Find the hollow. 30 seconds."),
        ("Knead KD3", None, "Knead KD3. 30 seconds."),
        ("KD3 Taixi", "de", "KD3 Taixi. 30 Sekunden."),
    ],
)
def test_a_point_is_said_as_the_way_to_it_unless_the_writer_wrote_its_code(
    name: str, language: str | None, words: str
) -> None:
    step = Step("a", name, 30_000, point=TAIXI)
    assert opening_words(first(step, language)) == words


def test_the_side_that_changes_is_said_first() -> None:
    steps = (Step("a", "Rub", 30_000, sides=Sides.EACH, get_ready_ms=5_000),)
    span = make_plan(Routine("r", "R", steps)).span(2)
    assert opening_words(span) == "Change to the right side. Rub. Right side. 30 seconds."


def test_a_side_has_the_name_of_its_limb_where_that_is_known() -> None:
    def said(limb: Limb | None) -> str | None:
        steps = (Step("a", "Press", 61_000, sides=Sides.EACH, limb=limb),)
        plan = make_plan(Routine("r", "R", steps))
        return f"{coming_words(plan.span(0))} {opening_words(plan.span(1))}"

    rest = "Press. Right {0}. 1 minute 1 second."
    for limb, name in ((None, "side"), (Limb.LEG, "leg"), (Limb.HAND, "hand")):
        change = f"Next: Press, right {name}. Change to the right {name}. "
        assert said(limb) == change + rest.format(name)


def test_the_words_of_ours_are_in_the_routines_language_or_the_persons() -> None:
    step = Step("a", "Wadenrollen", 61_000, sides=Sides.LEFT)
    said = "Wadenrollen. Linke Seite. 1 Minute 1 Sekunde."
    assert opening_words(first(step, "de-CH")) == said
    assert opening_words(first(step, None, Choices(language="de"))) == said
    assert opening_words(first(step, "en", Choices(language="de"))) == (
        "Wadenrollen. Left side. 1 minute 1 second."
    )


def test_in_a_language_that_we_do_not_speak_the_routines_own_words_are_all() -> None:
    steps = (Step("a", "Kuitenhaak", 61_000), Step("b", "Rust", 60_000))
    group = Group("g", steps, repeat=2, rest_ms=5_000, sides=Sides.EACH)
    plan = make_plan(Routine("r", "R", (group,), language="nl"))
    assert [opening_words(span) for span in plan.spans(0, 3)] == ["Kuitenhaak.", "Rust.", None]
    for phrase in (coming_words, halfway_words, finished_words):
        assert phrase(plan.span(0)) is None
    assert passed_words(plan.span(0), 60_000) is None


@pytest.mark.parametrize("language", WORDS)
def test_every_language_has_all_of_our_words(language: str) -> None:
    steps = (Step("a", "A", 61_000, sides=Sides.EACH), Step("b", "B", 7_200_000))
    plan = make_plan(Routine("r", "R", steps, language=language))
    words = WORDS[language]
    left, right, last = plan.spans()
    assert set(words.sides) == set(words.legs) == set(words.hands) == set(Side)
    assert words.sides[Side.RIGHT] in (coming_words(left) or "")
    assert (opening_words(right) or "").startswith(words.change.split("{")[0])
    assert (coming_words(right) or "").endswith("B.")
    assert (opening_words(last) or "").endswith(f"2 {words.hours[1]}.")
    assert (halfway_words(last), finished_words(last)) == (words.halfway, words.finished)


def test_nothing_is_said_where_the_voice_is_off() -> None:
    span = first(Step("a", "Rub", 60_000, cues=Cues(voice=False), say="Rub"))
    assert [opening_words(span), halfway_words(span), finished_words(span)] == [None] * 3
    assert passed_words(span, 60_000) is None


def test_a_longer_phrase_takes_longer_to_say() -> None:
    assert saying_ms("") == 0
    assert saying_ms("Rub.") < saying_ms("Rub. Now.") < saying_ms("Rub. Right now.")
    # A voice stops between two amounts of time: eSpeak takes 1.8 s for these at 140 words a minute.
    assert saying_ms("6 minutes 20 seconds.") > 1_800
    assert saying_ms("15 minutes.") > saying_ms("5 minutes.")
