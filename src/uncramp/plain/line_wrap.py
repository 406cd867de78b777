"""Lines of text wrapped at words for a terminal that is narrower than they are."""

import unicodedata

from uncramp.core.lazy.pattern import lazy_pattern

_WORD = lazy_pattern(r" *[^ ]+")
_COLUMNS = lazy_pattern(r" *(?:[^ ]+(?: [^ ]+)? {2,}){0,2}")
"""The columns of a table, or an indentation, at the start of a line."""
_STYLE = lazy_pattern(r"\x1b\[[0-9;]*m")


class Verbatim(str):
    """A line for a program, such as JSON or a path: never wrapped."""

    __slots__ = ()


def wrapped(text: str, columns: int) -> str:
    """The text in rows of at most `columns`, broken at spaces only.

    A line that fits is not changed. The rows after the first begin below the text of the line's
    last column, if that leaves half of the width. A word that is wider than the room, such as a
    path, gets its own row and is never broken.
    """
    return "\n".join(_rows(line, columns) for line in text.split("\n"))


def columns_of(text: str) -> int:
    """How many columns the text takes on a terminal; style codes take none."""
    columns = 0
    for character in _STYLE.sub("", text):
        if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Me"):
            continue
        columns += 2 if unicodedata.east_asian_width(character) in "WF" else 1
    return columns


def _rows(line: str, columns: int) -> str:
    if columns_of(line) <= columns:
        return line
    rows = [""]
    hang = _hang(line, columns)
    for word in _WORD.findall(line):
        if rows[-1] and columns_of(rows[-1]) + columns_of(word) > columns:
            rows.append(" " * hang + word.lstrip(" "))
        else:
            rows[-1] += word
    return "\n".join(rows)


def _hang(line: str, columns: int) -> int:
    """Where the rows after the first begin."""
    start = _COLUMNS.match(line)
    assert start is not None
    indent = len(line) - len(line.lstrip(" "))
    hangs = (columns_of(start[0]), indent)
    return next((hang for hang in hangs if hang <= columns // 2), 0)
