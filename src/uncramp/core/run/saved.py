"""A saved run, and what it shares with the state of a run that goes on."""

from typing import Any

from uncramp.core.lazy.dataclass import dataclass, field_names, replace
from uncramp.core.run.record import Ranges


@dataclass(frozen=True, slots=True, kw_only=True)
class RunProgress:
    """How far a run is: the columns that both its state and a saved run have.

    A new column belongs only here. It has a default, because files of older versions do not
    have it.
    """

    index: int
    """The index of its span."""
    length_ms: int
    """The length of that span, which a person may have changed."""
    heard_ms: int
    """Cues up to this position are done."""
    has_had_halfway: bool
    follows_move: bool
    """Did a move lead into the span, so that no chime was played right before it?"""
    done: Ranges
    """The numbers of the steps that are done."""
    ends_open_steps: bool
    """Do open steps end at their first prompt, because nobody can answer?"""
    longer: Ranges = ()
    """The numbers of the steps that the person made longer."""
    shorter: Ranges = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved(RunProgress):
    """Everything that is needed to resume a run, in plain values."""

    fingerprint: str
    """The fingerprint of its plan."""
    has_started: bool
    position_ms: int
    """How far into its span it was."""
    played_ms: int
    """How long it had lasted, without pauses."""
    cramp_ms: int = 0
    """How long the cramp of an urgent run has lasted."""

    def gone_on(self, ms: int) -> "Saved":
        """The same after it has run for `ms` more in which nothing happened."""
        if not ms:
            return self
        position_ms = self.position_ms + ms
        return replace(
            self,
            position_ms=position_ms,
            heard_ms=max(self.heard_ms, position_ms),
            played_ms=self.played_ms + ms,
            cramp_ms=self.cramp_ms + ms if self.cramp_ms else 0,
        )


def progress_of(value: RunProgress) -> dict[str, Any]:
    """The columns of `RunProgress`, as keyword arguments for a state or a saved run."""
    return {name: getattr(value, name) for name in field_names(RunProgress)}
