"""Lines wrapped at words for a terminal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cli.said import Said, at_terminal
from uncramp.plain.line_wrap import columns_of, wrapped

EMERGENCY = "See a doctor today about the swollen leg."


def test_it_breaks_between_words_and_never_in_one() -> None:
    assert wrapped(EMERGENCY, 14).split("\n") == [
        "See a doctor",
        "today about",
        "the swollen",
        "leg.",
    ]


def test_a_line_that_fits_stays_as_it_is() -> None:
    assert wrapped("a   b ", 6) == "a   b "


def test_the_next_rows_hang_below_the_text_of_the_last_column() -> None:
    line = "calf  3:23  Cramp now: back of the calf"
    assert wrapped(line, 28) == "calf  3:23  Cramp now: back\n            of the calf"
    assert wrapped(" 0:05  Begin: Rub the calf.", 18) == " 0:05  Begin: Rub\n       the calf."


def test_they_begin_further_left_where_the_columns_take_more_than_half() -> None:
    assert wrapped("a-long-identifier  1:00  Title", 24) == "a-long-identifier  1:00\nTitle"
    assert wrapped("   indented words here", 14) == "   indented\n   words here"


def test_a_word_wider_than_the_room_has_a_row_of_its_own() -> None:
    assert wrapped("See /home/somebody/file now", 10) == "See\n/home/somebody/file\nnow"


def test_what_takes_no_columns_is_not_counted_and_wide_characters_twice() -> None:
    assert columns_of("\x1b[1mbold\x1b[0m") == 4
    assert columns_of("太溪") == 4
    assert wrapped("\x1b[1mbold\x1b[0m text", 9) == "\x1b[1mbold\x1b[0m text"
    assert wrapped("太溪 太溪", 8) == "太溪\n太溪"


@given(st.text("ab ", max_size=60), st.integers(1, 40))
def test_no_word_is_lost_or_broken(text: str, columns: int) -> None:
    rows = wrapped(text, columns)
    assert rows.split() == text.split()
    assert all(len(row) <= columns for row in rows.split("\n") if len(row.split()) > 1)


def be_narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let standard output and error be a terminal of 40 columns."""
    at_terminal(monkeypatch)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("NO_COLOR", "1")


def test_commands_wrap_on_a_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    be_narrow(monkeypatch)
    for words in (["list"], ["show", "calf-rub"], ["cautions", "bedtime"], ["points"], ["chekc"]):
        said = Said(capsys, *words)
        lines = f"{said.out}{said.err}".splitlines()
        assert len(lines) > 1
        assert max(map(columns_of, lines)) <= 40


def test_json_and_the_schema_are_not_wrapped(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    be_narrow(monkeypatch)
    for words in (["list", "--json"], ["show", "calf-rub", "--json"], ["schema"]):
        assert max(map(len, Said(capsys, *words).lines)) > 40


def test_nothing_is_wrapped_in_a_pipe(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    assert max(map(len, Said(capsys, "show", "calf-rub").lines)) > 40


def test_a_locked_routine_has_one_short_mark(capsys: pytest.CaptureFixture[str]) -> None:
    assert Said(capsys, "me", "--set", "clot-suspected").status == 0
    rows = {line.split()[0]: line for line in Said(capsys, "list").lines}
    assert rows["bedtime"].endswith("(locked: a clot is possible; see: uncramp show bedtime)")
    refused = Said(capsys, "show", "bedtime")
    assert "See a doctor today." in refused.err
