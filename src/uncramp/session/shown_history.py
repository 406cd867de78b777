"""The open history as screens use it. Importing this loads SQLite; `OwnData` does it when asked."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from uncramp.core.history.calendar import NightFacts
from uncramp.core.history.doctor import Reason
from uncramp.core.history.entries import CalmNight, CrampEntry, Entry, EntryFilter, RunEntry
from uncramp.core.history.totals import RoutineSummary
from uncramp.runs.history_store import HistoryStore
from uncramp.runs.local_times import local_time, today
from uncramp.session.own_history import (
    Helps,
    helps,
    new_advice,
    nights_between,
    trial_tally,
    use_of,
)


class ShownHistory:
    """Entries, nights and conclusions from them. Every method may raise CannotUse."""

    def __init__(
        self, store: HistoryStore, wall: Callable[[], float], evening_ids: frozenset[str]
    ) -> None:
        """Show the entries of `store`; `evening_ids` are the routines for the evening.

        `wall` gives seconds since the epoch.
        """
        self._store = store
        self._wall = wall
        self._evening_ids = evening_ids

    def close(self) -> None:
        """Close the file. A second call does nothing."""
        self._store.close()

    @property
    def today(self) -> date:
        """The date here, now."""
        return today(self._wall())

    def page(self, wanted: EntryFilter, size: int, before: int | None = None) -> list[Entry]:
        """The latest `size` entries, newest first; those before entry `before` if it is given."""
        place = None if before is None else self._store.place_of(before)
        return self._store.page(wanted, size=size, before=place)

    def entry(self, number: int) -> Entry | None:
        """The entry with that number; None if it is in the trash or does not exist."""
        return self._store.get(number)

    def cramp_of(self, run: RunEntry) -> CrampEntry | None:
        """The entry about the cramp of a run, if there is one."""
        entries = self._store.between(run.began.night, run.began.night)
        cramps = (entry for entry in entries if isinstance(entry, CrampEntry))
        return next((cramp for cramp in cramps if cramp.run_id == run.id), None)

    def cramp_now(self) -> CrampEntry:
        """A new cramp at this moment, without answers."""
        return CrampEntry(local_time(self._wall()))

    def keep(self, entry: CrampEntry | CalmNight) -> None:
        """Keep what a person said: a new entry, or a changed one."""
        if entry.id:
            self._store.change(entry)
        else:
            self._store.add(entry)

    def delete(self, number: int) -> bool:
        """Move an entry to the trash. False if there is none."""
        return self._store.delete(number)

    def restore(self, number: int) -> bool:
        """Restore an entry from the trash. False if there is none."""
        return self._store.restore(number)

    def use_of(self, routine_id: str) -> RoutineSummary | None:
        """How a routine was used; None if it never was."""
        return use_of(self._store, routine_id)

    def nights(self, first: date, last: date) -> Mapping[date, NightFacts]:
        """What is known about the nights from one to another."""
        return nights_between(self._store, first, last, self._evening_ids)

    def calm_last_night(self) -> CalmNight:
        """Last night, as one without a cramp."""
        return CalmNight(self.today - timedelta(days=1))

    def helps(self) -> Helps:
        """The nights with the evening routine against those without it."""
        return helps(self._store, self._wall(), self._evening_ids)

    def tally(self) -> tuple[int, int]:
        """For the six-week trial's routine: on how many nights, and over how many days."""
        return trial_tally(self._store, self._wall())

    def new_reasons(self) -> tuple[Reason, ...]:
        """Reasons to see a doctor that were not shown yet; they count as shown from now on."""
        return tuple(advice.reason for advice in new_advice(self._store, self._wall()))
