"""Days of the week and times of the day, as a person writes them."""

from collections.abc import Iterator

from uncramp.core.lazy.pattern import lazy_pattern

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""The days by their first three letters; a day's number is its place here, 0 for Monday."""

EVERY_DAY = tuple(range(7))

_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_GROUPS = {
    "daily": EVERY_DAY, "every day": EVERY_DAY, "weekdays": tuple(range(5)), "weekend": (5, 6),
}  # fmt: skip
_CLOCK = lazy_pattern(r"([0-9]{1,2}):([0-9]{2})")

HOW_TO_WRITE_DAYS = "Write mon-fri, or mon,wed,sat."


def weekdays_in(text: str) -> tuple[int, ...]:
    """The days that `mon-fri`, `sat-mon`, `mon,wed,sat` or `daily` names, Monday first.

    Raises ValueError; its text says what to write.
    """
    words = text.strip().casefold()
    if words in _GROUPS:
        return _GROUPS[words]
    found = {day for part in words.split(",") for day in _days_of(part.strip(), text)}
    return tuple(sorted(found))


def _days_of(part: str, text: str) -> Iterator[int]:
    first, dash, last = part.partition("-")
    begin = _day(first.strip(), text)
    end = _day(last.strip(), text) if dash else begin
    yield from (day % 7 for day in range(begin, end + 1 + (7 if end < begin else 0)))


def _day(word: str, text: str) -> int:
    found = [at for at, name in enumerate(_NAMES) if len(word) >= 2 and name.startswith(word)]
    if len(found) != 1:
        raise ValueError(f'"{text[:40]}" names no days. {HOW_TO_WRITE_DAYS}')
    return found[0]


def weekday_words(days: tuple[int, ...]) -> str:
    """The days as a person reads them: `every day`, `Mon-Fri`, `Mon, Wed, Sat`."""
    if days == EVERY_DAY:
        return "every day"
    names = [WEEKDAYS[day].capitalize() for day in days]
    is_stretch = len(days) > 2 and days[-1] - days[0] == len(days) - 1
    return f"{names[0]}-{names[-1]}" if is_stretch else ", ".join(names)


def minute_in(text: str) -> int:
    """The minute of the day, 0 to 1439, that `21:30` names. Raises ValueError, with how."""
    match = _CLOCK.fullmatch(text.strip())
    hours, minutes = (int(match[1]), int(match[2])) if match else (24, 0)
    if hours > 23 or minutes > 59:
        raise ValueError(f'"{text[:40]}" is not a time of day. Write one such as 21:30.')
    return hours * 60 + minutes


def clock_time(minute: int) -> str:
    """The minute of the day as a clock shows it: `21:30`."""
    return f"{minute // 60:02}:{minute % 60:02}"
