"""A calendar file for phones and calendar programs: events that repeat, with an alarm.

The format is iCalendar, RFC 5545. Times are "floating" (its section 3.3.5, form 1): half past
nine is half past nine wherever the phone is.
"""

from collections.abc import Iterable, Iterator

from uncramp.core.lazy.dataclass import dataclass
from uncramp.core.lazy.pattern import lazy_pattern
from uncramp.core.text.weekdays import EVERY_DAY, WEEKDAYS

LONGEST_LINE = 75
"""Bytes of a line without its end; a longer one is folded (section 3.1)."""

_CONTROLS = lazy_pattern("[\x00-\x09\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class RepeatingEvent:
    """Something to be done at the same time of day again and again."""

    uid: str
    """It identifies the event: a calendar that already has it updates it."""
    written: str
    """When the file was written, in UTC: `20261121T203000Z`."""
    first_day: str
    """The first day, one of `days`, as `2026-11-21`."""
    minute: int
    """The minute of the day at which it begins, 0 to 1439."""
    lasts_min: int
    """How many minutes it lasts, at least 1."""
    title: str
    description: str = ""
    """May have line breaks."""
    days: tuple[int, ...] = EVERY_DAY
    """Days of the week, 0 for Monday."""
    alarm_before_min: int = 0
    """How many minutes before its beginning the alarm is."""


def calendar_text(events: Iterable[RepeatingEvent]) -> str:
    """The calendar file with the events, with the line ends that the format requires.

    To be written as UTF-8. Lines are folded, and text is escaped.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//uncramp//uncramp//EN"]
    for event in events:
        lines += _event_lines(event)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _event_lines(event: RepeatingEvent) -> Iterator[str]:
    title = _escaped(event.title)
    hour, minute = divmod(event.minute, 60)
    yield "BEGIN:VEVENT"
    yield f"UID:{_escaped(event.uid)}"
    yield f"DTSTAMP:{event.written}"
    yield f"DTSTART:{event.first_day.replace('-', '')}T{hour:02}{minute:02}00"
    yield f"DURATION:PT{max(event.lasts_min, 1)}M"
    yield f"RRULE:{_rule(event.days)}"
    yield f"SUMMARY:{title}"
    if event.description:
        yield f"DESCRIPTION:{_escaped(event.description)}"
    # It is not an appointment: the person still counts as free.
    yield "TRANSP:TRANSPARENT"
    yield "BEGIN:VALARM"
    yield "ACTION:DISPLAY"
    yield f"TRIGGER:-PT{event.alarm_before_min}M"
    yield f"DESCRIPTION:{title}"
    yield "END:VALARM"
    yield "END:VEVENT"


def _rule(days: tuple[int, ...]) -> str:
    if days == EVERY_DAY:
        return "FREQ=DAILY"
    return f"FREQ=WEEKLY;BYDAY={','.join(WEEKDAYS[day][:2].upper() for day in days)}"


def _escaped(text: str) -> str:
    """The text escaped as in section 3.3.11."""
    plain = _CONTROLS.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
    for sign in ("\\", ";", ","):
        plain = plain.replace(sign, f"\\{sign}")
    return plain.replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """The line in parts of `LONGEST_LINE` bytes at most, none of which splits a character."""
    part, size = "", 0
    for character in line:
        wide = len(character.encode("utf-8", "replace"))
        if size + wide > LONGEST_LINE:
            yield part
            part, size = " ", 1
        part += character
        size += wide
    yield part
