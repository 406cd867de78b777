"""How the value of each kind of setting is read, and how it is written.

Each reader gives what the value means, or `WRONG` where it has told a problem.
"""

import json
import re
from collections.abc import Callable, Collection
from datetime import time
from typing import Any

from uncramp.core.routine.keys import KNOWN_CONDITIONS, Key, Owner, Type
from uncramp.core.routine.reference_reader import read_language
from uncramp.core.text.durations import written
from uncramp.core.text.safe_text import is_kebab, kebab
from uncramp.core.text.suggestions import listed
from uncramp.core.toml.document import Page, kind_of
from uncramp.core.toml.positions import Path
from uncramp.core.toml.scalars import WRONG, read_flag, read_length, read_line, read_number
from uncramp.settings.spec import Kind, Setting

_HOUR = re.compile(r"(\d{1,2})[:.](\d{2})", re.ASCII)
_GUESSED_HOUR = re.compile(
    r"(\d{1,2})(?:[:.h ]?(\d{2}))?\s*(?:uhr|o'clock|h)?\s*([ap])?\.?\s*(?:m\.?)?", re.ASCII
)

TomlValue = str | int | bool | Collection[str]
"""What a setting's value is in the file."""


def read_setting(page: Page, setting: Setting, value: Any) -> Any:
    """What `value`, written in the file for `setting`, means to the program.

    Lengths are in milliseconds, times of the day in minutes; `WRONG` where a problem was
    told instead.
    """
    return _READERS[setting.kind](page, setting, value)


def read_words(page: Page, name: str, value: Any, path: Path) -> Any:
    """One entry of a table whose keys are the person's own: text of one line."""
    return read_line(page, Key(Owner.DEFAULTS, name, Type.LINE, "", most=300), value, path)


def toml_text(value: TomlValue) -> str:
    """The value as a TOML file writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        # JSON's escapes are TOML's too, but for this one character.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    known = [word for word in KNOWN_CONDITIONS if word in value]
    words = [*known, *sorted(set(value) - set(known))]
    return "[" + ", ".join(toml_text(word) for word in words) + "]"


def file_value(setting: Setting, meaning: Any) -> TomlValue:
    """What stands in the file for what a setting means to the program."""
    match setting.kind:
        case Kind.HOUR:
            return f"{meaning // 60:02}:{meaning % 60:02}"
        case Kind.PAUSE:
            return written(meaning)
        case Kind.CHOICE:
            return str(meaning)
        case _:
            value: TomlValue = meaning
            return value


def _key(setting: Setting, kind: Type) -> Key:
    """The setting as the readers of a routine's values know a key; its owner tells them nothing."""
    return Key(
        Owner.DEFAULTS, setting.key, kind, setting.what, least=setting.least, most=setting.most
    )


def _conditions(page: Page, setting: Setting, value: Any) -> Any:
    path = setting.path
    if not isinstance(value, list):
        message = f'is {kind_of(value)}, but this takes a list: ["pregnant"], or [] for none.'
        page.error(path, "wrong-type", message)
        return WRONG
    found = []
    for at, word in enumerate(value):
        here: Path = (*path, at)
        if not isinstance(word, str):
            page.error(here, "wrong-type", f"is {kind_of(word)}, but this takes a word in quotes.")
        elif not is_kebab(word):
            mend = kebab(word)
            how = f': "{mend}".' if mend else "."
            message = "is not written as a condition. Use small letters, with hyphens for spaces"
            page.error(here, "not-a-condition", message + how, mend or None)
            # What was meant may keep someone safe.
            found += [mend] if mend in KNOWN_CONDITIONS else []
        else:
            found.append(word)
            near = None if word in KNOWN_CONDITIONS else page.nearest(word, KNOWN_CONDITIONS)
            if near:
                message = f'is your own word, which is fine. Did you mean "{near}"?'
                page.warn(here, "unknown-condition", message, near)
    return frozenset(found)


def _choice(page: Page, setting: Setting, value: Any) -> Any:
    if isinstance(value, str) and value in setting.choices:
        return value
    choice = f"Write {listed(setting.choices)}."
    if not isinstance(value, str):
        page.error(setting.path, "unknown-value", f"cannot stand here. {choice}")
        return WRONG
    near = page.nearest(value, setting.choices)
    mend = f'Did you mean "{near}"?' if near else choice
    page.error(setting.path, "unknown-value", f"is none of its values. {mend}", near)
    return WRONG


def _pause(page: Page, setting: Setting, value: Any) -> Any:
    length_ms = read_length(page, _key(setting, Type.PAUSE), value, setting.path)
    if length_ms is WRONG or setting.most is None or length_ms <= setting.most:
        return length_ms
    message = f'is too long. Write "{written(setting.most)}" or less.'
    page.error(setting.path, "out-of-range", message)
    return WRONG


def _hour(page: Page, setting: Setting, value: Any) -> Any:
    if isinstance(value, time) and value.tzinfo is None:
        return value.hour * 60 + value.minute
    if isinstance(value, str):
        match = _HOUR.fullmatch(value.strip())
        minutes = _minutes(match[1], match[2]) if match else None
        if minutes is not None:
            return minutes
    mend = _guessed_hour(value)
    how = f'Write "{mend}".' if mend else 'Write it like "22:00".'
    message = f"is not a time of the day. {how}"
    page.error(setting.path, "not-an-hour", message, f'"{mend}"' if mend else None)
    return WRONG


def _minutes(hour: str, minute: str) -> int | None:
    hours, minutes = int(hour), int(minute)
    return hours * 60 + minutes if hours < 24 and minutes < 60 else None


def _guessed_hour(value: Any) -> str | None:
    """The time of the day that was most likely meant: `10 pm` as `22:00`."""
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
    return None if minutes is None else f"{minutes // 60:02}:{minutes % 60:02}"


_READERS: dict[Kind, Callable[[Page, Setting, Any], Any]] = {
    Kind.CONDITIONS: _conditions,
    Kind.CHOICE: _choice,
    Kind.FLAG: lambda page, s, value: read_flag(page, _key(s, Type.FLAG), value, s.path),
    Kind.WHOLE: lambda page, s, value: read_number(page, _key(s, Type.WHOLE), value, s.path),
    Kind.PAUSE: _pause,
    Kind.HOUR: _hour,
    Kind.LINE: lambda page, s, value: read_line(page, _key(s, Type.LINE), value, s.path),
    Kind.LANGUAGE: lambda page, s, value: read_language(
        page, _key(s, Type.LANGUAGE), value, s.path
    ),
}
