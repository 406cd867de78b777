"""The history for the commands: opened, or why it cannot be."""

from collections.abc import Callable, Iterator

from uncramp.core.history.entries import CrampEntry, Entry
from uncramp.plain.history_lines import doctor_lines
from uncramp.plain.output import complain
from uncramp.runs.history_exchange import fields_of
from uncramp.runs.history_problems import CannotUse
from uncramp.runs.history_store import HistoryStore
from uncramp.session.entry_words import cannot_use_words
from uncramp.session.own_history import new_advice, open_own_history
from uncramp.system.clocks import system_clocks


def with_history(do: Callable[[HistoryStore, float], int]) -> int:
    """Call `do` with the open history and the present epoch seconds, and return its result.

    If the history cannot be used, say so and return 2.
    """
    wall = system_clocks().wall
    try:
        with open_own_history(wall) as store:
            return do(store, wall())
    except CannotUse as problem:
        return complain(cannot_use_words(problem))


def advice_lines(store: HistoryStore, now_s: float) -> Iterator[str]:
    """The reasons to see a doctor, each once for its cause. Raises CannotUse."""
    return doctor_lines(advice.reason for advice in new_advice(store, now_s))


def entry_object(store: HistoryStore, entry: Entry) -> dict[str, object]:
    """The entry for a program: its number in the list, and the columns of an export."""
    run_id = entry.run_id if isinstance(entry, CrampEntry) else None
    run_uid = store.uid_of(run_id) if run_id else ""
    return {"number": entry.id, **fields_of(store.uid_of(entry.id), entry, run_uid)}


def not_there(number: int, *, is_deleted: bool = False) -> int:
    """Say that there is no entry with that number. Returns 2."""
    if is_deleted:
        return complain(f"There is no {number} in the trash. uncramp history --deleted lists it.")
    return complain(f"There is no entry {number}. uncramp history lists those there are.")
