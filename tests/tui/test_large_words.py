import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.content.bundled import IDS, routine
from uncramp.core.plan.plan import make_plan
from uncramp.tui.widgets.large_words import MOST_LINES, large_rows
from uncramp.tui.widgets.letter_shapes import (
    can_be_drawn,
    large_lines,
    letters_drawn,
    letters_wide,
)

LETTERS = string.ascii_letters + string.digits + " ,.:-'/()?!"


def test_a_letter_is_drawn_in_half_cells_and_in_whole_ones() -> None:
    assert letters_drawn("up", 3) == ("█ █ █▀▄", "█ █ █▀ ", "▀▀▀ ▀  ")
    assert letters_drawn("i", 5) == ("██",) * 5


@given(st.text(st.sampled_from(LETTERS), max_size=20), st.sampled_from([3, 5]))
def test_every_row_is_as_wide_as_was_said(text: str, height: int) -> None:
    rows = letters_drawn(text, height)
    assert len(rows) == height
    assert {len(row) for row in rows} == {letters_wide(text, height)}


def test_no_two_letters_or_digits_look_the_same() -> None:
    shapes = {letter: letters_drawn(letter, 3) for letter in string.ascii_uppercase}
    assert len(set(shapes.values())) == 26
    assert len({letters_drawn(digit, 3) for digit in string.digits}) == 10


@pytest.mark.parametrize("routine_id", IDS)
def test_the_names_of_the_bundled_steps_can_be_drawn(routine_id: str) -> None:
    plan = make_plan(routine(routine_id))
    assert [span.name for span in plan.spans() if not can_be_drawn(span.name)] == []


@pytest.mark.parametrize("text", ["足三里", "Füße trocknen", "", "  ", "[b]"])
def test_what_has_no_shapes_stays_as_it_is(text: str) -> None:
    assert large_lines(text, 300, 3, 2) == ()
    assert large_rows(text, 300) == ()


@given(st.text(st.sampled_from("ab c"), min_size=1, max_size=40), st.integers(1, 120))
def test_lines_fit_and_hold_every_word(text: str, width: int) -> None:
    for height, most in MOST_LINES.items():
        lines = large_lines(text, width, height, most)
        assert len(lines) <= most
        assert all(letters_wide(line, height) <= width for line in lines)
        assert not lines or " ".join(lines).split() == text.split()


def test_large_words_take_so_many_rows() -> None:
    assert large_rows("Foot soak", 40) == (3,)
    assert large_rows("Foot soak", 80) == (3, 5)
    assert large_rows("Foot soak", 20) == (7,)
    assert large_rows("Foot soak", 10) == ()
