"""Why the standard library's TOML reader refused a text, as a code.

It only says so in English. This is the one place that reads those words.
"""

from enum import Enum, auto

from uncramp.core.lazy.dataclass import dataclass
from uncramp.core.lazy.pattern import lazy_pattern


class Refusal(Enum):
    """What the standard library's reader refused."""

    BACKSLASH = auto()
    """A backslash followed by something that is not an escape."""
    CHARACTER = auto()
    """A character that text cannot contain, such as a line break."""
    REPEATED = auto()
    """A key or a table that exists already."""
    REPEATED_INLINE = auto()
    """A key that an inline table has already."""
    AFTER_STATEMENT = auto()
    """Something after a complete statement."""
    IN_LIST = auto()
    IN_TABLE = auto()
    EQUALS_SIGN = auto()
    KEY = auto()
    VALUE = auto()
    STATEMENT = auto()
    """Something that does not begin a statement."""
    OTHER = auto()


_BY_WORDS = (
    (Refusal.BACKSLASH, lazy_pattern(r"Unescaped|scalar value|hex value")),
    (Refusal.REPEATED_INLINE, lazy_pattern(r"^Duplicate")),
    (Refusal.REPEATED, lazy_pattern(r"overwrite|mutate|twice|Duplicate")),
    (Refusal.AFTER_STATEMENT, lazy_pattern(r"newline")),
    (Refusal.IN_LIST, lazy_pattern(r"array")),
    (Refusal.IN_TABLE, lazy_pattern(r"inline table")),
    (Refusal.EQUALS_SIGN, lazy_pattern(r"'='")),
    (Refusal.KEY, lazy_pattern(r"key part")),
    (Refusal.CHARACTER, lazy_pattern(r"character")),
    (Refusal.VALUE, lazy_pattern(r"Invalid value")),
    (Refusal.STATEMENT, lazy_pattern(r"statement")),
)
"""The code for a word in its message, the first that fits. Unknown messages are OTHER."""

_PLACE = lazy_pattern(r" \(at [^()]*\)$")
_LINE_AND_COLUMN = lazy_pattern(r"\(at line (\d+), column (\d+)\)$")
_REPEATED_KEY = lazy_pattern(r"key '([^']*)'")


@dataclass(frozen=True, slots=True)
class Stop:
    """Where the standard library's reader stopped, and why."""

    offset: int
    refusal: Refusal
    words: str
    """Its message, without the place."""
    key: str | None = None
    """The name of a repeated key, if it is known."""


def stop_of(text: str, error: ValueError) -> Stop:
    """What the error means that `tomllib` raised for `text`."""
    words = _PLACE.sub("", str(error))
    refusal = next((code for code, said in _BY_WORDS if said.search(words)), Refusal.OTHER)
    key = _REPEATED_KEY.search(words)
    return Stop(_offset(text, error), refusal, words, key[1] if key else None)


def _offset(text: str, error: ValueError) -> int:
    line, column = getattr(error, "lineno", None), getattr(error, "colno", None)
    if line is None or column is None:
        match = _LINE_AND_COLUMN.search(str(error))
        if not match:
            return len(text)
        line, column = int(match[1]), int(match[2])
    # The standard library's reader turns the two characters of a Windows line end into one.
    start = 0
    for _ in range(line - 1):
        start = text.index("\n", start) + 1
    return min(start + column - 1, len(text))
