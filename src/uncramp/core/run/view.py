"""What a run shows at one moment: one frozen value."""

from uncramp.core.lazy.dataclass import dataclass
from uncramp.core.plan.plan import Span
from uncramp.core.run.moves import MoveKind, Phase


@dataclass(frozen=True, slots=True)
class View:
    """Everything that a screen needs to draw a run at one moment."""

    phase: Phase
    span: Span
    position_ms: int
    length_ms: int
    counts_up: bool
    """Is it an open step, whose time counts up?"""
    shown_ms: int
    """The large time, in whole seconds: what is left, or what has passed if it counts up."""
    coming: tuple[Span, ...]
    """The next two steps, if there are any."""
    played_ms: int
    """How long the run has lasted, without pauses."""
    whole_done_ms: int
    whole_left_ms: int
    """The time to the plan's end, with open steps up to their first prompt."""
    steps: int
    steps_done: int
    allowed: frozenset[MoveKind]
    gap_ms: int = 0
    """After a lapse, how long the run was not updated."""
    waits_ms: int | None = None
    """Of an open step: in how long the run goes on by itself; None where only a person ends it."""
    undoes: MoveKind | None = None
    """The move that undo would undo; None for none."""
