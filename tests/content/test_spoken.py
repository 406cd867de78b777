"""Every bundled routine as spoken: each step can be done with the eyes shut.

Read for both sides, both units of temperature, and for each condition of a person.
"""

import re
from collections.abc import Iterator

import pytest

from tests.content.bundled import IDS, routine
from uncramp.core.plan.cues import closing_cues, cues_of, left_after_words_ms
from uncramp.core.plan.plan import Plan, Span, SpanKind, make_plan
from uncramp.core.plan.spoken_text import opening_words
from uncramp.core.routine.keys import KNOWN_CONDITIONS
from uncramp.core.routine.model import Choices, Side
from uncramp.core.text.durations import SECOND_MS

LEFT_AT_A_POINT_MS = 5 * SECOND_MS
LEFT_MS = 3 * SECOND_MS
MOST_WORDS = 14

HANDS = r"\b(thumbs?|fingers?|fingertip|knuckle|fist|palm|hands?)\b"
MOTIONS = r"\b(circles|knead|press|presses|hold|rub|stroke|roll|again|same)\b"

CONDITIONS = [frozenset[str](), *(frozenset({word}) for word in KNOWN_CONDITIONS)]


def plans(routine_id: str) -> Iterator[Plan]:
    """The routine for everybody: each leg, each unit, each condition that leaves anything."""
    for conditions in CONDITIONS:
        for side in (None, Side.LEFT, Side.RIGHT):
            for is_fahrenheit in (False, True):
                choices = Choices(
                    first_side=side or Side.LEFT,
                    affected=side,
                    conditions=conditions,
                    is_fahrenheit=is_fahrenheit,
                )
                try:
                    yield make_plan(routine(routine_id), choices)
                except ValueError:
                    continue


def said(routine_id: str) -> Iterator[tuple[Span, str]]:
    """Each phrase that opens a span, with the span."""
    for plan in plans(routine_id):
        for span in plan.spans():
            words = opening_words(span)
            if words:
                yield span, words


def phrases(routine_id: str) -> set[str]:
    """Everything that is said."""
    found = set()
    for plan in plans(routine_id):
        for span in plan.spans():
            closing = closing_cues(span, span.length_ms)
            found |= {cue.say for cue in (*cues_of(span), *closing) if cue.say}
    return found


@pytest.mark.parametrize("routine_id", IDS)
def test_there_is_time_after_the_words_to_find_the_place(routine_id: str) -> None:
    for span, words in said(routine_id):
        # An open step waits for the person; all others go on by themselves.
        if span.is_open:
            continue
        left_ms = left_after_words_ms(span)
        assert left_ms is not None
        is_point = span.step is not None and span.step.point is not None
        assert left_ms >= (LEFT_AT_A_POINT_MS if is_point else LEFT_MS), (left_ms, words)


@pytest.mark.parametrize("routine_id", IDS)
def test_no_phrase_is_too_long_to_keep_in_mind(routine_id: str) -> None:
    for phrase in phrases(routine_id):
        assert len(phrase.split()) <= MOST_WORDS, phrase


@pytest.mark.parametrize("routine_id", IDS)
def test_a_limb_is_called_by_its_name(routine_id: str) -> None:
    for phrase in phrases(routine_id):
        assert not re.search(r"\bsides?\b", phrase, re.IGNORECASE), phrase
        assert "{" not in phrase, phrase


@pytest.mark.parametrize("routine_id", IDS)
def test_one_unit_is_said_and_once(routine_id: str) -> None:
    for phrase in phrases(routine_id):
        assert len(re.findall("°", phrase)) <= 1, phrase
        assert not re.search(r"\b(\w+)\s+\1\b", phrase.replace(".", "")), phrase


@pytest.mark.parametrize("is_fahrenheit", [False, True])
def test_the_degrees_are_the_persons(*, is_fahrenheit: bool) -> None:
    plan = make_plan(routine("bedtime"), Choices(is_fahrenheit=is_fahrenheit))
    unit = "100 to 104 °F" if is_fahrenheit else "38 to 40 °C"
    assert opening_words(plan.span(0)) == f"Fill the basin. {unit}. Test it."


@pytest.mark.parametrize("routine_id", IDS)
def test_a_point_is_said_with_the_hand_and_what_it_does(routine_id: str) -> None:
    for span, words in said(routine_id):
        if span.step and span.step.point:
            assert re.search(HANDS, words, re.IGNORECASE), words
            if not span.is_again:
                assert re.search(MOTIONS, words, re.IGNORECASE), words


def test_the_second_leg_is_led_more_shortly() -> None:
    plan = make_plan(routine("bedtime"))
    found = [(words, s) for s in plan.spans() if s.side and (words := opening_words(s))]
    first, again = (words for words, span in found if span.name == "Inner ankle")
    assert again == "Same on the right: inner ankle, thumb. 30 seconds."
    assert len(again) < len(first)


def test_where_hand_and_leg_differ_both_are_said() -> None:
    plan = make_plan(routine("swim-cramp-drill"))
    left, right = (
        opening_words(span)
        for span in plan.spans()
        if span.kind is SpanKind.GET_READY and "toes" in span.name
    )
    assert "Right hand to the left toes" in (left or "")
    assert "Left hand to the right toes" in (right or "")


def test_what_is_held_is_let_go_and_what_is_held_on_is_not() -> None:
    plan = make_plan(routine("acupressure-relief"))
    opened = [words for span in plan.spans() if (words := opening_words(span))]
    assert [words.startswith("Let go.") for words in opened] == [False, True, True, True, True]
    drill = make_plan(routine("swim-cramp-drill"))
    on = [words for span in drill.spans() if "Keep pulling" in (words := opening_words(span) or "")]
    assert on
    assert not any("Let go" in words for words in on)


def test_a_rest_says_which_round_comes() -> None:
    plan = make_plan(routine("bedtime-stretch"))
    rests = [opening_words(span) for span in plan.spans() if span.kind is SpanKind.REST][:2]
    assert rests == [
        "Let go. Rest. 10 seconds. Then 2 of 3.",
        "Let go. Rest. 10 seconds. Then 3 of 3.",
    ]


def test_the_first_words_for_a_calf_need_no_hands() -> None:
    words = opening_words(make_plan(routine("acute-calf")).span(0))
    assert words == "Pull your toes up. Push your heel away. Then grab the foot."
