from itertools import combinations

import pytest

from uncramp.tui.widgets.digit_shapes import HEIGHTS, drawn, width_of

DIGITS = "0123456789"


@pytest.mark.parametrize("height", HEIGHTS)
def test_no_two_digits_look_alike(height: int) -> None:
    for one, other in combinations(DIGITS, 2):
        assert drawn(one, height) != drawn(other, height)


@pytest.mark.parametrize("height", HEIGHTS)
def test_every_digit_is_as_wide_as_any_other_so_that_nothing_jumps(height: int) -> None:
    assert len({width_of(digit, height) for digit in DIGITS + " "}) == 1
    for text in ("0:00", "12:34", "1:02:30", " 9:59"):
        rows = drawn(text, height)
        assert len(rows) == height
        assert {len(row) for row in rows} == {width_of(text, height)}


def test_a_space_is_dark_and_a_colon_is_two_dots() -> None:
    assert set("".join(drawn(" ", 5))) == {" "}
    lit = [bool(row.strip()) for row in drawn(":", 7)]
    assert lit == [False, True, True, False, True, True, False]


def test_three_rows_read_as_a_person_would_draw_them() -> None:
    assert drawn("2:07", 3) == (
        "▀▀▀█ ▄ █▀▀█ ▀▀▀█",
        "█▀▀▀ ▄ █  █    █",
        "▀▀▀▀   ▀▀▀▀    ▀",
    )
