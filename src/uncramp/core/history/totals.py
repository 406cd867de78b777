"""Summaries of the history: for a routine, and for a doctor."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from statistics import median

from uncramp.core.history.calendar import NightFacts
from uncramp.core.history.entries import CrampEntry, CrampPlace, Entry, Leg, RunEnding, RunEntry
from uncramp.core.history.nights import LocalTime
from uncramp.core.lazy.dataclass import dataclass

DAY_MIN = 24 * 60
USUALLY = 0.5
"""A step is usually skipped if it was in more than this share of the runs."""


@dataclass(frozen=True, slots=True)
class RoutineSummary:
    """How a routine was used."""

    routine_id: str
    title: str
    """Its latest title."""
    runs: int
    finished: int
    last: LocalTime
    usual_minute: int
    """The usual minute of the day: the middle of the shortest part of the day that contains
    half of the runs."""
    median_ms: int
    """How long it usually lasts, without pauses."""
    skipped: tuple[str, ...]
    """Names of the steps that are usually skipped."""


def routine_summary(runs: Sequence[RunEntry]) -> RoutineSummary | None:
    """The summary of the runs of one routine; None if there are none."""
    if not runs:
        return None
    last = max(runs, key=lambda run: run.began)
    counts = Counter(name for run in runs for name in run.skipped)
    return RoutineSummary(
        routine_id=last.routine_id,
        title=last.title,
        runs=len(runs),
        finished=sum(run.ending is RunEnding.FINISHED for run in runs),
        last=last.began,
        usual_minute=_usual(sorted(run.began.minute for run in runs)),
        median_ms=round(median(run.active_ms for run in runs)),
        skipped=tuple(sorted(n for n, count in counts.items() if count > USUALLY * len(runs))),
    )


def _usual(minutes: list[int]) -> int:
    """The middle of the shortest part, even over midnight, that contains half of the minutes."""
    half = (len(minutes) - 1) // 2
    turned = minutes + [minute + DAY_MIN for minute in minutes]
    stretches = ((turned[at + half] - turned[at], turned[at]) for at in range(len(minutes)))
    length, begin = min(stretches)
    return (begin + length // 2) % DAY_MIN


@dataclass(frozen=True, slots=True)
class DoctorSummary:
    """What a doctor asks about the last weeks."""

    first: date
    last: date
    """Nights, both included."""
    nights_with_cramp: int
    nights_without: int
    """Nights for which the person said that no cramp came. The others are unknown."""
    cramps: int
    legs: Mapping[Leg, int]
    places: Mapping[CrampPlace, int]
    pains: tuple[int, ...]
    """The values given for cramps, in order of size."""
    lengths_s: tuple[int, ...]
    helped: tuple[tuple[str, int], ...]
    """What helped and how often, the most frequent first."""
    done: tuple[tuple[str, int, int], ...]
    """Title of a routine, how often it was begun, and how often finished."""
    conditions: tuple[str, ...]
    """The person's conditions during the runs of these weeks."""
    notes: tuple[tuple[date, str], ...]

    @property
    def nights(self) -> int:
        """How many nights there are."""
        return (self.last - self.first).days + 1


def doctor_summary(
    entries: Iterable[Entry], nights: Mapping[date, NightFacts], last: date, weeks: int
) -> DoctorSummary:
    """The summary of the `weeks` up to the night of `last`, of entries of these nights."""
    first = last - timedelta(days=7 * weeks - 1)
    entries = list(entries)
    cramps = [entry for entry in entries if isinstance(entry, CrampEntry)]
    runs = [entry for entry in entries if isinstance(entry, RunEntry)]
    found = [facts for night, facts in nights.items() if first <= night <= last]
    titles = Counter(run.title for run in runs)
    finished = Counter(run.title for run in runs if run.ending is RunEnding.FINISHED)
    return DoctorSummary(
        first=first,
        last=last,
        nights_with_cramp=sum(facts.has_cramp is True for facts in found),
        nights_without=sum(facts.has_cramp is False for facts in found),
        cramps=sum(facts.cramps for facts in found),
        legs=Counter(cramp.leg for cramp in cramps if cramp.leg),
        places=Counter(cramp.place for cramp in cramps if cramp.place),
        pains=tuple(sorted(cramp.pain for cramp in cramps if cramp.pain is not None)),
        lengths_s=tuple(sorted(cramp.lasted_s for cramp in cramps if cramp.lasted_s is not None)),
        helped=tuple(Counter(word for cramp in cramps for word in cramp.helped).most_common()),
        done=tuple((title, count, finished[title]) for title, count in titles.most_common()),
        conditions=tuple(sorted({word for run in runs for word in run.conditions})),
        notes=tuple((cramp.at.night, cramp.note) for cramp in cramps if cramp.note),
    )
