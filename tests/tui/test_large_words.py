import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.content.bundled import IDS, routine
from uncramp.core.plan.plan import make_plan
from uncramp.tui.widgets.large_words import MOST_LINES, large_forms, side_forms
from uncramp.tui.widgets.letter_shapes import (
    LETTER_HEIGHTS,
    can_be_drawn,
    large_lines,
    letters_drawn,
    letters_wide,
)

LETTERS = string.ascii_letters + string.digits + " ,.:-'/()?!"


def test_a_letter_is_drawn_in_half_cells_and_in_whole_ones() -> None:
    assert letters_drawn("up", 3) == ("█ █ █▀▄", "█ █ █▀ ", "▀▀▀ ▀  ")
    assert letters_drawn("i", 5) == ("██",) * 5


@given(
    st.text(st.sampled_from(LETTERS + "◀▶"), max_size=20),
    st.sampled_from(LETTER_HEIGHTS),
    st.booleans(),
)
def test_every_row_is_as_wide_as_was_said(text: str, height: int, is_narrow: bool) -> None:
    rows = letters_drawn(text, height, is_narrow=is_narrow)
    assert len(rows) == height
    assert {len(row) for row in rows} == {letters_wide(text, height, is_narrow=is_narrow)}
    assert letters_wide(text, height, is_narrow=True) <= letters_wide(text, height)


def test_no_two_letters_or_digits_look_the_same() -> None:
    for height in LETTER_HEIGHTS:
        for is_narrow in (False, True):
            shapes = {letters_drawn(c, height, is_narrow=is_narrow) for c in string.ascii_uppercase}
            assert len(shapes) == 26
    assert len({letters_drawn(digit, 3) for digit in string.digits}) == 10


@pytest.mark.parametrize("routine_id", IDS)
def test_the_names_of_the_bundled_steps_can_be_drawn(routine_id: str) -> None:
    plan = make_plan(routine(routine_id))
    assert [span.name for span in plan.spans() if not can_be_drawn(span.name)] == []


@pytest.mark.parametrize("text", ["足三里", "Füße trocknen", "", "  ", "[b]"])
def test_what_has_no_shapes_stays_as_it_is(text: str) -> None:
    assert large_lines(text, 300, 3, 2) == ()
    assert large_forms(text, 300) == ()


@given(st.text(st.sampled_from("ab c"), min_size=1, max_size=40), st.integers(1, 120))
def test_lines_fit_and_hold_every_word(text: str, width: int) -> None:
    for height in LETTER_HEIGHTS:
        most = MOST_LINES.get(height, 2)
        lines = large_lines(text, width, height, most)
        assert len(lines) <= most
        assert all(letters_wide(line, height) <= width for line in lines)
        assert not lines or " ".join(lines).split() == text.split()


def rows_of(text: str, width: int) -> list[tuple[int, int]]:
    return [(form.letter_rows, form.rows) for form in large_forms(text, width)]


def test_large_words_take_so_many_rows() -> None:
    assert rows_of("Foot soak", 40)[:2] == [(3, 3), (5, 11)]
    assert rows_of("Foot soak", 80)[:3] == [(3, 3), (5, 5), (8, 17)]
    assert rows_of("Foot soak", 20)[0] == (3, 7)
    assert rows_of("Foot soak", 10) == []


@pytest.mark.parametrize(
    ("words", "sign", "lines"),
    [
        ("left leg", "◀", ("LEFT", "◀ LEG")),
        ("right hand", "▶", ("RIGHT", "HAND ▶")),
        ("both feet", "◀▶", ("BOTH", "◀ FEET ▶")),
    ],
)
def test_a_side_has_its_sign_in_every_form(words: str, sign: str, lines: tuple[str, ...]) -> None:
    forms = side_forms(words, sign, 200, is_one_line=False)
    assert forms[0].letter_rows == 5
    assert lines in {form.lines for form in forms}
    assert all(mark in " ".join(form.lines) for form in forms for mark in sign)
    assert [form.rows for form in forms] == sorted(form.rows for form in forms)
    assert side_forms(words, sign, 12, is_one_line=False) == ()
