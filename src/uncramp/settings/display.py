"""Settings as a person types them, and as a person reads them."""

import re
from pathlib import Path
from typing import Any

from uncramp.core.text.durations import written
from uncramp.core.text.safe_text import shown
from uncramp.core.toml.problems import Severity
from uncramp.core.toml.scalars import WRONG
from uncramp.settings.colours import colour_in
from uncramp.settings.model import Settings
from uncramp.settings.reader import document_of
from uncramp.settings.spec import Setting, ValueKind
from uncramp.settings.values import TomlValue, file_value, read_setting, toml_text

_FLAGS = {
    "true": True, "yes": True, "on": True, "y": True, "1": True,
    "false": False, "no": False, "off": False, "n": False, "0": False,
}  # fmt: skip


class UnfitValue(ValueError):
    """A setting cannot take the words; the text says why, and what it takes."""


def value_said(setting: Setting, words: str) -> TomlValue:
    """The file's value for a person's words. Raises UnfitValue."""
    value: Any = words.strip()
    match setting.kind:
        case ValueKind.FLAG:
            value = _FLAGS.get(value.casefold(), value)
        case ValueKind.WHOLE:
            number = re.fullmatch(r"(-?\d{1,9})\s*%?", value, re.ASCII)
            value = int(number[1]) if number else value
        case ValueKind.PAUSE:
            value = f"{value}s" if re.fullmatch(r"\d{1,5}(\.\d{1,3})?", value) else value
        case ValueKind.CONDITIONS:
            value = _conditions_said(setting, value)
        case ValueKind.CHOICE:
            value = value.casefold()
        case ValueKind.COLOUR:
            # In a shell an unquoted # begins a comment.
            value = f"#{value}" if colour_in(f"#{value}") else value
    return file_value(setting, _meaning(setting, value))


def _conditions_said(setting: Setting, words: str) -> list[str]:
    from uncramp.core.suitability.conditions import conditions_in

    bare = words.strip("[]").replace('"', "").replace("'", "")
    try:
        return [] if bare.strip().casefold() == "none" else list(conditions_in(bare))
    except ValueError as problem:
        raise UnfitValue(f"{setting.name}: {problem}") from None


def meaning_said(setting: Setting, words: str) -> Any:
    """The meaning of a person's words. Raises UnfitValue."""
    return _meaning(setting, value_said(setting, words))


def _meaning(setting: Setting, value: Any) -> Any:
    document = document_of(b"", Path("settings.toml"))
    meaning = read_setting(document, setting, value)
    problem = next((p for p in document.problems if p.severity is Severity.ERROR), None)
    if problem is not None:
        words = problem.message
        given = value if isinstance(value, str) else toml_text(value)
        raise UnfitValue(f'{setting.name}: "{shown(given)}" {words}' if problem.goes_on_from_text
                     else f"{setting.name}: {words}")  # fmt: skip
    assert meaning is not WRONG
    return meaning


def toml_of(settings: Settings, setting: Setting) -> str | None:
    """The file's value for the present meaning; None if the file would not have one."""
    if setting.kind is ValueKind.CONDITIONS and not settings.has_answered:
        return None
    meaning = settings.meaning(setting)
    return None if meaning is None else toml_text(file_value(setting, meaning))


def value_words(settings: Settings, setting: Setting) -> str:
    """The present value, for a person to read."""
    meaning = settings.meaning(setting)
    match setting.kind:
        case ValueKind.CONDITIONS:
            if not settings.has_answered:
                return setting.none
            return ", ".join(sorted(meaning)) or "none of it"
        case ValueKind.FLAG:
            return "on" if meaning else "off"
        case ValueKind.WHOLE:
            unit = {"percent": "%"}.get(setting.unit, setting.unit)
            return f"{meaning} {unit}".rstrip()
        case _ if meaning is None:
            return setting.none
        case ValueKind.PAUSE:
            return written(meaning)
        case _:
            return str(file_value(setting, meaning))


def range_words(setting: Setting) -> str:
    """What it takes, in a few words."""
    match setting.kind:
        case ValueKind.CHOICE:
            return ", ".join(setting.choices)
        case ValueKind.FLAG:
            return "on, off"
        case ValueKind.WHOLE:
            return f"{setting.least} to {setting.most}"
        case ValueKind.PAUSE:
            return f"0s to {written(setting.most or 0)}"
        case ValueKind.HOUR:
            return "00:00 to 23:59"
        case ValueKind.CONDITIONS:
            return "words of uncramp me"
        case ValueKind.LANGUAGE:
            return "such as en or de-CH"
        case ValueKind.COLOUR:
            return "such as #E3A95C or teal"
        case ValueKind.PLACE:
            return "such as 52.5, 13.4"
        case _:
            return "text"
