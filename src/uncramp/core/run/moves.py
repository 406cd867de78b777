"""What a person can do to a run, and when: the one table that decides it.

The engine follows this table, the key line dims its keys by it, and the diagram in the documents
is drawn from it. Everything that decides whether a move is allowed is in this file.
"""

from collections.abc import Mapping
from enum import StrEnum

from uncramp.core.lazy.dataclass import dataclass
from uncramp.core.plan.plan import Span, SpanKind
from uncramp.core.text.durations import SECOND_MS


class Phase(StrEnum):
    """What a run is doing."""

    READY = "ready"
    """Made, not yet started."""
    RUNNING = "running"
    PAUSED = "paused"
    LAPSED = "lapsed"
    """Stopped by itself after it was not updated for too long; the person decides."""
    ENDED = "ended"


class MoveKind(StrEnum):
    """What a person can do to a run."""

    START = "start"
    PAUSE = "pause"
    GO_ON = "go-on"
    DONE = "done"
    """Done, go on: for an open step, a get-ready or a rest."""
    STILL = "still"
    """It has not helped: go on to the step that is offered after that answer."""
    NEXT = "next"
    """Skip to the next step."""
    BACK = "back"
    """To the step before; a few seconds in, to this one's beginning."""
    AGAIN = "again"
    """This step from its beginning."""
    MORE = "more"
    LESS = "less"
    JUMP = "jump"
    CATCH_UP = "catch-up"
    """After a lapse: to where the clock would be."""
    UNDO = "undo"
    """As if the last move had not been made."""
    END = "end"


ADJUST_MS = 15 * SECOND_MS
"""How much one key press adds or removes."""


@dataclass(frozen=True, slots=True)
class Move:
    """One thing that a person does to a run."""

    kind: MoveKind
    by_ms: int = ADJUST_MS
    """For more and less time, how much."""
    to_index: int = 0
    """For a jump, the index of the span."""


class IllegalMove(ValueError):
    """A move that the run does not allow now. Nothing has changed."""


_STEERED = (
    MoveKind.NEXT,
    MoveKind.BACK,
    MoveKind.AGAIN,
    MoveKind.MORE,
    MoveKind.LESS,
    MoveKind.JUMP,
)

_RUNNING, _PAUSED, _ENDED = (Phase.RUNNING,), (Phase.PAUSED,), (Phase.ENDED,)
_WHERE_IT_WAS = (Phase.RUNNING, Phase.PAUSED, Phase.LAPSED)

TRANSITIONS: Mapping[Phase, Mapping[MoveKind, tuple[Phase, ...]]] = {
    Phase.READY: {
        MoveKind.START: _RUNNING,
        MoveKind.END: _ENDED,
    },
    Phase.RUNNING: {
        **dict.fromkeys(_STEERED, _RUNNING),
        MoveKind.DONE: _RUNNING,
        MoveKind.STILL: _RUNNING,
        MoveKind.PAUSE: _PAUSED,
        MoveKind.UNDO: _WHERE_IT_WAS,
        MoveKind.END: _ENDED,
    },
    Phase.PAUSED: {
        **dict.fromkeys(_STEERED, _PAUSED),
        MoveKind.GO_ON: _RUNNING,
        MoveKind.UNDO: _WHERE_IT_WAS,
        MoveKind.END: _ENDED,
    },
    Phase.LAPSED: {
        MoveKind.GO_ON: _RUNNING,
        MoveKind.AGAIN: _RUNNING,
        MoveKind.CATCH_UP: _RUNNING,
        MoveKind.NEXT: _PAUSED,
        MoveKind.BACK: _PAUSED,
        MoveKind.JUMP: _PAUSED,
        MoveKind.END: _ENDED,
    },
    Phase.ENDED: {MoveKind.UNDO: _WHERE_IT_WAS},
}
"""Which move leads from which phase to which.

Undo leads to the phase in which the undone move was made; every other move leads to one phase. A
move past the plan's end leads to ENDED, where only such a move can be undone.
"""


def is_allowed(
    kind: MoveKind, phase: Phase, span: Span, ends_open_steps: bool, *, has_made: bool = False
) -> bool:
    """Does a run in `phase`, at `span`, allow the move?

    `ends_open_steps` means that the run ends open steps by itself, `has_made` that there is a
    move to undo.
    """
    if kind not in TRANSITIONS[phase]:
        return False
    if kind is MoveKind.UNDO:
        return has_made
    is_endless = span.is_open and not ends_open_steps
    if kind is MoveKind.DONE:
        return is_endless or span.kind is not SpanKind.STEP
    if kind is MoveKind.STILL:
        return is_endless and span.asks_still
    if kind in (MoveKind.MORE, MoveKind.LESS):
        return not is_endless
    return True


def diagram() -> str:
    """The table as a Mermaid state diagram, for the documents."""
    lines = ["stateDiagram-v2", f"    [*] --> {Phase.READY}"]
    for phase, moves in TRANSITIONS.items():
        for target in Phase:
            names = sorted(kind.value for kind, to in moves.items() if target in to)
            if names:
                lines.append(f"    {phase} --> {target}: {', '.join(names)}")
    lines += [
        f"    {Phase.RUNNING} --> {Phase.LAPSED}: unseen for too long",
        f"    {Phase.RUNNING} --> {Phase.ENDED}: the plan is over",
        f"    {Phase.ENDED} --> [*]",
    ]
    return "\n".join(lines) + "\n"
