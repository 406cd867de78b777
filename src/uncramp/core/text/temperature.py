"""Temperatures given in both units, reduced to the one that a person uses."""

import re

from uncramp.core.lazy.pattern import lazy_pattern

_AMOUNT = r"\d+(?:\s?(?:to|-|–)\s?\d+)?\s?"
_BOTH = lazy_pattern(
    rf"(?P<celsius>{_AMOUNT}°C) \((?P<fahrenheit>{_AMOUNT}°F)\)"
    rf"|(?P<fahrenheit_first>{_AMOUNT}°F) \((?P<celsius_second>{_AMOUNT}°C)\)"
)


def in_one_unit(text: str, *, is_fahrenheit: bool) -> str:
    """The text with `38 to 40 °C (100 to 104 °F)` in one unit; nothing is converted."""

    def chosen(found: re.Match[str]) -> str:
        celsius = found["celsius"] or found["celsius_second"]
        return (found["fahrenheit"] or found["fahrenheit_first"]) if is_fahrenheit else celsius

    return _BOTH.sub(chosen, text) if "°" in text else text
