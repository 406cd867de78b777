"""Calendar files: what a calendar program reads is what was meant, whatever the words are."""

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from uncramp.core.text.icalendar import LONGEST_LINE, RepeatingEvent, calendar_text

EVENT = RepeatingEvent(
    uid="uncramp-bedtime@uncramp",
    written="20261121T203000Z",
    first_day="2026-11-23",
    minute=21 * 60 + 30,
    lasts_min=38,
    title="Before bed",
    days=(0, 1, 2, 3, 4),
)


def read(text: str) -> list[tuple[str, str]]:
    """Names and values of a calendar file, unfolded as RFC 5545, section 3.1 says."""
    assert text.endswith("\r\n")
    lines = text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")
    return [(name, value) for name, _, value in (line.partition(":") for line in lines)]


def meant(value: str) -> str:
    """A text value as section 3.3.11 reads it."""
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], value)


def test_event_repeats_on_its_days_with_an_alarm() -> None:
    found = read(calendar_text([EVENT]))
    assert ("DTSTART", "20261123T213000") in found
    assert ("RRULE", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR") in found
    assert ("DURATION", "PT38M") in found
    assert ("TRIGGER", "-PT0M") in found
    opened = [value for name, value in found if name == "BEGIN"]
    assert opened == ["VCALENDAR", "VEVENT", "VALARM"]
    assert [value for name, value in found if name == "END"] == opened[::-1]


def test_every_day_is_daily() -> None:
    daily = replace(EVENT, days=tuple(range(7)))
    assert ("RRULE", "FREQ=DAILY") in read(calendar_text([daily]))


@given(words=st.text(max_size=200), description=st.text(min_size=1, max_size=400))
def test_no_word_breaks_out_of_its_line(words: str, description: str) -> None:
    event = replace(EVENT, title=words, description=description, uid=words)
    text = calendar_text([event])
    lines = text.split("\r\n")
    assert all(len(line.encode("utf-8", "replace")) <= LONGEST_LINE for line in lines)
    found = read(text)
    plain = re.sub("[\x00-\x09\x0b-\x1f\x7f]", " ", re.sub("\r\n?", "\n", description))
    assert next(meant(value) for name, value in found if name == "DESCRIPTION") == plain
    assert len(found) == len(read(calendar_text([replace(EVENT, description="x")])))
    assert not re.search("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f]|\r(?!\n)|(?<!\r)\n", text)
