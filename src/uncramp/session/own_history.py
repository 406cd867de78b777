"""This person's history, for the commands and the screens that show it.

Importing this loads SQLite: a run and the library do it only once a run has ended.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta

from uncramp.advice.history_words import LOOKED_BACK
from uncramp.core.history.calendar import NightFacts, comparison_of, facts_of, marks_of, tally_of
from uncramp.core.history.comparison import Comparison
from uncramp.core.history.doctor import WEEK, Advice, Reason, advice_for
from uncramp.core.history.entries import CrampEntry, Entry, EntryFilter, RunEntry
from uncramp.core.history.totals import RoutineSummary, routine_summary
from uncramp.core.lazy.dataclass import dataclass
from uncramp.core.suitability.groups import EVENING_TAG
from uncramp.library.library import Library
from uncramp.runs.history_intake import open_history
from uncramp.runs.history_problems import CannotUse
from uncramp.runs.history_store import HistoryStore
from uncramp.runs.local_times import today
from uncramp.system import paths

TRIAL_IDS = frozenset({"bedtime-stretch"})
"""Routines that a trial had people do for six weeks."""

MOST_RUNS = 200
"""How many runs of a routine are read to say how it is used."""

SHORTEST_WAIT_S = 0.2
"""How long the end of a run waits for another program that writes."""


def open_own_history(wall: Callable[[], float]) -> HistoryStore:
    """The history of the person who runs this process. Raises CannotUse."""
    return open_history(paths.history_folder(), wall)


def evening_ids(library: Library) -> frozenset[str]:
    """The routines that count as the evening routine."""
    return frozenset(row.id for row in library.listings() if EVENING_TAG in row.tags)


@dataclass(frozen=True, slots=True)
class Helps:
    """Whether nights with the evening routine have fewer cramps."""

    comparison: Comparison
    unknown: int
    """Nights since the first known one with no entry."""
    first: date
    last: date


def nights_between(
    store: HistoryStore, first: date, last: date, evening: frozenset[str]
) -> Mapping[date, NightFacts]:
    """What is known about the nights from one to another. Raises CannotUse."""
    return facts_of(store.marks(first, last, evening))


def helps(store: HistoryStore, now_s: float, evening: frozenset[str]) -> Helps:
    """The last `LOOKED_BACK` nights with the evening routine against those without it.

    Tonight is left out: it is not over. Raises CannotUse.
    """
    last = today(now_s) - timedelta(days=1)
    first = last - timedelta(days=LOOKED_BACK - 1)
    nights = nights_between(store, first, last, evening)
    known = [night for night, facts in nights.items() if facts.has_cramp is not None]
    begin = min(nights, default=last)
    unknown = (last - begin).days + 1 - len(known) if nights else 0
    return Helps(comparison_of(nights), unknown, begin, last)


def new_advice(store: HistoryStore, now_s: float, also: Iterable[Entry] = ()) -> tuple[Advice, ...]:
    """The reasons to see a doctor that were not shown yet; they count as shown from now on.

    `also` are entries that are not in the history yet. Raises CannotUse.
    """
    last = today(now_s)
    marks = [*store.marks(last - WEEK, last, frozenset()), *marks_of(also, frozenset())]
    entries = [*store.between(last - WEEK, last, "cramp"), *also]
    cramps = [entry for entry in entries if isinstance(entry, CrampEntry)]
    found = advice_for(facts_of(marks), cramps, last)
    return tuple(advice for advice in found if store.note_shown(advice.cause))


def advice_after_cramp(wall: Callable[[], float], also: Iterable[Entry] = ()) -> tuple[Reason, ...]:
    """The reasons to see a doctor that were not shown yet, as `new_advice` has them.

    None where the history cannot be used at once: nobody waits for it at the end of a run, and
    they are shown when it is opened.
    """
    try:
        with open_history(paths.history_folder(), wall, wait_s=SHORTEST_WAIT_S) as store:
            return tuple(advice.reason for advice in new_advice(store, wall(), also))
    except CannotUse:
        return ()


def use_of(store: HistoryStore, routine_id: str) -> RoutineSummary | None:
    """How a routine was used in its last `MOST_RUNS` runs; None if it has none.

    Raises CannotUse.
    """
    runs = store.page(EntryFilter("run", routine_id), size=MOST_RUNS)
    return routine_summary([run for run in runs if isinstance(run, RunEntry)])


def trial_tally(store: HistoryStore, now_s: float) -> tuple[int, int]:
    """On how many nights a routine of a six-week trial was done, and over how many days.

    (0, 0) if it was not done. Raises CannotUse.
    """
    last = today(now_s)
    first = last - timedelta(days=60)
    return tally_of(nights_between(store, first, last, TRIAL_IDS), last)
