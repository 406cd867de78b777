"""Problems as text for a terminal, and as JSON."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.surroundings import read_text
from uncramp.core.toml.problems import MOST_KEPT, Place, Problem, Problems, Severity
from uncramp.plain.problem_lines import (
    WIDEST,
    problem_fields,
    problem_text,
    problems_text,
    underlined,
)

EVENING = """\
title = "Evening"

[[steps]]
name = "Foot soak"
time = "20m"

[[steps]]
name = "Calf roll"
time = "90 secs"

[[steps]]
name = "Tap"
time = 5
tiem = 5
"""


def test_the_text_is_underlined_and_the_message_goes_on_from_it() -> None:
    assert problems_text(read_text(EVENING).problems) == (
        "evening.toml:9:8  steps[1].time\n"
        '   time = "90 secs"\n'
        '          ^^^^^^^^^ is not a length of time. Write "90s".\n'
        "evening.toml:14:1  steps[2].tiem\n"
        '   A step has no such key. Did you mean "time"?\n'
    )


def test_a_program_gets_the_same_in_whole_sentences() -> None:
    length, key = (problem_fields(problem) for problem in read_text(EVENING).problems)
    assert length == {
        "file": "evening.toml",
        "line": 9,
        "column": 8,
        "end_line": 9,
        "end_column": 17,
        "severity": "error",
        "code": "not-a-length",
        "key": "steps[1].time",
        "message": '"90 secs" is not a length of time. Write "90s".',
        "suggestion": '"90s"',
    }
    assert key["message"] == 'A step has no such key. Did you mean "time"?'
    assert key["suggestion"] == "time"


def test_what_is_not_known_is_null_and_never_made_up() -> None:
    problem = Problem("missing-file", "There is no such file.", file="evening.toml")
    assert problem_text(problem) == "evening.toml\n   There is no such file."
    fields = problem_fields(problem)
    assert [name for name, value in fields.items() if value is None] == [
        "line", "column", "end_line", "end_column", "key", "suggestion",
    ]  # fmt: skip


def test_colour_is_put_on_the_carets_and_changes_no_word() -> None:
    (problem, _) = read_text(EVENING).problems
    coloured = problem_text(problem, colour=True)
    assert "\x1b[31m^^^^^^^^^\x1b[0m" in coloured
    plain = coloured.replace("\x1b[31m", "").replace("\x1b[1m", "").replace("\x1b[0m", "")
    assert plain == problem_text(problem)


def test_a_warning_says_that_it_is_one() -> None:
    problem = Problem(
        "odd", "is odd.", Severity.WARNING, "a.toml", "time", Place(1, 1, 1, 2), None, "5", True
    )
    assert problem_text(problem) == "a.toml:1:1  warning  time\n   5\n   ^ is odd."
    assert "\x1b[33m" in problem_text(problem, colour=True)
    assert problem_fields(problem)["severity"] == "warning"


def test_a_file_cannot_steer_the_terminal() -> None:
    text = 'title = "Evening"\n"\\u001b]0;mine\\u0007" = 1\n[[steps]]\nname = "a"\ntime = 5\n'
    told = problems_text(read_text(text, name="\x1b[2Jevening").problems)
    assert "\x1b" not in told
    assert "\a" not in told
    assert "\\x1b]0;mine\\x07" in told


def columns(text: str) -> int:
    """Columns of a terminal, by the Unicode tables."""
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return len(text) + wide - sum(map(bool, map(unicodedata.combining, text)))


@pytest.mark.parametrize(
    ("line", "pointed"),
    [
        ('\ttime = "soon"', '"soon"'),
        ('{ name = "足湯", time = "soon" }', '"soon"'),
        ('name = "足湯"', '"足湯"'),
        ('{ a = "e\u0301", b = 1 }', "1"),
        ("x" * 300 + " = here", "here"),
        ("here = " + "x" * 300, "here"),
        ("a = " + "x" * 300 + "here" + "x" * 300, "here"),
    ],
)
def test_carets_stand_under_what_they_point_at(line: str, pointed: str) -> None:
    start = line.index(pointed)
    shown, carets = underlined(line, Place(1, start + 1, 1, start + 1 + len(pointed)))
    at = shown.index(pointed)
    assert carets == " " * columns(shown[:at]) + "^" * columns(pointed)
    assert len(shown) <= WIDEST + 8


def test_text_over_lines_is_underlined_to_the_end_of_its_first() -> None:
    assert underlined('how = """From', Place(3, 7, 5, 2)) == ('how = """From', "      ^^^^^^^")


@given(st.text(max_size=200), st.integers(1, 210), st.integers(1, 210))
def test_there_is_always_something_underlined(line: str, column: int, length: int) -> None:
    line = line.replace("\n", "").replace("\r", "")
    column = min(column, len(line) + 1)
    shown, carets = underlined(line, Place(1, column, 1, column + length))
    assert "^" in carets
    assert "\n" not in shown


def test_of_very_many_problems_some_are_told_and_the_rest_counted() -> None:
    problems = Problems("evening.toml")
    for line in range(MOST_KEPT + 1_500):
        severity = Severity.WARNING if line < MOST_KEPT else Severity.ERROR
        problems.add(Problem("odd", "is odd.", severity, place=Place(line + 1, 1, line + 1, 2)))
    assert problems.has_errors
    assert len(problems) == MOST_KEPT + 1_500
    *told, last = problems
    assert len(told) == MOST_KEPT
    assert last.message.startswith("There are 1,500 more problems")
    assert last.severity is Severity.ERROR
