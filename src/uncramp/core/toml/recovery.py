"""The statements of a text that is nearly TOML: enough to say which one is wrong, and where.

Unlike the locator, this scans text that TOML's reader has refused, so it guesses: a statement
that is never closed ends where the next one seems to begin.
"""

from collections.abc import Iterator

from uncramp.core.lazy.dataclass import dataclass
from uncramp.core.lazy.pattern import lazy_pattern
from uncramp.core.toml.positions import Path

_HEADER = lazy_pattern(r"[ \t]*(\[\[?)[ \t]*([A-Za-z0-9_\-. \t\"']*)(\]{0,2})")
_PAIR = lazy_pattern(r"[ \t]*(?P<key>[A-Za-z0-9_\-.\"' \t]*?)[ \t]*=[ \t]*")
_NEXT_HEADER = (
    r"\[\[?[ \t]*[A-Za-z_][A-Za-z0-9_\-.]*[ \t]*\]\]?[ \t]*(?:[#\r\n]|$)"  # A list has a comma.
)
_NEXT = {
    "[": lazy_pattern(rf"\n[ \t]*(?:[A-Za-z0-9_\-.]+[ \t]*=|{_NEXT_HEADER})"),
    # Lines with keys inside braces are not statements.
    "{": lazy_pattern(rf"\n[ \t]*{_NEXT_HEADER}"),
}
_TOKEN = lazy_pattern(
    r'"""|\'\'\'|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|#[^\n]*|[\[\]{}]|\n|[^"\'#\[\]{}\n]+|.'
)


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement: a line, or as many as its value takes."""

    start: int
    """The offset of its first character that is not a space."""
    end: int
    """Where it ends, without its line end."""
    path: Path
    """The path of its key, or of the table that it opens; () if it has none."""
    table: Path = ()
    """The path of the table that it is in, or opens."""
    is_header: bool = False
    key_end: int = -1
    """Where the key of a pair ends; -1 if it is not a pair."""
    value_start: int = -1
    is_closed: bool = True
    """Does its value end before the next statement seems to begin?"""

    @property
    def is_pair(self) -> bool:
        """Is it a key and a value?"""
        return self.value_start >= 0


def statements(text: str) -> Iterator[Statement]:
    """Each statement of `text`, in order, without blank lines and comments."""
    counts: dict[Path, int] = {}
    table: Path = ()
    at = 0
    while at < len(text):
        line_end = _line_end(text, at)
        start = at
        while start < line_end and text[start] in " \t\r":
            start += 1
        if start == line_end or text[start] == "#":
            at = line_end + 1
            continue
        if text[start] == "[":
            table = _opened(text[start:line_end], counts)
            end = _trimmed(text, start, line_end)
            yield Statement(start, end, table, table, is_header=True)
            at = line_end + 1
            continue
        statement = _pair(text, start, line_end, table)
        yield statement
        at = _line_end(text, statement.end) + 1


def statement_at(text: str, offset: int) -> Statement | None:
    """The statement that causes an error at `offset`; None if there are no statements.

    It is the last that begins before it, or the first that never closes.
    """
    found = None
    for statement in statements(text):
        if statement.start > offset and found is not None:
            break
        found = statement
        if not statement.is_closed:
            break
    return found


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return end if end >= 0 else len(text)


def _trimmed(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in " \t\r\n":
        end -= 1
    return end


def _opened(header: str, counts: dict[Path, int]) -> Path:
    match = _HEADER.match(header)
    if not match:
        return ()
    names = [part.strip(" \t\"'") for part in match[2].split(".")]
    path: Path = ()
    for name in names[:-1]:
        path = (*path, name)
        if path in counts:
            path = (*path, counts[path] - 1)
    if not names[-1]:
        return ()
    path = (*path, names[-1])
    if match[1] == "[[":
        counts[path] = counts.get(path, 0) + 1
        path = (*path, counts[path] - 1)
    return path


def _pair(text: str, start: int, line_end: int, table: Path) -> Statement:
    match = _PAIR.match(text, start, line_end)
    if not match:
        return Statement(start, _trimmed(text, start, line_end), table, table)
    names = [part.strip(" \t\"'") for part in match["key"].split(".")]
    path = (*table, *names) if all(names) else ()
    end, is_closed = _value_end(text, match.end(), line_end)
    return Statement(
        start,
        _trimmed(text, start, end),
        path,
        table,
        key_end=match.end("key"),
        value_start=match.end(),
        is_closed=is_closed,
    )


def _value_end(text: str, at: int, line_end: int) -> tuple[int, bool]:
    for quotes in ('"""', "'''"):
        if text.startswith(quotes, at):
            end = text.find(quotes, at + 3)
            return (_line_end(text, end), True) if end >= 0 else (len(text), False)
    if at >= len(text) or text[at] not in "[{":
        return line_end, True
    depth = 0
    skip_to = at
    for token in _TOKEN.finditer(text, at):
        if token.start() < skip_to:
            continue
        match token[0]:
            case "[" | "{":
                depth += 1
            case "]" | "}":
                depth -= 1
                if depth == 0:
                    return _line_end(text, token.end()), True
            case "\n":
                if _NEXT[text[at]].match(text, token.start()):
                    return token.start(), False
            case '"""' | "'''":
                end = text.find(token[0], token.end())
                skip_to = end + 3 if end >= 0 else len(text)
    return len(text), False
