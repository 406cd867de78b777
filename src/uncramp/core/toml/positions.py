"""Where in a TOML file a key or a value is written.

The standard library's reader keeps no positions. This one goes over a text that it has already
read without errors, and finds the positions again, only for the keys that a problem is about.
"""

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator

from uncramp.core.lazy.dataclass import dataclass
from uncramp.core.lazy.pattern import lazy_pattern
from uncramp.core.toml.problems import Place

Path = tuple[str | int, ...]
"""The keys and the places in lists, counted from 0, that lead to a value."""

_BARE = lazy_pattern(r"[A-Za-z0-9_-]+")
_SPACES_AND_COMMENTS = lazy_pattern(r"(?:[ \t\r\n]++|#[^\n]*+)*+")
_PART = lazy_pattern(r"""[ \t]*+(?:([A-Za-z0-9_-]++)|("(?:[^"\\\n]|\\.)*+")|('[^'\n]*+'))[ \t]*+""")
_STRING = (
    r'"""(?:[^"\\]++|\\[\s\S]|"{1,2}(?!"))*+"{3,5}'
    r"|'''(?:[^']++|'{1,2}(?!'))*+'{3,5}"
    r'|"(?:[^"\\\n]++|\\.)*+"'
    r"|'[^'\n]*+'"
)
_VALUE = lazy_pattern(rf"{_STRING}|[^\s,\]}}#]++(?:[ ]\d[^\s,\]}}#]++)?+")
_TOKEN = lazy_pattern(rf"{_STRING}|#[^\n]*+|[\[\]{{}}]|[^\"'#\[\]{{}}]++")


def path_text(path: Path) -> str:
    """The path as a person reads it: `steps[3].time`."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            name = part if _BARE.fullmatch(part) else '"' + part.replace('"', '\\"') + '"'
            text += f".{name}" if text else name
    return text


@dataclass(frozen=True, slots=True)
class _Spot:
    """Offsets of a key and of its value; -1 for the value of a table under a header."""

    key_start: int
    key_end: int
    value_start: int = -1
    value_end: int = -1


class Locator:
    """The positions in one TOML text, which must be one that `tomllib` reads."""

    def __init__(self, text: str) -> None:
        """Take `text`, which is scanned once, when the first position is needed."""
        self.text = text
        self._spots: dict[Path, _Spot] = {}
        self._inside: dict[int, tuple[dict[Path, _Spot], Iterator[tuple[Path, _Spot]]]] = {}
        """For each list and inline table searched: what was found, and the rest of the search."""
        self._line_starts = [0, *(m.end() for m in re.finditer("\n", text))]
        self._lines: dict[int, str] = {}
        self._has_read = False

    def key(self, path: Path) -> Place | None:
        """Where the key at `path` is written: its name, or the header of its table."""
        spot = self._find(path)
        return self.place(spot.key_start, spot.key_end) if spot else None

    def value(self, path: Path) -> Place | None:
        """Where the value at `path` is written; for a table under a header, the header."""
        spot = self._find(path)
        if spot and spot.value_start >= 0:
            return self.place(spot.value_start, spot.value_end)
        return self.place(spot.key_start, spot.key_end) if spot else None

    def place(self, start: int, end: int) -> Place:
        """The lines and columns of the text from offset `start` up to `end`."""
        return Place(*self._line_and_column(start), *self._line_and_column(end))

    def line(self, number: int) -> str:
        """The line of that number, counted from 1, without its end; "" past the last."""
        if number > len(self._line_starts):
            return ""
        if number not in self._lines:
            start = self._line_starts[number - 1]
            end = self.text.find("\n", start)
            line = self.text[start : end if end >= 0 else len(self.text)]
            self._lines[number] = line.removesuffix("\r")
        return self._lines[number]

    def _line_and_column(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def _find(self, path: Path) -> _Spot | None:
        if not self._has_read:
            self._has_read = True
            self._read_statements()
        for length in range(len(path), 0, -1):
            spot = self._spots.get(path[:length])
            if spot:
                return self._find_inside(spot, path[length:])
        return None

    def _find_inside(self, spot: _Spot, path: Path) -> _Spot | None:
        while path:
            if spot.value_start < 0:
                return None
            inside = self._read_inside(spot.value_start, path[:1])
            for length in range(len(path), 0, -1):
                found = inside.get(path[:length])
                if found:
                    spot, path = found, path[length:]
                    break
            else:
                return None
        return spot

    def _read_inside(self, start: int, wanted: Path) -> dict[Path, _Spot]:
        """The entries of the list or inline table at `start`, a list up to the wanted one."""
        if start not in self._inside:
            match self.text[start]:
                case "[":
                    self._inside[start] = ({}, self._entries(start + 1))
                case "{":
                    self._inside[start] = (self._pairs(start + 1), iter(()))
                case _:
                    self._inside[start] = ({}, iter(()))
        found, rest = self._inside[start]
        while wanted not in found:
            entry = next(rest, None)
            if entry is None:
                break
            found[entry[0]] = entry[1]
        return found

    def _read_statements(self) -> None:
        text, spots = self.text, self._spots
        end = len(text)
        counts: dict[Path, int] = {}
        table: Path = ()
        at = _skip(text, 0)
        while at < end:
            if text[at] == "[":
                table, at = self._read_header(at, counts)
            else:
                at = self._read_pair(at, table, spots)
            at = _skip(text, at)

    def _read_header(self, at: int, counts: dict[Path, int]) -> tuple[Path, int]:
        """The table that the header at `at` opens, and where the header ends."""
        is_list = self.text.startswith("[[", at)
        parts, after = self.key_parts(at + (2 if is_list else 1))
        end = after + (2 if is_list else 1)
        path: Path = ()
        for name, _, _ in parts[:-1]:
            path = (*path, name)
            self._spots.setdefault(path, _Spot(at, end))
            if path in counts:
                path = (*path, counts[path] - 1)
        path = (*path, parts[-1][0])
        if is_list:
            self._spots.setdefault(path, _Spot(at, end))
            index = counts.get(path, 0)
            counts[path] = index + 1
            path = (*path, index)
        # A header of a sub-table may have opened the table before.
        self._spots[path] = _Spot(at, end)
        return path, end

    def _read_pair(self, at: int, table: Path, spots: dict[Path, _Spot]) -> int:
        """Note the key and value at `at`, in the table at path `table`; where the value ends."""
        parts, equals = self.key_parts(at)
        start = self._value_start(equals + 1)
        end = self.value_end(start)
        path = table
        for name, key_start, key_end in parts[:-1]:
            path = (*path, name)
            spots.setdefault(path, _Spot(key_start, key_end))
        name, key_start, key_end = parts[-1]
        spots[(*path, name)] = _Spot(key_start, key_end, start, end)
        return end

    def key_parts(self, at: int) -> tuple[list[tuple[str, int, int]], int]:
        """The parts of the dotted key at `at`, each with its offsets, and where it ends."""
        parts = []
        while True:
            match = _PART.match(self.text, at)
            if not match or match.lastindex is None:
                raise ValueError(f"no key at offset {at}: the text is not TOML")
            written = match[match.lastindex]
            start, end = match.span(match.lastindex)
            parts.append((_unquoted(written), start, end))
            at = match.end()
            if not self.text.startswith(".", at):
                return parts, at
            at += 1

    def _value_start(self, at: int) -> int:
        while self.text[at] in " \t":
            at += 1
        return at

    def value_end(self, at: int) -> int:
        """Where the value at `at` ends."""
        if self.text[at] not in "[{":
            match = _VALUE.match(self.text, at)
            assert match is not None
            return match.end()
        depth = 0
        for token in _TOKEN.finditer(self.text, at):
            first = self.text[token.start()]
            if first in "[{":
                depth += 1
            elif first in "]}":
                depth -= 1
                if not depth:
                    return token.end()
        raise ValueError(f"what opens at offset {at} never closes: the text is not TOML")

    def _entries(self, at: int) -> Iterator[tuple[Path, _Spot]]:
        index = 0
        while True:
            at = _skip(self.text, at)
            if self.text[at] == "]":
                return
            end = self.value_end(at)
            yield (index,), _Spot(at, end, at, end)
            index += 1
            at = _skip(self.text, end)
            if self.text[at] == ",":
                at += 1

    def _pairs(self, at: int) -> dict[Path, _Spot]:
        pairs: dict[Path, _Spot] = {}
        at = _skip(self.text, at)
        while self.text[at] != "}":
            at = _skip(self.text, self._read_pair(at, (), pairs))
            if self.text[at] == ",":
                at = _skip(self.text, at + 1)
        return pairs


def _skip(text: str, at: int) -> int:
    """The offset of what comes after spaces, line ends and comments."""
    match = _SPACES_AND_COMMENTS.match(text, at)
    assert match is not None
    return match.end()


def _unquoted(written: str) -> str:
    if written[0] == '"':
        if "\\" not in written:
            return written[1:-1]
        value = tomllib.loads(f"k = {written}")["k"]
        assert isinstance(value, str)
        return value
    return written[1:-1] if written[0] == "'" else written
