"""What a run tells: one frozen value for each thing that happened.

Every event has two times. `at` is on the clock that the caller's `now` is read
from. `played_ms` is how long the run had been going by then, pauses left out.
"""

from enum import StrEnum

from uncramp.core.lazy.dataclass import dataclass
from uncramp.core.plan.cues import Cue
from uncramp.core.plan.plan import Span
from uncramp.core.run.moves import MoveKind
from uncramp.core.run.record import Record
from uncramp.core.text.durations import SECOND_MS

LATE_MS = SECOND_MS
"""A cue later than this is shown and no longer sounded."""


class SpanEnd(StrEnum):
    """Why a span is over."""

    TIME = "time"
    """Its time had passed."""
    DONE = "done"
    """The person said so."""
    PROMPT = "prompt"
    """An open step that ended at its first prompt, because nobody can be asked."""
    WAITED = "waited"
    """An open step that went on by itself, as its writer says, because nobody ended it."""
    SKIPPED = "skipped"
    """The person left it."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened in a run."""

    at: int
    played_ms: int


@dataclass(frozen=True, slots=True)
class Started(Event):
    """The run began."""


@dataclass(frozen=True, slots=True)
class SpanBegan(Event):
    """A stretch of the plan is now the present one."""

    span: Span
    from_ms: int = 0
    """Where in the span, when a move led into its middle."""


@dataclass(frozen=True, slots=True)
class CueDue(Event):
    """A cue's moment has come."""

    span: Span
    cue: Cue

    @property
    def sounds_at(self) -> int:
        """When its sound begins, on the clock of `at`."""
        return self.at + self.cue.wait_ms


@dataclass(frozen=True, slots=True)
class SpanEnded(Event):
    """A stretch of the plan is over."""

    span: Span
    how: SpanEnd


@dataclass(frozen=True, slots=True)
class Paused(Event):
    """The person stopped the clock."""


@dataclass(frozen=True, slots=True)
class WentOn(Event):
    """The clock goes again."""


@dataclass(frozen=True, slots=True)
class Lapsed(Event):
    """The run was unseen for too long: it stands paused where it was seen last.

    A closed lid or a stopped process does this. What should have sounded
    meanwhile was not sounded and will not be.
    """

    gap_ms: int


@dataclass(frozen=True, slots=True)
class LengthChanged(Event):
    """The person gave the present span more or less time."""

    span: Span
    length_ms: int
    """How long it is now."""
    is_at_limit: bool
    """Was this as far as its range goes?"""


@dataclass(frozen=True, slots=True)
class Undone(Event):
    """The person undid their last move. What that changed is told by the events after it."""

    kind: MoveKind
    """Which move it was."""


@dataclass(frozen=True, slots=True)
class RunEnded(Event):
    """The run is over. Nothing comes after this."""

    record: Record


def is_late(event: CueDue, now: int, late_ms: int = LATE_MS) -> bool:
    """Is it too late at `now` for the cue to be sounded?"""
    return now - event.sounds_at > late_ms
