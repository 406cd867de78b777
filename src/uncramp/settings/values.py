"""Reading and writing the value of each kind of setting.

Each reader returns what the value means, or `WRONG` if it has reported a problem.
"""

import re
from collections.abc import Callable, Collection
from datetime import time
from typing import Any

from uncramp.core.lazy.dataclass import dataclass
from uncramp.core.lazy.pattern import lazy_pattern
from uncramp.core.routine.keys import KNOWN_CONDITIONS, meant_condition
from uncramp.core.text.durations import written
from uncramp.core.text.safe_text import is_kebab, kebab
from uncramp.core.text.suggestions import listed
from uncramp.core.text.weekdays import clock_time
from uncramp.core.toml.document import Document, kind_of
from uncramp.core.toml.positions import Path
from uncramp.core.toml.scalars import (
    WRONG,
    read_flag,
    read_language,
    read_line,
    read_pause,
    read_whole,
)
from uncramp.settings.colours import NAMED, colour_in
from uncramp.settings.spec import Setting, ValueKind

_HOUR = lazy_pattern(r"(\d{1,2})[:.](\d{2})", re.ASCII)
_GUESSED_HOUR = lazy_pattern(
    r"(\d{1,2})(?:[:.h ]?(\d{2}))?\s*(?:uhr|o'clock|h)?\s*([ap])?\.?\s*(?:m\.?)?", re.ASCII
)
_PLACE = lazy_pattern(
    r"([+-]?\d{1,3}(?:\.\d{1,6})?)\s*°?\s*([NS]?)\s*[,;\s]\s*"
    r"([+-]?\d{1,3}(?:\.\d{1,6})?)\s*°?\s*([EW]?)",
    re.ASCII | re.IGNORECASE,
)

TomlValue = str | int | bool | Collection[str]
"""A setting's value in the file."""


def read_setting(document: Document, setting: Setting, value: Any) -> Any:
    """What `value`, written in the file for `setting`, means to the program.

    Lengths are in milliseconds, times of day in minutes; `WRONG` if a problem was reported
    instead.
    """
    return _READERS[setting.kind](document, setting, value)


def read_words(document: Document, name: str, value: Any, path: Path) -> Any:
    """One entry of a table whose keys are the person's own: text of one line."""
    return read_line(document, _Field(name, most=300), value, path)


def toml_text(value: TomlValue) -> str:
    """The value as a TOML file writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        # JSON's escapes are valid in TOML, except for this one character.
        import json

        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    known = [word for word in KNOWN_CONDITIONS if word in value]
    words = [*known, *sorted(set(value) - set(known))]
    return "[" + ", ".join(toml_text(word) for word in words) + "]"


def file_value(setting: Setting, meaning: Any) -> TomlValue:
    """The file's value for the meaning of a setting."""
    match setting.kind:
        case ValueKind.HOUR:
            return clock_time(meaning)
        case ValueKind.PAUSE:
            return written(meaning)
        case ValueKind.PLACE:
            return ", ".join(f"{degrees:g}" for degrees in meaning)
        case ValueKind.CHOICE:
            return str(meaning)
        case _:
            value: TomlValue = meaning
            return value


@dataclass(frozen=True, slots=True)
class _Field:
    """A setting in the form that the TOML readers need."""

    name: str
    least: float | None = None
    most: float | None = None
    can_be_left_out: bool = True


def _field(setting: Setting) -> _Field:
    return _Field(setting.key, setting.least, setting.most)


def _conditions(document: Document, setting: Setting, value: Any) -> Any:
    path = setting.path
    if not isinstance(value, list):
        message = f'is {kind_of(value)}, but this takes a list: ["pregnant"], or [] for none.'
        document.error(path, "wrong-type", message)
        return WRONG
    found = []
    for at, word in enumerate(value):
        here: Path = (*path, at)
        if not isinstance(word, str):
            document.error(
                here, "wrong-type", f"is {kind_of(word)}, but this takes a word in quotes."
            )
        elif not is_kebab(word):
            meant = kebab(word)
            how = f': "{meant}".' if meant else "."
            message = "is not written as a condition. Use small letters, with hyphens for spaces"
            document.error(here, "not-a-condition", message + how, meant or None)
            # The meant condition may protect the person.
            found += [meant] if meant in KNOWN_CONDITIONS else []
        else:
            found.append(word)
            is_known = word in KNOWN_CONDITIONS or document.problems.is_full
            near = None if is_known else meant_condition(word)
            if near:
                message = f'is your own word, which is fine. Did you mean "{near}"?'
                document.warn(here, "unknown-condition", message, near)
    return frozenset(found)


def _choice(document: Document, setting: Setting, value: Any) -> Any:
    if isinstance(value, str) and value in setting.choices:
        return value
    choice = f"Write {listed(setting.choices)}."
    if not isinstance(value, str):
        document.error(setting.path, "unknown-value", f"cannot be used here. {choice}")
        return WRONG
    near = document.nearest(value, setting.choices)
    meant = f'Did you mean "{near}"?' if near else choice
    document.error(setting.path, "unknown-value", f"is not one of its values. {meant}", near)
    return WRONG


def _pause(document: Document, setting: Setting, value: Any) -> Any:
    length_ms = read_pause(document, _field(setting), value, setting.path)
    if length_ms is WRONG or setting.most is None or length_ms <= setting.most:
        return length_ms
    message = f'is too long. Write "{written(setting.most)}" or less.'
    document.error(setting.path, "out-of-range", message)
    return WRONG


def _hour(document: Document, setting: Setting, value: Any) -> Any:
    if isinstance(value, time) and value.tzinfo is None:
        return value.hour * 60 + value.minute
    if isinstance(value, str):
        match = _HOUR.fullmatch(value.strip())
        minutes = _minutes(match[1], match[2]) if match else None
        if minutes is not None:
            return minutes
    meant = _guessed_hour(value)
    how = f'Write "{meant}".' if meant else 'Write it like "22:00".'
    message = f"is not a time of day. {how}"
    document.error(setting.path, "not-an-hour", message, f'"{meant}"' if meant else None)
    return WRONG


def _minutes(hour: str, minute: str) -> int | None:
    hours, minutes = int(hour), int(minute)
    return hours * 60 + minutes if hours < 24 and minutes < 60 else None


def _guessed_hour(value: Any) -> str | None:
    """The time of day that was probably meant: `22:00` for `10 pm`."""
    is_number = isinstance(value, int) and not isinstance(value, bool)
    text = f"{value}" if is_number and 0 <= value < 24 else value
    match = _GUESSED_HOUR.fullmatch(text.strip().casefold()) if isinstance(text, str) else None
    if not match:
        return None
    hour = int(match[1])
    if match[3]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match[3] == "p" else 0)
    minutes = _minutes(str(hour), match[2] or "00")
    return None if minutes is None else clock_time(minutes)


def _colour(document: Document, setting: Setting, value: Any) -> Any:
    if not isinstance(value, str):
        message = f'is {kind_of(value)}, but this takes a colour: "#E3A95C".'
        document.error(setting.path, "wrong-type", message)
        return WRONG
    colour = colour_in(value)
    if colour is not None:
        return colour
    meant = colour_in(f"#{value.strip()}") or document.nearest(value, NAMED)
    how = f'Write "{meant}".' if meant else 'Write it like "#E3A95C".'
    message = f"is not a colour. {how}"
    document.error(setting.path, "not-a-colour", message, f'"{meant}"' if meant else None)
    return WRONG


def _place(document: Document, setting: Setting, value: Any) -> Any:
    match = _PLACE.fullmatch(value.strip()) if isinstance(value, str) else None
    if match:
        latitude, longitude = (
            float(number) * (-1 if sign and sign in "SsWw" else 1)
            for number, sign in ((match[1], match[2]), (match[3], match[4]))
        )
        if abs(latitude) <= 90 and abs(longitude) <= 180:
            return latitude, longitude
        message = "is not on the earth: a latitude is -90 to 90, and a longitude -180 to 180."
    else:
        message = 'is not a place. Write its latitude and longitude in degrees, like "52.5, 13.4".'
    document.error(setting.path, "not-a-place", message)
    return WRONG


_READERS: dict[ValueKind, Callable[[Document, Setting, Any], Any]] = {
    ValueKind.CONDITIONS: _conditions,
    ValueKind.CHOICE: _choice,
    ValueKind.FLAG: lambda document, s, value: read_flag(document, _field(s), value, s.path),
    ValueKind.WHOLE: lambda document, s, value: read_whole(document, _field(s), value, s.path),
    ValueKind.PAUSE: _pause,
    ValueKind.HOUR: _hour,
    ValueKind.COLOUR: _colour,
    ValueKind.PLACE: _place,
    ValueKind.LINE: lambda document, s, value: read_line(document, _field(s), value, s.path),
    ValueKind.LANGUAGE: lambda document, s, value: read_language(
        document, _field(s), value, s.path
    ),
}
