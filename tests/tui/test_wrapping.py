from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from uncramp.core.text.safe_text import plain_line
from uncramp.tui.widgets.wrapping import fitted, shortened, spread, wrapped

TEXTS = st.text(st.sampled_from("ab cd足三里é👩\u0301\x1b[1m\n\t"), max_size=60)


@given(TEXTS, st.integers(2, 40))
def test_lines_are_never_wider_than_they_may_be_and_lose_nothing(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert all(line and cell_len(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == plain_line(text).replace(" ", "")


@given(TEXTS, st.integers(0, 40), st.integers(0, 4))
def test_what_is_cut_ends_with_an_ellipsis(text: str, width: int, rows: int) -> None:
    lines = fitted(text, width, rows)
    assert len(lines) <= rows
    if 0 < rows < len(wrapped(text, width)):
        assert lines[-1].endswith("…")


@given(TEXTS, st.integers(0, 40))
def test_a_shortened_text_fits(text: str, width: int) -> None:
    assert cell_len(shortened(text, width)) <= width


@given(TEXTS, TEXTS, st.integers(0, 40), st.integers(0, 40))
def test_two_ends_fill_a_line_exactly(left: str, right: str, width: int, least: int) -> None:
    assert cell_len("".join(spread(left, right, width, least=least))) == width


def test_the_right_end_is_cut_only_where_the_left_one_needs_its_least() -> None:
    assert spread("Foot soak", "20:00", 12) == ("Foot…  ", "20:00")
    assert spread("Foot soak", "20:00", 14, least=9) == ("Foot soak  ", "20…")


def test_an_escape_sequence_is_shown_and_not_obeyed() -> None:
    assert plain_line("\x1b[31mred\x07") == "\\x1b[31mred\\x07"


def test_a_wide_character_is_never_halved() -> None:
    assert wrapped("足三里足三里", 5) == ["足三", "里足", "三里"]
