"""What is saved of a run, and what that has in common with the state of a run that goes on."""

from typing import Any

from uncramp.core.lazy.dataclass import dataclass, field_names
from uncramp.core.run.record import Ranges


@dataclass(frozen=True, slots=True, kw_only=True)
class RunProgress:
    """How far a run is: what its state holds and what is saved, column by column.

    A new column stands here and nowhere else. It has a default: the files of older versions
    do not have it.
    """

    index: int
    """Of the span that it is in."""
    length_ms: int
    """Of that span, as a person may have changed it."""
    heard_ms: int
    """Cues up to this position are over and done."""
    has_had_halfway: bool
    follows_move: bool
    """Did a move lead into the span, so that no chime sounds right before it?"""
    done: Ranges
    """The numbers of the steps that are done."""
    ends_open_steps: bool
    """Do open steps end at their first prompt, because nobody can be asked?"""
    longer: Ranges = ()
    """The numbers of the steps that the person gave more time than the plan."""
    shorter: Ranges = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved(RunProgress):
    """All that is needed to resume a run, in plain values."""

    fingerprint: str
    """Of its plan."""
    has_started: bool
    position_ms: int
    """How far into its span it was."""
    played_ms: int
    """How long it had been going, pauses left out."""
    cramp_ms: int = 0
    """How long the cramp has been on that an urgent run is for."""


def progress_of(value: RunProgress) -> dict[str, Any]:
    """The columns of `RunProgress`, as keywords for a state or a saved run."""
    return {name: getattr(value, name) for name in field_names(RunProgress)}
