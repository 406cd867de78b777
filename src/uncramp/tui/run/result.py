"""What follows a run: its result in one line, and the routines to offer."""

from typing import TYPE_CHECKING

from uncramp.advice.cramps import AFTERWARDS, CRAMP_IDS
from uncramp.core.routine.model import Choices
from uncramp.core.run.record import Record
from uncramp.core.suitability.assess import answer
from uncramp.core.text.durations import clock

if TYPE_CHECKING:
    from uncramp.library.library import Entry, Library

BARELY_BEGUN_MS = 10_000
"""A run left this early offers nothing afterwards."""


def result_words(record: Record) -> str:
    """One line on how far a run got."""
    if record.is_complete:
        return f"Finished: {clock(record.played_ms)}."
    return (
        f"Ended at {clock(record.played_ms)} of {clock(record.total_ms)}: "
        f"{record.steps_done} of {record.steps} steps done."
    )


def offers_after(record: Record, choices: Choices, library: "Library") -> "tuple[Entry, ...]":
    """Routines that may be of use now and that this person can run.

    After a cramp also where it was ended early, unless it had barely begun.
    """
    is_of_cramp = record.routine_id in CRAMP_IDS and record.played_ms >= BARELY_BEGUN_MS
    if not (record.is_complete or is_of_cramp):
        return ()
    found = map(library.find, AFTERWARDS.get(record.routine_id, ()))
    return tuple(
        entry
        for entry in found
        if entry and entry.routine and answer(entry.routine, choices).plan is not None
    )
