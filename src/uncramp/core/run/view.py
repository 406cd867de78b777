"""What a run shows at one moment: one frozen value."""

from uncramp.core.lazy.dataclass import dataclass
from uncramp.core.plan.plan import Span
from uncramp.core.run.moves import MoveKind, Phase


@dataclass(frozen=True, slots=True)
class View:
    """All that a screen needs to draw a run at one moment."""

    phase: Phase
    span: Span
    position_ms: int
    length_ms: int
    counts_up: bool
    """Is it an open step, whose time runs up?"""
    shown_ms: int
    """What the big time shows, whole seconds: what is left, or what has passed if it counts up."""
    coming: tuple[Span, ...]
    """The next two steps, as far as there are any."""
    played_ms: int
    """How long the run has been going, pauses left out."""
    whole_done_ms: int
    whole_left_ms: int
    """To the plan's end, each open step at its first prompt."""
    steps: int
    steps_done: int
    allowed: frozenset[MoveKind]
    gap_ms: int = 0
    """After a lapse: how long the run was unseen."""
    waits_ms: int | None = None
    """Of an open step: in how long the run goes on by itself; None where only a person ends it."""
    undoes: MoveKind | None = None
    """Which move undo would undo; None for none."""
