"""Undoing a move: the run as it would be if the move had not been made.

The clock has gone on meanwhile, and so has the run. Three rules avoid surprises. Time in which the
run was paused is not made up for, unless the pause itself is undone. The run does not go past the
span in which the move was made: it returns with at least five seconds of that span left, or with
what was left when the move was made. And no cue is played that was played before, or that would
have come meanwhile.
"""

from uncramp.core.lazy.dataclass import dataclass, replace
from uncramp.core.plan.plan import Span
from uncramp.core.run.moves import MoveKind, Phase
from uncramp.core.run.state import State
from uncramp.core.text.durations import SECOND_MS

LEAVES_MS = 5 * SECOND_MS
"""The least that is left of a span when undoing a move leads back into it."""

MOST_REMEMBERED = 50
"""How many moves can be undone, one after another."""

_STAYS = frozenset({MoveKind.PAUSE, MoveKind.GO_ON, MoveKind.MORE, MoveKind.LESS})
_NEVER = frozenset({MoveKind.START, MoveKind.END})


@dataclass(frozen=True, slots=True)
class Undoable:
    """A move that can be undone."""

    kind: MoveKind
    before: State
    """The state when the move was made."""
    is_in_place: bool
    """Did the run stay in its span?"""


def remembered(
    made: tuple[Undoable, ...], kind: MoveKind, before: State, after: State
) -> tuple[Undoable, ...]:
    """The moves `made` and one more of `kind`; empty after a start or an end.

    A move that led past the plan's end can be undone like any other.
    """
    if kind in _NEVER:
        return ()
    is_over = after.phase is Phase.ENDED
    is_in_place = kind in _STAYS and after.index == before.index and not is_over
    return (*made, Undoable(kind, before, is_in_place))[-MOST_REMEMBERED:]


def still_undoable(made: tuple[Undoable, ...], index: int) -> tuple[Undoable, ...]:
    """The moves that can be undone while the run is in span `index`.

    When a span is over, a pause or a change of its length can no longer be undone.
    """
    count = len(made)
    while count and made[count - 1].is_in_place and made[count - 1].before.index != index:
        count -= 1
    return made[:count]


def undone(made: Undoable, state: State, span: Span, now: int) -> State:
    """`state` at `now` as if `made`, the last move, had not been made in `span`."""
    before = replace(made.before, ends_open_steps=state.ends_open_steps)
    moment = before.seen
    then, length_ms = before.position(moment), before.length_ms
    position, played_ms = then, state.played(now)
    if before.phase is Phase.RUNNING:
        if made.kind is MoveKind.PAUSE:
            position = before.position(now)
        else:
            position += played_ms - before.played(moment)
        end_ms = before.end_ms(span)
        if end_ms is not None:
            left_ms = min(LEAVES_MS, end_ms - then)
            position = min(position, end_ms - left_ms)
            if made.is_in_place and not before.counts_up(span):
                # Past time stays past: the span gets longer instead of repeating.
                position = max(position, state.position(now))
                length_ms = max(length_ms, position + left_ms)
        played_ms = max(played_ms, before.played(moment) + position - then)
    return replace(
        before,
        length_ms=length_ms,
        base_ms=position,
        since=max(before.since, now),
        heard_ms=state.heard_ms if made.is_in_place else before.heard_ms,
        has_had_halfway=before.has_had_halfway or (made.is_in_place and state.has_had_halfway),
        played_before_ms=played_ms - position,
        has_warned=state.has_warned,
        seen=now,
    )
