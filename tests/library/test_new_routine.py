"""A person's answers for a new routine: accepted, or refused in words."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.surroundings import read_text
from uncramp.core.routine.keys import LONGEST_NAME
from uncramp.core.routine.model import Sides, Step
from uncramp.core.text.safe_text import on_one_line
from uncramp.library.formatter import in_house_order
from uncramp.library.new_routine import (
    NewRoutine,
    NewStep,
    checked_id,
    checked_name,
    checked_sides,
    checked_time,
    file_text,
    id_of,
    step_from_words,
    title_of,
)
from uncramp.library.unusable_value import UnusableValue


@pytest.mark.parametrize(
    ("said", "step"),
    [
        ("Calf roll=2m/each", NewStep("Calf roll", 120_000, Sides.EACH)),
        ("Soak=20m", NewStep("Soak", 1_200_000)),
        (" Rest = Open / both ", NewStep("Rest", None, Sides.BOTH)),
        ("a = b/c=1:30", NewStep("a = b/c", 90_000)),
    ],
)
def test_a_step_is_said_in_one_word(said: str, step: NewStep) -> None:
    assert step_from_words(said) == step


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("Calf roll", "does not say how long"),
        ("=2m", "The step's name is empty"),
        ("Roll=", "is not a length of time"),
        ("Roll=5", 'Write "5m" for minutes, "5s" for seconds.'),
        ("Roll=25h", "24 hours"),
        ("Roll=2m/lef", 'Did you mean "left"?'),
        ("Roll=2m/zzz", 'Write "each", "both"'),
        ("Roll\x1b[2J=2m", "U+001B"),
    ],
)
def test_what_is_no_step_is_refused_in_words(said: str, words: str) -> None:
    with pytest.raises(UnusableValue) as refused:
        step_from_words(said)
    assert words in str(refused.value)
    assert "\x1b" not in str(refused.value)


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("one\ntwo", "a line break in it. Write it on one line."),
        ("one\r", None),
        ("one\ttwo", "a tab"),
        ("", "is empty"),
        (" \n ", "is empty"),
        ("x" * 81, "81 characters long; there is room for 80"),
        ("a\u202eb", "U+202E"),
        ("\udcff", "U+DCFF"),
    ],
)
def test_a_title_is_one_line_of_plain_words(title: str, words: str | None) -> None:
    if words is None:
        assert checked_name(title, "The title") == title.strip()
        return
    with pytest.raises(UnusableValue) as refused:
        checked_name(title, "The title")
    assert words in str(refused.value)


@pytest.mark.parametrize(
    ("title", "routine_id"),
    [
        ("Evening stretch", "evening-stretch"),
        ("Füße hoch!", "fusse-hoch"),
        ('"Quotes" & \\slashes/', "quotes-slashes"),
        ("../../etc/passwd", "etc-passwd"),
        ("😀", ""),
        ("日本", ""),
        ("ﷺ" * 80, ""),
        ("x" * 200, "x" * 80),
    ],
)
def test_an_id_is_made_from_a_title(title: str, routine_id: str) -> None:
    assert id_of(title) == routine_id


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Calf Roll", 'Write "calf-roll".'),
        ("../up", 'Write "up".'),
        ("", 'Write it like "calf-roll".'),
        ("x" * 81, "at most 80"),
        ("con", "on Windows"),
    ],
)
def test_an_id_that_is_none_is_refused(text: str, words: str) -> None:
    with pytest.raises(UnusableValue) as refused:
        checked_id(text)
    assert words in str(refused.value)


def test_an_id_gives_a_title() -> None:
    assert title_of("my-evening") == "My evening"


def test_what_is_left_empty_is_left_out() -> None:
    assert checked_sides("  ") is None
    assert checked_time(" OPEN ") is None


FITTING = st.text(min_size=1, max_size=LONGEST_NAME)
HALF_A_DAY_MS = 43_000_000
"""So long a step fits into a routine on both sides, each with its get-ready."""
HALF_A_DAY_MS = 12 * 3_600_000
"""On each side, with a get-ready before it, no more than a routine may last."""


TIMES = st.integers(1, HALF_A_DAY_MS - 5_000) | st.none()


@given(FITTING, FITTING, TIMES, st.sampled_from([*Sides, None]))
def test_whatever_is_fit_is_read_back_as_it_was_said(
    title: str, name: str, time_ms: int | None, sides: Sides | None
) -> None:
    try:
        fresh = NewRoutine(
            "evening",
            checked_name(title, "The title"),
            (NewStep(checked_name(name, "The name"), time_ms, sides),),
        )
    except UnusableValue:
        return
    text = file_text(fresh)
    reading = read_text(text)
    assert reading.routine is not None, reading.problems
    step = reading.routine.items[0]
    assert isinstance(step, Step)
    assert reading.routine.title == on_one_line(title)
    assert step.name == on_one_line(name)
    assert step.sides == sides
    assert step.is_open is (time_ms is None)
    assert time_ms is None or step.time_ms == time_ms
    assert in_house_order(text) == text


def test_a_new_file_explains_itself() -> None:
    steps = (NewStep("Soak", 1_200_000, Sides.BOTH), NewStep("Rest"))
    text = file_text(NewRoutine("evening", "Evening", steps, is_urgent=True))
    assert text.startswith("# A routine for uncramp.")
    assert "uncramp run evening" in text
    assert "# summary = " in text
    assert tomllib.loads(text) == {
        "title": "Evening",
        "urgent": True,
        "steps": [
            {"name": "Soak", "time": "20m", "sides": "both"},
            {"name": "Rest", "open": True},
        ],
    }


def test_what_a_new_file_suggests_can_be_taken_as_it_is() -> None:
    text = file_text(NewRoutine("evening", "Evening", (NewStep("Soak", 60_000),)))
    taken = "\n".join(
        line.removeprefix("# ") if " = " in line else line for line in text.splitlines()
    )
    reading = read_text(taken)
    assert reading.problems == ()
    assert reading.routine is not None
    assert reading.routine.summary == "One sentence."


@pytest.mark.parametrize("text", ["20 sec", "20sec", "20 seconds", "0:20"])
def test_a_length_is_taken_as_people_write_it(text: str) -> None:
    assert checked_time(text) == 20_000
