"""How the problems of files are written: for a person, and for a program.

A problem that points at some text shows that text underlined:

    evening.toml:23:8  steps[2].time
       time = "90 secs"
              ^^^^^^^^^ is not a length of time. Write "90s".
"""

import sys
from collections.abc import Iterable

from uncramp.core.text.safe_text import shown
from uncramp.core.toml.problems import Place, Problem, Severity
from uncramp.plain.line_wrap import columns_of
from uncramp.plain.output import is_coloured, write_line

INDENT = "   "
WIDEST = 100
"""How many columns of a source line are shown; of a longer one, the part that matters."""

_RED = "\x1b[31m"
_YELLOW = "\x1b[33m"
_BOLD = "\x1b[1m"
_PLAIN = "\x1b[0m"


def problem_text(problem: Problem, *, colour: bool = False) -> str:
    """The problem for a person on a terminal, without a line end."""
    is_warning = problem.severity is Severity.WARNING
    paint = _YELLOW if is_warning else _RED
    where = shown(problem.file or "")
    if problem.place:
        where += f":{problem.place.line}:{problem.place.column}"
    head = _painted(where, _BOLD, colour)
    if is_warning:
        head += "  " + _painted("warning", _YELLOW, colour)
    if problem.key:
        head += f"  {_cut(shown(problem.key))}"
    message = shown(problem.message)
    if problem.goes_on_from_text and problem.place and problem.source_line is not None:
        line, carets = underlined(problem.source_line, problem.place)
        lead, carets = carets[: carets.index("^")], carets.lstrip()
        painted = _painted(carets, paint, colour)
        return f"{head}\n{INDENT}{line}\n{INDENT}{lead}{painted} {message}"
    if problem.goes_on_from_text:
        message = f"It {message}"
    return f"{head}\n{INDENT}{message}"


def problems_text(problems: Iterable[Problem], *, colour: bool = False) -> str:
    """All of the problems, each ended by a line end."""
    return "".join(f"{problem_text(problem, colour=colour)}\n" for problem in problems)


def complain_of(problems: Iterable[Problem]) -> int:
    """Write the problems to standard error, for a person. Returns 2: wrong use, or a wrong file."""
    words = problems_text(problems, colour=is_coloured(sys.stderr))
    write_line(words.rstrip("\n"), sys.stderr)
    return 2


def problem_fields(problem: Problem) -> dict[str, object]:
    """The problem for a program: the keys of `check --json`, null if unknown."""
    place = problem.place
    message = problem.message
    if problem.goes_on_from_text:
        pointed = _pointed_at(problem)
        message = f"{pointed} {message}" if pointed else f"It {message}"
    return {
        "file": problem.file,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "end_line": place.end_line if place else None,
        "end_column": place.end_column if place else None,
        "severity": problem.severity.value,
        "code": problem.code,
        "key": problem.key,
        "message": message,
        "suggestion": problem.suggestion,
    }


def underlined(line: str, place: Place) -> tuple[str, str]:
    """The source line as shown, and the carets under the place.

    Tabs become spaces, wide characters get two carets, and only the part around the place of a
    long line is shown.
    """
    start = place.column - 1
    end = place.end_column - 1 if place.end_line == place.line else len(line)
    end = max(min(end, len(line)), start + 1)
    first, last = _window(line, start, end)
    before = "…" if first > 0 else ""
    after = "…" if last < len(line) else ""
    cells = [_cell(character) for character in line[first:last]]
    text = before + "".join(cells) + after
    lead = before + "".join(cells[: start - first])
    pointed = "".join(cells[start - first : end - first])
    return text.rstrip(), " " * columns_of(lead) + "^" * max(columns_of(pointed), 1)


def _window(line: str, start: int, end: int) -> tuple[int, int]:
    """The first and last offset of the shown part of a line: all of it, if it fits."""
    if len(line) <= WIDEST:
        return 0, len(line)
    if end <= WIDEST:
        return 0, WIDEST
    first = max(start - 20, 0)
    return first, min(first + WIDEST, len(line))


def _cell(character: str) -> str:
    return "    " if character == "\t" else shown(character)


def _painted(text: str, code: str, colour: bool) -> str:
    return f"{code}{text}{_PLAIN}" if colour else text


def _cut(text: str) -> str:
    return text if len(text) <= WIDEST else text[: WIDEST - 1] + "…"


def _pointed_at(problem: Problem) -> str:
    """The text that the problem points at, cut if it is long or has several lines."""
    place, line = problem.place, problem.source_line
    if place is None or line is None:
        return ""
    is_one_line = place.end_line == place.line
    text = line[place.column - 1 : place.end_column - 1 if is_one_line else None]
    if is_one_line and len(text) <= WIDEST:
        return text
    return text[: WIDEST - 1] + "…"
