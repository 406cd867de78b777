"""The events of a run: one frozen value for each thing that happened.

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
"""A cue later than this is shown, but not played."""


class SpanEnd(StrEnum):
    """Why a span is over."""

    TIME = "time"
    """Its time was up."""
    DONE = "done"
    """The person ended it."""
    PROMPT = "prompt"
    """An open step ended at its first prompt, because nobody can answer."""
    WAITED = "waited"
    """An open step that went on by itself, as its writer says, because nobody ended it."""
    SKIPPED = "skipped"
    """The person skipped it."""


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
    """A span has begun."""

    span: Span
    from_ms: int = 0
    """Where in the span, if a move led into its middle."""


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
    """A span is over."""

    span: Span
    how: SpanEnd


@dataclass(frozen=True, slots=True)
class Paused(Event):
    """The person stopped the clock."""


@dataclass(frozen=True, slots=True)
class WentOn(Event):
    """The clock runs again."""


@dataclass(frozen=True, slots=True)
class Lapsed(Event):
    """The run was not updated for too long: it is paused where it was last.

    A closed lid or a stopped process causes this. Cues that came meanwhile were not played and
    will not be.
    """

    gap_ms: int


@dataclass(frozen=True, slots=True)
class LengthChanged(Event):
    """The person made the present span longer or shorter."""

    span: Span
    length_ms: int
    """How long it is now."""
    is_at_limit: bool
    """Is this the limit of its range?"""


@dataclass(frozen=True, slots=True)
class Undone(Event):
    """The person undid their last move. The events after it show what that changed."""

    kind: MoveKind
    """Which move it was."""


@dataclass(frozen=True, slots=True)
class RunEnded(Event):
    """The run is over. Nothing comes after this."""

    record: Record


def is_late(event: CueDue, now: int, late_ms: int = LATE_MS) -> bool:
    """Is it too late at `now` to play the cue?"""
    return now - event.sounds_at > late_ms
