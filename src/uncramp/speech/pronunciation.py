"""A phrase as it is spoken: units, numbers and codes as words, and the person's own words.

"38–40 °C" is "thirty-eight to forty degrees Celsius", "KD3" is "K D three". The words
are English. Text in another language is left to the engine, which knows its numbers.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
_ROUND = "zero ten twenty thirty forty fifty sixty seventy eighty ninety"
_ONES, _TENS = _SMALL.split(), _ROUND.split()
_LARGEST = 999_999
"""Larger numbers are left to the engine."""

_UNITS = {
    "s": ("second", "seconds"),
    "sec": ("second", "seconds"),
    "secs": ("second", "seconds"),
    "min": ("minute", "minutes"),
    "mins": ("minute", "minutes"),
    "h": ("hour", "hours"),
    "hr": ("hour", "hours"),
    "hrs": ("hour", "hours"),
    "mm": ("millimetre", "millimetres"),
    "cm": ("centimetre", "centimetres"),
    "km": ("kilometre", "kilometres"),
    "g": ("gram", "grams"),
    "kg": ("kilo", "kilos"),
    "ml": ("millilitre", "millilitres"),
    "l": ("litre", "litres"),
    "°C": ("degree Celsius", "degrees Celsius"),
    "°F": ("degree Fahrenheit", "degrees Fahrenheit"),
    "°": ("degree", "degrees"),
    "%": ("percent", "percent"),
    "×": ("time", "times"),
}
"""Singular and plural. "m" is missing: it may be metres or minutes."""

_NUMBER = r"\d{1,3}(?:,\d{3})+|\d{1,6}"
_DECIMAL = rf"(?:{_NUMBER})(?:\.\d{{1,3}})?"
_UNIT = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
_FIRST = r"(?<![\w.,:/])"
_LAST = r"(?![\w:/]|[.,]\d)"
_RANGE = re.compile(
    rf"{_FIRST}({_DECIMAL})\s?[-–—]\s?({_DECIMAL})(?=\s?(?:{_UNIT}){_LAST}|{_LAST})"
)
_AMOUNT = re.compile(rf"{_FIRST}({_DECIMAL})(?:\s?({_UNIT}))?{_LAST}")
_CODE = re.compile(r"\b([A-Z]{1,3})-?(\d{1,2})\b")


def read_out(phrase: str, said_as: Mapping[str, str], is_english: bool = True) -> str:
    """The phrase in words: the person's own for what they listed, ours for the rest.

    Words of `said_as` match whole words in any case, the longest first. A replacement is not
    replaced again.
    """
    if not said_as:
        return _in_words(phrase) if is_english else phrase
    chosen = {word.casefold(): said for word, said in said_as.items()}
    parts, at = [], 0
    for found in _words(tuple(said_as)).finditer(phrase):
        said = chosen.get(found[0].casefold())
        if said is None:
            continue
        parts += [(phrase[at : found.start()], True), (said, False)]
        at = found.end()
    parts.append((phrase[at:], True))
    return "".join(_in_words(text) if ours and is_english else text for text, ours in parts)


@lru_cache(maxsize=4)
def _words(words: tuple[str, ...]) -> re.Pattern[str]:
    ordered = sorted(filter(str.strip, words), key=len, reverse=True)
    either = "|".join(map(re.escape, ordered)) or r"(?!)"
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)


def _in_words(text: str) -> str:
    text = _CODE.sub(lambda code: f"{' '.join(code[1])} {number_words(code[2])}", text)
    text = _RANGE.sub(lambda found: f"{number_words(found[1])} to {found[2]}", text)
    return _AMOUNT.sub(_amount, text)


def _amount(found: re.Match[str]) -> str:
    number, unit = found[1], found[2]
    if unit is None:
        return number_words(number)
    one, many = _UNITS[unit]
    return f"{number_words(number)} {one if number == '1' else many}"


def number_words(number: str) -> str:
    """A number such as `"38"`, `"1,000"` or `"0.5"` in words; one that is too large, unchanged."""
    whole, _, decimals = number.replace(",", "").partition(".")
    if int(whole) > _LARGEST:
        return number
    if len(whole) > 1 and whole.startswith("0"):
        return " ".join(_ONES[int(digit)] for digit in whole)
    words = _whole(int(whole))
    if decimals:
        words += " point " + " ".join(_ONES[int(digit)] for digit in decimals)
    return words


def _whole(number: int) -> str:
    if number < 20:
        return _ONES[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return _TENS[tens] + (f"-{_ONES[ones]}" if ones else "")
    if number < 1_000:
        hundreds, rest = divmod(number, 100)
        return f"{_ONES[hundreds]} hundred" + (f" and {_whole(rest)}" if rest else "")
    thousands, rest = divmod(number, 1_000)
    between = " and " if 0 < rest < 100 else " "
    return f"{_whole(thousands)} thousand" + (f"{between}{_whole(rest)}" if rest else "")
