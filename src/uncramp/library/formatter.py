"""The standard format of a routine file: order, blank lines and spaces, with all comments.

Statements are moved whole, as they are written, so that no value is ever rewritten.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from typing import Any

from uncramp.core.lazy.pattern import lazy_pattern
from uncramp.core.routine.keys import ROUTINE_FILE, Owner
from uncramp.core.toml.document import Document
from uncramp.core.toml.parser import MOST_KEY_PARTS, parse
from uncramp.core.toml.positions import Locator
from uncramp.core.toml.problems import Problem
from uncramp.library.format_order import Pair, Table


class CannotOrder(Exception):
    """The file cannot be put in order; the text is a sentence that says why."""


class NotToml(Exception):
    """A file that cannot be read as TOML; `problems` say where and why."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        """Carry `problems`."""
        super().__init__("not TOML")
        self.problems = problems


def ordered(data: bytes, named: str) -> bytes:
    """The file in house order, without its byte order mark and Windows line ends.

    Raises NotToml, or CannotOrder if the result would not mean the same.
    """
    document = Document(named, data, ROUTINE_FILE)
    parse(document)
    if document.problems.has_errors:
        raise NotToml(tuple(document.problems))
    return in_house_order(document.text).encode()


def in_house_order(text: str) -> str:
    """The text in house order: the same document in a new layout.

    `text` must be TOML. Raises CannotOrder if the result would not mean the same.
    """
    before = tomllib.loads(text)
    after = "".join(f"{line}\n" for line in _File(text.replace("\r\n", "\n")).lines())
    try:
        is_same = says_the_same(before, tomllib.loads(after))
    except ValueError:
        is_same = False
    if not is_same:
        raise CannotOrder("Tidying it would change what it says, so it was left alone.")
    return after


def says_the_same(one: Any, other: Any) -> bool:
    """Do the two TOML values have the same type and content? The order of keys is ignored."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(says_the_same(one[k], other[k]) for k in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(says_the_same, one, other))
    is_nan = one != one
    return bool(one == other or (is_nan and other != other))


class _File:
    """A text taken apart into tables and statements."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._locator = Locator(text)
        self._root = Table(Owner.ROUTINE)
        self._head: list[str] = []
        self._tail: list[str] = []
        self._read()

    def lines(self) -> Iterator[str]:
        """The lines of the text in order."""
        parts = (self._head, _without_end(list(self._root.lines())), self._tail)
        for number, part in enumerate(part for part in parts if part):
            if number > 0:
                yield ""
            yield from part

    def _read(self) -> None:
        at, table = 0, self._root
        previous: Pair | None = None
        while True:
            gap, at = self._gap(at)
            if at >= len(self._text):
                break
            before = self._shared(gap, previous)
            if self._text[at] == "[":
                table, previous, at = self._header(at, before)
            else:
                previous, at = self._pair(at, before)
                table.pairs.append(previous)
        rest = self._shared(gap, previous, is_end=True)
        self._tail = _without_end(rest)

    def _gap(self, at: int) -> tuple[list[str], int]:
        """The comments and blank lines from `at`, and where the next statement begins."""
        lines: list[str] = []
        while at < len(self._text):
            end = self._line_end(at)
            line = self._text[at:end].strip()
            if line and not line.startswith("#"):
                return lines, end - len(self._text[at:end].lstrip(" \t"))
            lines.append(line)
            at = end + 1
        return lines, at

    def _shared(self, gap: list[str], previous: Pair | None, *, is_end: bool = False) -> list[str]:
        """The part of the gap that belongs to the statement below; the rest goes elsewhere."""
        lines = _without_runs(gap)
        if previous is None:
            last = len(lines) - _adjoining(reversed(lines))
            schema = sum(1 for line in lines if line.startswith("#:"))
            last = len(lines) if is_end else max(last, schema)
            self._head = _without_end(lines[:last])
            return lines[last:]
        adjoining = _adjoining(lines)
        if adjoining == len(lines) and not is_end:
            return lines
        previous.after += lines[:adjoining]
        return lines[adjoining + 1 :]

    def _header(self, at: int, before: list[str]) -> tuple[Table, Pair, int]:
        width = 2 if self._text.startswith("[[", at) else 1
        parts, names, end = self._key(at + width)
        text = "[" * width + parts + "]" * width
        comment, end = self._comment(end + width)
        around = self._root
        for name in names[:-1]:
            around = around.inside(name)
        table = around.add(names[-1]) if width == 2 else around.inside(names[-1])
        table.header = Pair(names, text + comment, before)
        return table, table.header, end

    def _pair(self, at: int, before: list[str]) -> tuple[Pair, int]:
        parts, names, equals = self._key(at)
        start = equals + 1
        while self._text[start] in " \t":
            start += 1
        end = self._locator.value_end(start)
        value = _END_OF_LINE.sub(_without_spaces, self._text[start:end])
        comment, end = self._comment(end)
        return Pair(names, f"{parts} = {value}{comment}", before), end

    def _key(self, at: int) -> tuple[str, tuple[str, ...], int]:
        """The dotted key as written, its parts, and where it ends."""
        parts, end = self._locator.key_parts(at)
        if len(parts) > MOST_KEY_PARTS:
            raise CannotOrder(f"A key has more than {MOST_KEY_PARTS} parts.")
        written = ".".join(self._text[start:stop] for _, start, stop in parts)
        return written, tuple(name for name, _, _ in parts), end

    def _comment(self, at: int) -> tuple[str, int]:
        """The comment at the end of a statement's line, and where the next line begins."""
        end = self._line_end(at)
        comment = self._text[at:end].strip()
        return f"  {comment}" if comment else "", end + 1

    def _line_end(self, at: int) -> int:
        end = self._text.find("\n", at)
        return end if end >= 0 else len(self._text)


_END_OF_LINE = lazy_pattern(
    r'"""(?:[^"\\]++|\\[\s\S]|"{1,2}(?!"))*+"{3,5}|\'\'\'(?:[^\']++|\'{1,2}(?!\'))*+\'{3,5}'
    r'|"(?:[^"\\\n]++|\\.)*+"|\'[^\'\n]*+\'|#[^\n]*+|[ \t]++(?=\n)'
)
"""The place in a value after a whole text, whose line breaks do not count."""


def _without_spaces(match: re.Match[str]) -> str:
    return match[0] if match[0][0] in "\"'" else match[0].rstrip()


def _without_runs(lines: list[str]) -> list[str]:
    """The lines with at most one blank line between two others."""
    return [line for at, line in enumerate(lines) if line or at == 0 or lines[at - 1]]


def _without_end(lines: list[str]) -> list[str]:
    """The lines without blank ones at either end."""
    while lines and not lines[-1]:
        lines = lines[:-1]
    while lines and not lines[0]:
        lines = lines[1:]
    return lines


def _adjoining(lines: Iterable[str]) -> int:
    """How many lines there are before the first blank one."""
    count = 0
    for line in lines:
        if not line:
            break
        count += 1
    return count
