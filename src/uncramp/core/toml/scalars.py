"""Reading simple values: text, lengths, numbers, true and false.

Each reader returns what the value means, or `WRONG` if it has reported a problem.
"""

import re
from datetime import time
from typing import Any, Protocol

from uncramp.core.lazy.pattern import lazy_pattern
from uncramp.core.text.durations import (
    LengthFault,
    NotALength,
    guessed,
    parse_length,
    why_no_length,
)
from uncramp.core.text.safe_text import all_unseen_in, on_one_line
from uncramp.core.toml.document import Document, kind_of
from uncramp.core.toml.positions import Path
from uncramp.core.toml.problems import Severity

_LANGUAGE = lazy_pattern(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", re.ASCII)

WRONG = object()
"""Stands for a value with a reported problem."""


class Field(Protocol):
    """What a reader must know about the key whose value it reads."""

    @property
    def name(self) -> str:
        """The key's name in the file."""

    @property
    def least(self) -> float | None:
        """The smallest number or length, in milliseconds. For a list, the fewest entries."""

    @property
    def most(self) -> float | None:
        """The largest number. For text, the most characters."""

    @property
    def can_be_left_out(self) -> bool:
        """Should it be left out rather than left empty?"""


def read_line(document: Document, field: Field, value: Any, path: Path) -> Any:
    """Text of one line."""
    return _text(document, field, value, path, may_break=False)


def read_prose(document: Document, field: Field, value: Any, path: Path) -> Any:
    """Text whose line breaks count as spaces."""
    return _text(document, field, value, path, may_break=True)


def _text(document: Document, field: Field, value: Any, path: Path, *, may_break: bool) -> Any:
    if not isinstance(value, str):
        return _refuse_as_text(document, field, value, path)
    unseen = all_unseen_in(value, may_break=may_break)
    if unseen:
        for words in _unseen_words(unseen):
            document.error(path, "control-character", words)
        return WRONG
    text = on_one_line(value)
    if not text:
        how = f', or leave out "{field.name}"' if field.can_be_left_out else ""
        document.error(path, "empty", f"is empty. Write some words{how}.")
        return WRONG
    if field.most and len(text) > field.most:
        message = f"is {len(text):,} characters long; there is room for {int(field.most):,}."
        document.error(path, "too-long", message)
        return WRONG
    return text


def _unseen_words(unseen: list[str]) -> list[str]:
    """What is wrong with the characters `unseen`, once for each way to fix it."""
    fixes: dict[str, list[str]] = {}
    for sign in unseen:
        fixes.setdefault(_HOW_TO_FIX.get(sign, _TAKE_OUT), []).append(sign)
    return [_with_characters(fix, signs) for fix, signs in fixes.items()]


def _with_characters(fix: str, signs: list[str]) -> str:
    if len(signs) == 1:
        return fix.format(f"control character {signs[0]}", it="it")
    several = f"control characters {', '.join(signs[:-1])} and {signs[-1]}"
    return fix.format(several, it="them")


_TAKE_OUT = "has the {} in it. Take {it} out."
_OF_A_BACKSLASH = (
    "has the {} in it. A backslash in double quotes makes one: write two, or use single quotes."
)
_A_BREAK = "has a line break in it. Write it on one line."
_HOW_TO_FIX = {
    "U+0009": "has a tab in it. Write a space.",
    "U+000A": _A_BREAK,
    "U+000D": _A_BREAK,
    "U+0008": _OF_A_BACKSLASH,
    "U+000C": _OF_A_BACKSLASH,
}


def _refuse_as_text(document: Document, field: Field, value: Any, path: Path) -> Any:
    if document.problems.is_full:
        document.problems.count(Severity.ERROR)
        return WRONG
    message = f"is {kind_of(value)}, but this takes text"
    if isinstance(value, bool | float) or (isinstance(value, int) and abs(value) < 10**15):
        written = str(value).lower() if isinstance(value, bool) else str(value)
        how = f'Put it in quotes: "{written}".'
        document.error(path, "wrong-type", f"{message}. {how}", f'"{written}"')
    else:
        how = f'Write words in quotes: {field.name} = "…".'
        document.error(path, "wrong-type", f"{message}. {how}")
    return WRONG


def read_language(document: Document, field: Field, value: Any, path: Path) -> Any:
    """A language tag."""
    tag = read_line(document, field, value, path)
    if tag is WRONG or _LANGUAGE.fullmatch(tag):
        return tag
    meant = tag.replace("_", "-").partition(".")[0]
    suggestion = meant if _LANGUAGE.fullmatch(meant) else None
    document.error(
        path,
        "not-a-language",
        "is not a language tag. Write "
        + (f'"{suggestion}".' if suggestion else 'it like "en", "de-CH" or "zh-Hans".'),
        suggestion,
    )
    return WRONG


def read_length(document: Document, field: Field, value: Any, path: Path) -> Any:
    """A length of time more than 0, in milliseconds."""
    return _length(document, field, value, path, may_be_zero=False)


def read_pause(document: Document, field: Field, value: Any, path: Path) -> Any:
    """A length of time in milliseconds, 0 for none."""
    return _length(document, field, value, path, may_be_zero=True)


def _length(document: Document, field: Field, value: Any, path: Path, *, may_be_zero: bool) -> Any:
    if isinstance(value, time) and not value.tzinfo:
        meant = f'"{value.hour}:{value.minute:02}:{value.second:02}"'
        message = f"is a time of day. Put it in quotes to make it a length: {meant}."
        document.error(path, "not-a-length", message, meant)
        return WRONG
    try:
        length_ms = parse_length(value, may_be_zero=may_be_zero)
    except NotALength as error:
        _refuse_length(document, value, path, error)
        return WRONG
    if field.least and length_ms < field.least:
        message = f'is too short. Write "{int(field.least) // 1000}s" or more.'
        document.error(path, "too-short", message)
        return WRONG
    return length_ms


_HOW_TO_FIX_LENGTH = {
    LengthFault.NEGATIVE: " Write 0 or more.",
    LengthFault.NOT_POSITIVE: ' Write "1s" or more.',
}


def _refuse_length(document: Document, value: Any, path: Path, error: NotALength) -> None:
    fault = error.fault
    if fault is not LengthFault.UNREADABLE:
        document.error(path, "out-of-range", fault.value + _HOW_TO_FIX_LENGTH.get(fault, ""))
        return
    text = value if isinstance(value, str) else ""
    meant = guessed(text)
    message = why_no_length(text, error)
    document.error(path, "not-a-length", message, f'"{meant}"' if meant else None)


def read_range(document: Document, field: Field, value: Any, path: Path) -> Any:
    """The shortest and the longest length, in milliseconds."""
    if not isinstance(value, list) or len(value) != 2:
        message = 'is not a range. Write the shortest and the longest time: ["5m", "20m"].'
        document.error(path, "not-a-range", message)
        return WRONG
    ends = [read_length(document, field, end, (*path, at)) for at, end in enumerate(value)]
    if WRONG in ends:
        return WRONG
    if ends[0] > ends[1]:
        message = "puts the longer time first. Write the shortest first."
        document.error(path, "not-a-range", message)
        return WRONG
    return (ends[0], ends[1])


_FLAGS_MEANT = {
    "true": "true", "yes": "true", "on": "true", "false": "false", "no": "false", "off": "false",
}  # fmt: skip


def read_flag(document: Document, _field: Field, value: Any, path: Path) -> Any:
    """True or false."""
    if isinstance(value, bool):
        return value
    meant = _FLAGS_MEANT.get(value.strip().casefold()) if isinstance(value, str) else None
    how = f"Write {meant}, without quotes." if meant else "Write true or false, without quotes."
    message = f"is {kind_of(value)}, but this takes true or false. {how}"
    document.error(path, "wrong-type", message, meant)
    return WRONG


def read_whole(document: Document, field: Field, value: Any, path: Path) -> Any:
    """A whole number within the limits of its key."""
    return _number(document, field, value, path, is_whole=True)


def read_number(document: Document, field: Field, value: Any, path: Path) -> Any:
    """A number within the limits of its key."""
    return _number(document, field, value, path, is_whole=False)


def _number(document: Document, field: Field, value: Any, path: Path, *, is_whole: bool) -> Any:
    what = "a whole number" if is_whole else "a number"
    bounds = _bounds(field, what)
    if isinstance(value, bool) or not isinstance(value, int | float):
        meant = _number_meant(value, is_whole)
        how = f"Write {meant} without quotes." if meant else f"Write {bounds}."
        if value is False and field.least == 0:
            meant, how = "0", "Write 0 for none."
        message = f"is {kind_of(value)}, but this takes {what}. {how}"
        document.error(path, "wrong-type", message, meant)
        return WRONG
    if is_whole and isinstance(value, float):
        document.error(path, "wrong-type", f"is not a whole number. Write {bounds}.")
        return WRONG
    is_enough = field.least is None or value >= field.least
    if not (is_enough and (field.most is None or value <= field.most)):
        document.error(path, "out-of-range", f"is out of range. Write {bounds}.")
        return WRONG
    return value


def _number_meant(value: Any, is_whole: bool) -> str | None:
    """The number in quotes, if there is one."""
    if not isinstance(value, str):
        return None
    number = r"\d{1,9}" if is_whole else r"\d{0,9}\.?\d+"
    return value.strip() if re.fullmatch(number, value.strip(), re.ASCII) else None


def _bounds(field: Field, what: str) -> str:
    if field.least is not None and field.most is not None:
        return f"{what} from {field.least:g} to {field.most:g}"
    return f"{what}, {field.least:g} or more" if field.least is not None else what
