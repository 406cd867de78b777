"""What `uncramp history` writes for a person: entries, one entry, a month, a summary."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from uncramp.advice.history_words import DOCTOR_WORDS, MORE_ON_SAFETY
from uncramp.core.history.calendar import NightFacts, weeks_of
from uncramp.core.history.doctor import Reason
from uncramp.core.history.entries import CalmNight, CrampEntry, Entry
from uncramp.core.history.nights import LocalTime
from uncramp.core.history.totals import RoutineSummary
from uncramp.core.text.safe_text import plain_line
from uncramp.plain.leaflet_lines import hung, reading_width
from uncramp.session.entry_words import (
    DAYS,
    MONTHS,
    SIGN_WORDS,
    entry_rows,
    entry_words,
    month_sentences,
    sign_of,
    use_words,
)


def entry_line(entry: Entry, when: Callable[[LocalTime], str]) -> str:
    """The entry on one line: its number, time and content. `when` formats a moment."""
    match entry:
        case CalmNight():
            at = entry.night.isoformat()
        case CrampEntry():
            at = when(entry.at)
        case _:
            at = when(entry.began)
    return f"{entry.id:>5}  {at:<16}  {plain_line(entry_words(entry))}"


def entry_lines(entry: Entry, when: Callable[[LocalTime], str]) -> Iterator[str]:
    """Everything that is known about one entry, a line each."""
    for name, value in entry_rows(entry, when):
        yield from hung(f"{name:<11} ", plain_line(value), reading_width())


def month_lines(month: date, nights: Mapping[date, NightFacts], today: date) -> Iterator[str]:
    """The month as a calendar with a sign for each night, and then in sentences."""
    yield f"{MONTHS[month.month - 1]} {month.year}"
    yield " ".join(f"{day:>3} " for day in DAYS).rstrip()
    for week in weeks_of(month):
        cells = (f"{day.day:>3}{sign_of(nights.get(day))}" if day else " " * 4 for day in week)
        yield " ".join(cells).rstrip()
    yield ""
    signs = [f"{sign} {words}" for sign, words in SIGN_WORDS]
    in_one_line = "  ".join(signs)
    yield from [in_one_line] if len(in_one_line) <= reading_width() else signs
    yield ""
    for sentence in month_sentences(month, nights, today):
        yield from hung("", sentence, reading_width())


def routine_lines(summary: RoutineSummary, when: Callable[[LocalTime], str]) -> Iterator[str]:
    """How a routine was used, under its title."""
    yield plain_line(summary.title)
    yield from hung("", plain_line(use_words(summary, when)), reading_width())


def doctor_lines(reasons: Iterable[Reason]) -> Iterator[str]:
    """The reasons to see a doctor, each after an empty line."""
    for reason in reasons:
        yield ""
        yield from hung("", f"{DOCTOR_WORDS[reason]} {MORE_ON_SAFETY}", reading_width())


def listed_lines(entries: Iterable[Entry], when: Callable[[LocalTime], str]) -> Iterator[str]:
    """The entries, one a line."""
    return (entry_line(entry, when) for entry in entries)
