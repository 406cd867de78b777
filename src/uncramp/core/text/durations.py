"""Lengths of time: what a person writes, what a screen shows, what a voice says.

Inside the program a length or a moment is an integer number of milliseconds.
"""

import re
from enum import Enum

from uncramp.core.lazy.pattern import lazy_pattern
from uncramp.core.text.suggestions import listed

SECOND_MS = 1_000
MINUTE_MS = 60 * SECOND_MS
HOUR_MS = 60 * MINUTE_MS
LONGEST_MS = 24 * HOUR_MS
"""The longest that one step, or a whole routine, may last."""

_PARTS = lazy_pattern(
    r"(?:(?P<h>\d{1,9})\s*h)?\s*(?:(?P<m>\d{1,9})\s*m)?\s*(?:(?P<s>\d{1,9}(?:\.\d{1,9})?)\s*s)?",
    re.ASCII,
)
_CLOCK = lazy_pattern(r"(?:(?P<h>\d{1,2}):)?(?P<m>\d{1,4}):(?P<s>\d{2})", re.ASCII)


_LONGEST_WRITTEN = 60
"""Text with more characters than this is not a length, and is not parsed."""


EXAMPLES = ("90s", "1m30s", "1:30")
"""Three ways to write the same length."""


class LengthFault(Enum):
    """Why a value is not a usable length; each text continues what was written."""

    UNREADABLE = f"is not a length of time. Write {listed(EXAMPLES)}."
    NEGATIVE = "is less than 0."
    """If 0 would be allowed."""
    NOT_POSITIVE = "is not more than 0."
    TOO_LONG = "is more than 24 hours, the longest allowed."


class NotALength(ValueError):
    """A value is not a length of time; the text continues what the person wrote."""

    def __init__(self, fault: LengthFault) -> None:
        """`fault` says what is wrong."""
        super().__init__(fault.value)
        self.fault = fault


def parse_length(value: object, *, may_be_zero: bool = False) -> int:
    """The length that `value` writes, in milliseconds.

    `value` is a number of seconds, or text such as `"90s"`, `"1m30s"`, `"20m"`,
    `"1h"`, `"1:30"` or `"1:02:30"`. Raises `NotALength` if it is neither, is not
    more than 0 (or, if it `may_be_zero`, is less than 0), or is more than 24 hours.
    """
    if isinstance(value, str):
        length_ms = _parse_text(value)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        length_ms = _parse_number(value)
    else:
        raise NotALength(LengthFault.UNREADABLE)
    if length_ms < 0 or (length_ms == 0 and not may_be_zero):
        raise NotALength(LengthFault.NEGATIVE if may_be_zero else LengthFault.NOT_POSITIVE)
    if length_ms > LONGEST_MS:
        raise NotALength(LengthFault.TOO_LONG)
    return length_ms


def _parse_number(seconds: int | float) -> int:
    # Compared before it is multiplied: a float may be inf or nan, an int may have
    # a million digits.
    if not -1 <= seconds <= LONGEST_MS:
        if seconds != seconds:
            raise NotALength(LengthFault.UNREADABLE)
        return -1 if seconds < 0 else LONGEST_MS + 1
    return round(seconds * SECOND_MS)


def _parse_text(text: str) -> int:
    text = text.strip()
    if len(text) > _LONGEST_WRITTEN:
        raise NotALength(LengthFault.UNREADABLE)
    clock = _CLOCK.fullmatch(text) if ":" in text else None
    if clock:
        hours, minutes, seconds = int(clock["h"] or 0), int(clock["m"]), int(clock["s"])
        if seconds > 59 or (clock["h"] is not None and minutes > 59):
            raise NotALength(LengthFault.UNREADABLE)
        return hours * HOUR_MS + minutes * MINUTE_MS + seconds * SECOND_MS
    parts = _PARTS.fullmatch(text)
    if not text or not parts:
        raise NotALength(LengthFault.UNREADABLE)
    return (
        int(parts["h"] or 0) * HOUR_MS
        + int(parts["m"] or 0) * MINUTE_MS
        + round(float(parts["s"] or 0) * SECOND_MS)
    )


_GUESSED_PART = lazy_pattern(
    r"(\d{1,5}(?:[.,]\d{1,3})?)\s*"
    r"(hours?|hrs?|h|minutes?|mins?|min|m|seconds?|secs?|sec|s|['\u2032\u2019]|[\"\u2033])\s*"
    r"(?:and\s+|,\s*|&\s*)?",
    re.ASCII | re.IGNORECASE,
)
_UNIT_OF = {"h": "h", "m": "m", "s": "s", "'": "m", "\u2032": "m", "\u2019": "m"}
_UNIT_MS = {"h": HOUR_MS, "m": MINUTE_MS, "s": SECOND_MS}


def guessed(text: str) -> str | None:
    """The length that a person probably meant by text that is not one, in the file's spelling.

    `"90 secs"` was meant as `"90s"`, `"1.5 hours"` as `"1h30m"`. None if there is no good guess.
    """
    parts, at, text = [], 0, text.strip()
    if len(text) > _LONGEST_WRITTEN:
        return None
    while at < len(text):
        match = _GUESSED_PART.match(text, at)
        if not match:
            return None
        unit = _UNIT_OF.get(match[2][0].lower(), "s")
        amount = float(match[1].replace(",", "."))
        whole = amount.is_integer()
        parts.append(f"{int(amount)}{unit}" if whole else written(round(amount * _UNIT_MS[unit])))
        at = match.end()
    guess = "".join(parts)
    try:
        parse_length(guess)
    except NotALength:
        return None
    return guess


def why_no_length(text: str, error: NotALength) -> str:
    """What is wrong with `text`, which a person typed as a length, and what to type instead.

    It continues the sentence that begins with the text.
    """
    number = text.strip()
    if number.isdecimal() and number.isascii() and len(number) < 6:
        return f'has no unit. Write "{number}m" for minutes, "{number}s" for seconds.'
    guess = guessed(text)
    return f'is not a length of time. Write "{guess}".' if guess else str(error)


def written(length_ms: int) -> str:
    """The length as a routine file writes it: `"1m30s"`. `parse_length` reads it back."""
    hours, rest = divmod(length_ms, HOUR_MS)
    minutes, rest = divmod(rest, MINUTE_MS)
    seconds, ms = divmod(rest, SECOND_MS)
    text = (f"{hours}h" if hours else "") + (f"{minutes}m" if minutes else "")
    if ms:
        return text + f"{seconds}.{ms:03}".rstrip("0") + "s"
    return text + (f"{seconds}s" if seconds or not text else "")


def clock(length_ms: int) -> str:
    """The length as a clock shows it, whole seconds: `"0:05"`, `"20:00"`, `"1:02:30"`."""
    seconds = length_ms // SECOND_MS
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    if hours:
        return f"{hours}:{minutes:02}:{seconds:02}"
    return f"{minutes}:{seconds:02}"


def spoken(length_ms: int) -> str:
    """The length in words for a voice: `"1 minute 30 seconds"`."""
    seconds = round(length_ms / SECOND_MS)
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    parts = [(hours, "hour"), (minutes, "minute"), (seconds, "second")]
    words = [f"{n} {unit}{'' if n == 1 else 's'}" for n, unit in parts if n]
    return " ".join(words) or "0 seconds"
