"""Nights as in a calendar, and the nights that `does it help` counts."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date, timedelta
from enum import StrEnum

from uncramp.core.history.comparison import Comparison, Share
from uncramp.core.history.entries import CalmNight, CrampEntry, Entry, RunEnding, RunEntry
from uncramp.core.lazy.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class NightFacts:
    """What is known about one night."""

    cramps: int = 0
    """The number of cramps: entries and urgent runs; an urgent run and its entry count once."""
    is_calm: bool = False
    """Did the person say that no cramp came? A cramp entry overrides it."""
    has_routine: bool = False
    """Was the evening routine finished?"""

    @property
    def has_cramp(self) -> bool | None:
        """Did a cramp come? None if it is unknown."""
        return True if self.cramps else False if self.is_calm else None


class MarkKind(StrEnum):
    """What an entry says about its night."""

    CRAMP = "cramp"
    CALM = "calm"
    ROUTINE = "routine"


@dataclass(frozen=True, slots=True)
class NightMark:
    """One thing that is known about a night."""

    night: date
    kind: MarkKind
    cramp: str = ""
    """The id of the cramp: the same for an urgent run and the entry after it."""


def nights_of(entries: Iterable[Entry], evening_ids: frozenset[str]) -> dict[date, NightFacts]:
    """The nights about which anything is known, by the date of their evening.

    `evening_ids` are the routines that count as the evening routine. Entries with an impossible
    date are ignored.
    """
    return facts_of(marks_of(entries, evening_ids))


def facts_of(marks: Iterable[NightMark]) -> dict[date, NightFacts]:
    """The nights that have marks, by the date of their evening, in order."""
    cramps: dict[date, set[str]] = {}
    calm: set[date] = set()
    routine: set[date] = set()
    for mark in marks:
        if mark.kind is MarkKind.CRAMP:
            cramps.setdefault(mark.night, set()).add(mark.cramp)
        else:
            (calm if mark.kind is MarkKind.CALM else routine).add(mark.night)
    return {
        night: NightFacts(len(cramps.get(night, ())), night in calm, night in routine)
        for night in sorted(cramps.keys() | calm | routine)
    }


def marks_of(entries: Iterable[Entry], evening_ids: frozenset[str]) -> Iterator[NightMark]:
    """What the entries say about their nights; see `nights_of`."""
    for number, entry in enumerate(entries):
        with suppress(ValueError):
            match entry:
                case CalmNight():
                    yield NightMark(entry.night, MarkKind.CALM)
                case CrampEntry():
                    own = f"cramp{entry.id or f'-{number}'}"
                    cramp = f"run{entry.run_id}" if entry.run_id else own
                    yield NightMark(entry.at.night, MarkKind.CRAMP, cramp)
                case RunEntry() if entry.is_urgent:
                    cramp = f"run{entry.id or f'-{number}'}"
                    yield NightMark(entry.began.night, MarkKind.CRAMP, cramp)
                case RunEntry() if entry.ending is RunEnding.FINISHED:
                    if entry.routine_id in evening_ids:
                        yield NightMark(entry.began.night, MarkKind.ROUTINE)


def comparison_of(nights: Mapping[date, NightFacts]) -> Comparison:
    """The known nights with the evening routine against the known ones without it.

    A night without a word about cramps is left out: it is unknown, not good.
    """

    def share(*, has_routine: bool) -> Share:
        known = [
            night.has_cramp
            for night in nights.values()
            if night.has_routine == has_routine and night.has_cramp is not None
        ]
        return Share(sum(known), len(known))

    return Comparison(with_it=share(has_routine=True), without_it=share(has_routine=False))


def weeks_of(month: date) -> tuple[tuple[date | None, ...], ...]:
    """The month as rows of seven days, Monday first; None before its first and after its last.

    `month` is any day of it.
    """
    first = month.replace(day=1)
    cells: list[date | None] = [None] * first.weekday()
    day = first
    while day.month == first.month:
        cells.append(day)
        if day == date.max:
            break
        day += timedelta(days=1)
    cells += [None] * (-len(cells) % 7)
    return tuple(tuple(cells[row : row + 7]) for row in range(0, len(cells), 7))


TALLY_DAYS = 42
"""Six weeks, as long as the trial of stretching before sleep went on."""


def tally_of(nights: Mapping[date, NightFacts], today: date) -> tuple[int, int]:
    """On how many of the last `TALLY_DAYS` nights the routine was done, and how many those are.

    Counted from the first night with the routine among them, `today` included; (0, 0) before.
    """
    first = today - timedelta(days=TALLY_DAYS - 1)
    done = [
        night for night, found in nights.items() if found.has_routine and first <= night <= today
    ]
    return (len(done), (today - min(done)).days + 1) if done else (0, 0)
