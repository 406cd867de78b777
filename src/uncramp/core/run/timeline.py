"""What a plan does, moment by moment, without any move."""

from collections.abc import Iterator

from uncramp.core.plan.plan import Plan
from uncramp.core.run.events import Event
from uncramp.core.run.moves import Move, MoveKind
from uncramp.core.run.run import Run
from uncramp.core.text.durations import MINUTE_MS


def timeline(plan: Plan) -> Iterator[Event]:
    """Every event of a run of `plan` in which each open step ends at its first prompt."""
    run = Run(plan, lapse_after_ms=None, ends_open_steps=True, is_recorded=False)
    yield from run.move(Move(MoveKind.START), 0)
    for moment in range(MINUTE_MS, plan.total.length_ms, MINUTE_MS):
        yield from run.advance(moment)
    yield from run.advance(plan.total.length_ms)
