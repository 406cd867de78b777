"""For any content of a file the answer is words: never a traceback, never a wrong line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.surroundings import FOOT_SOAK, Shelf, read_text
from uncramp.core.routine.reader import Source
from uncramp.core.toml.problems import MOST_KEPT, Problem
from uncramp.plain.problem_lines import problem_fields, problem_text, problems_text

TITLE = 'title = "Evening"\n'
STEP = '[[steps]]\nname = "Tap"\ntime = 5\n'


def nested(depth: int, repeat: int) -> str:
    text, name = TITLE, "steps"
    for _ in range(depth):
        text += f"[[{name}]]\nrepeat = {repeat}\n"
        name += ".steps"
    return text + f'[[{name}]]\nname = "Tap"\ntime = 1\n'


HOSTILE = {
    "sixty thousand keys": TITLE + "".join(f"key{n} = {n}\n" for n in range(60_000)),
    "thirty thousand misspelt": TITLE + '[[steps]]\nnaem = "a"\ntime = 5\n' * 30_000,
    "lists five thousand deep": TITLE + "a = " + "[" * 5_000 + "]" * 5_000,
    "lists that never close": TITLE + "a = " + "[" * 5_000,
    "tables five thousand deep": TITLE + "extra = " + "{a=" * 5_000 + "1" + "}" * 5_000,
    "an extra two hundred deep": TITLE + "extra = {a=" + "[" * 200 + "]" * 200 + "}\n" + STEP,
    "a header of many parts": TITLE + "[" + ".".join("a" * 400_000) + "]\n",
    "a key of many parts": TITLE + ".".join("a" * 400_000) + " = 1\n",
    "a quoted key of many parts": TITLE + ".".join(['""'] * 250_000) + " = 1\n",
    "ten thousand digits": TITLE + STEP + "get_ready = " + "9" * 10_000,
    "ten thousand hexadecimal digits": TITLE + STEP + "get_ready = 0x" + "f" * 10_000,
    "a long title": f'title = "{"a" * 900_000}"\n' + STEP,
    "a long empty title": f'title = "{" " * 900_000}"\n' + STEP,
    "a long length": TITLE + f'[[steps]]\nname = "a"\ntime = "{"1 " * 400_000}"\n',
    "rounds of rounds": nested(8, 999),
    "groups of groups": nested(40, 2),
    "a list of wrong tags": TITLE + "tags = [" + "1," * 400_000 + "]\n" + STEP,
    "a list of wrong points": TITLE + "[[steps]]\ntime = 1\npoints = [" + '"KD9",' * 90_000 + "]",
    "a hundred thousand empty steps": "[[steps]]\n" * 100_000,
    "zeroes": "\0" * 1_000_000,
    "quotes": '"' * 900_000,
    "backslashes": 'a = "' + "\\" * 900_001 + '"',
    "brackets": "[" * 900_000,
    "lines of brackets": "[\n" * 300_000,
    "carriage returns": "\r" * 900_000,
    "spaces": " " * 900_000 + "x",
    "colons": "a:" * 400_000,
    "a comment and a bell": "#" * 900_000 + "\a",
    "a list of lines that never closes": "a = [\n" + '"x",\n' * 150_000,
    "curly quotes": "a = " + "“" * 300_000,
    "more than a mebibyte": "#" * (1024 * 1024 + 1),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_answered_in_words(name: str) -> None:
    reading = read_text(HOSTILE[name])
    assert reading.routine is None
    assert 1 <= len(reading.problems) <= MOST_KEPT + 1
    told = problems_text(reading.problems)
    assert len(told) < 1_000 * len(reading.problems)
    assert_places_are_true(reading.problems, HOSTILE[name])


def assert_places_are_true(problems: tuple[Problem, ...], text: str) -> None:
    """Every place is within the text, and matches the line that is shown for it."""
    lines = text.removeprefix("\ufeff").split("\n")
    before = (0, 0)
    for problem in problems:
        problem_text(problem, colour=True)
        problem_fields(problem)
        place = problem.place
        if place is None:
            continue
        assert (place.line, place.column) >= before
        before = (place.line, place.column)
        assert 1 <= place.line <= place.end_line <= len(lines)
        assert 1 <= place.column <= len(lines[place.line - 1]) + 1
        assert (place.line, place.column) < (place.end_line, place.end_column)
        if problem.source_line is not None:
            assert problem.source_line == lines[place.line - 1].removesuffix("\r")


def test_routines_that_use_one_another_many_times_over_are_read_once_each() -> None:
    reads: list[str] = []

    class Counting(Shelf):
        def borrow(self, routine_id: str, folder: str | None, /) -> object:  # type: ignore[override]
            reads.append(routine_id)
            return super().borrow(routine_id, folder)

    use = TITLE + '[[steps]]\nuse = "r{0}"\n' * 20
    shelf = Counting({**{f"r{n}": use.format(n + 1) for n in range(1, 8)}, "r8": FOOT_SOAK})
    reading = read_text(use.format(1), shelf)
    assert reading.problems[0].code in ("used-routine", "routine-too-long", "too-many-steps")
    assert len(reads) == 8


def test_what_a_routine_uses_has_an_end() -> None:
    fetched: list[str] = []

    class Endless(Shelf):
        def borrow(self, routine_id: str, folder: str | None, /) -> Source:
            fetched.append(routine_id)
            return Source(routine_id, FOOT_SOAK.encode().ljust(600_000), routine_id, folder)

    reading = read_text(
        TITLE + "".join(f'[[steps]]\nuse = "r{n}"\n' for n in range(900)), Endless()
    )
    assert {p.code for p in reading.problems} == {"uses-too-much", "too-many-problems"}
    assert reading.problems[0].key == "steps[1].use"
    assert len(fetched) == 2


def test_a_routine_that_is_used_again_and_again_is_fetched_once() -> None:
    fetched: list[str] = []

    class Counting(Shelf):
        def borrow(self, routine_id: str, folder: str | None, /) -> Source | None:
            fetched.append(routine_id)
            return super().borrow(routine_id, folder)

    reading = read_text(TITLE + '[[steps]]\nuse = "foot-soak"\n' * 50, Counting())
    assert reading.routine is not None
    assert len(reading.routine.items) == 50
    assert fetched == ["foot-soak"]


# Mutated routines

GOOD = f"""{TITLE}summary = "A soak, and points."
unless = ["pregnant"]
[defaults]
get_ready = "9s"
[cues]
end = "./bell.flac" # a comment
[[steps]]
name = "Foot soak {{side}}"
time = "20m"
sides = "both"
prompts = [{{ at = "halfway", say = "Warm?" }}, {{ every = "5m" }}]
[[steps]]
points = ["KD3", "BL60"]
time = 30
sides = "each"
[[steps]]
repeat = 3
[[steps.steps]]
name = '''足 "roll"'''
how = \"\"\"
From the ankle
up.\"\"\"
open = true
[[steps.steps]]
use = "foot-soak"
"""

PIECES = [
    "[", "]", "[[", "{", "}", '"', "'", '"""', "'''", "=", ",", ".", "#", "\\", "\n", "\r", "\r\n",
    "\t", ":", "“", "\0", "\x1b", "\u202e", "\ufeff", "é", "足", "-", "0", "9", "1e5", "nan", "inf",
    "true", "1979-05-27", "07:32:00", "[[steps]]", "[steps]", "steps", "time", "use", "a.b.c = 1",
    "[cues]", "points = [", "{ at = ", '\\u001b"', "\\x", "_", " ",
]  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn) -> str:
    text = GOOD
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 12)))
        piece = draw(st.one_of(st.sampled_from(PIECES), st.just(""), st.text(max_size=3)))
        text = text[:start] + piece + text[end:]
    return text


def test_the_routine_that_is_mutated_is_good() -> None:
    assert read_text(GOOD).problems == ()


@given(mutated())
def test_no_mutation_is_answered_by_a_traceback_or_a_wrong_place(text: str) -> None:
    data = text.encode("utf-8", "replace")
    reading = read_text(data)
    assert (reading.routine is None) == any(p.severity == "error" for p in reading.problems)
    assert_places_are_true(reading.problems, data.decode())


@given(st.binary(max_size=80))
def test_no_bytes_are_answered_by_a_traceback(data: bytes) -> None:
    reading = read_text(data)
    assert reading.routine is None
    assert reading.problems


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_byte_order_mark_does_not_move_the_byte_that_is_told(mark: bytes) -> None:
    problems = read_text(mark + 'title = "é"\n'.encode() + b"n\xc3\x04").problems
    (problem,) = (p for p in problems if p.code == "not-utf8")
    assert problem.place
    assert (problem.place.line, problem.place.column) == (2, 2)
