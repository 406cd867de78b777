"""What follows a run: its result in one line, and the routines to offer."""

from typing import TYPE_CHECKING

from uncramp.advice.cramps import AFTERWARDS, CRAMP_IDS
from uncramp.core.routine.model import Choices
from uncramp.core.run.record import Record
from uncramp.core.suitability.assess import answer
from uncramp.core.text.durations import clock
from uncramp.session.conductor import Conductor

if TYPE_CHECKING:
    from uncramp.library.library import Entry, Library


def result_words(record: Record) -> str:
    """One line on how far a run got."""
    if record.is_complete:
        return f"Finished: {clock(record.played_ms)}."
    return (
        f"Ended at {clock(record.played_ms)} of {clock(record.total_ms)}: "
        f"{record.steps_done} of {record.steps} steps done."
    )


def has_question(record: Record, conductor: Conductor) -> bool:
    """Is there something to ask: was it for a cramp, had it begun, and is it in the history?"""
    return record.is_urgent and record.has_begun and conductor.kept_run is not None


def offers_after(record: Record, choices: Choices, library: "Library") -> "tuple[Entry, ...]":
    """Routines that may be of use now and that this person can run.

    After a cramp also if it was ended early, unless it had barely begun.
    """
    if not (record.is_complete or (record.routine_id in CRAMP_IDS and record.has_begun)):
        return ()
    found = map(library.find, AFTERWARDS.get(record.routine_id, ()))
    return tuple(
        entry
        for entry in found
        if entry and entry.routine and answer(entry.routine, choices).plan is not None
    )
