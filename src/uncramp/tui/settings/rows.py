"""The rows of the settings screen, and the effect of its keys."""

from collections.abc import Iterator
from typing import Any

from uncramp.core.text.suggestions import counted
from uncramp.settings import Settings
from uncramp.settings.display import meaning_said, range_words, value_words
from uncramp.settings.spec import HEADINGS, SETTINGS, Setting, SettingGroup, ValueKind
from uncramp.tui.widgets.setting_list import SettingRow

KEYS, SAID_AS = "keys", "said_as"
"""The rows of tables with the person's own keys."""

_DAY_MIN = 24 * 60
_TYPED = (
    ValueKind.LINE, ValueKind.LANGUAGE, ValueKind.CONDITIONS, ValueKind.COLOUR, ValueKind.PLACE,
)  # fmt: skip
"""Kinds that arrows cannot change."""


def rows_of(settings: Settings) -> tuple[SettingRow, ...]:
    """Every setting, under the heading of its group."""
    return tuple(_rows(settings))


def _rows(settings: Settings) -> Iterator[SettingRow]:
    fresh = Settings()
    for group in SettingGroup:
        inside = [setting for setting in SETTINGS if setting.group is group]
        if inside:
            yield SettingRow("", HEADINGS[group])
        for setting in inside:
            is_own = settings.meaning(setting) != fresh.meaning(setting)
            value, turns = value_words(settings, setting), setting.kind not in _TYPED
            yield SettingRow(setting.name, setting.title, value, is_own, turns)
    yield SettingRow("", "Your own words and keys")
    words, keys = settings.said_as, settings.keys
    yield SettingRow(SAID_AS, "Words to say differently", _count(words, "word"), bool(words))
    yield SettingRow(KEYS, "Keys", _count(keys, "changed key"), bool(keys))


def _count(entries: object, what: str) -> str:
    count = len(entries) if isinstance(entries, dict) else 0
    return counted(count, what) if count else f"no {what}s"


def takes(setting: Setting) -> str:
    """What a setting is for and what it takes, in a sentence or two."""
    if setting.kind in (ValueKind.CONDITIONS, ValueKind.FLAG):
        return setting.what
    return f"{setting.what} ({range_words(setting)})"


def turned(settings: Settings, setting: Setting, by: int) -> Any:
    """The value after `by` presses to the right, or to the left if `by` is negative."""
    meaning = settings.meaning(setting)
    match setting.kind:
        case ValueKind.FLAG:
            return not meaning
        case ValueKind.CHOICE:
            at = setting.choices.index(str(meaning))
            return setting.choices[(at + by) % len(setting.choices)]
        case ValueKind.HOUR:
            # A time between two steps goes to the nearest step first.
            steps = meaning // setting.step if by > 0 else -(-meaning // setting.step)
            return (steps + by) * setting.step % _DAY_MIN
        case ValueKind.WHOLE | ValueKind.PAUSE:
            if meaning is None:
                return meaning_said(setting, setting.example.strip('"'))
            steps = meaning // setting.step if by > 0 else -(-meaning // setting.step)
            return max(setting.least or 0, min((steps + by) * setting.step, setting.most or 0))
        case _:
            return meaning
