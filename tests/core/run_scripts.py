"""Runs for tests: started, acted out by a script, and small ones."""

from uncramp.core.plan.plan import Plan, make_plan
from uncramp.core.routine.model import Routine, Step
from uncramp.core.run.events import (
    Event,
)
from uncramp.core.run.moves import IllegalMove, Move, MoveKind
from uncramp.core.run.run import Run

Script = list[tuple[int, Move | None]]


START = Move(MoveKind.START)


def started(plan: Plan, now: int = 0, *, ends_open_steps: bool = False) -> Run:
    """A run of the plan, started, that never lapses."""
    run = Run(plan, lapse_after_ms=None, ends_open_steps=ends_open_steps)
    run.move(START, now)
    return run


def act_out(run: Run, script: Script, now: int = 0) -> tuple[int, list[Event]]:
    """Do what the script says, moves that are not allowed left out."""
    events: list[Event] = []
    for wait_ms, move in script:
        now += wait_ms
        events += run.advance(now)
        if move and run.allows(move.kind):
            try:
                events += run.move(move, now)
            except IllegalMove:
                assert move.kind is MoveKind.JUMP
                assert move.to_index >= run.plan.total.spans
    return now, events


def two_steps() -> Run:
    rub = Step("steps[0]", "Rub", 30_000, get_ready_ms=5_000, range_ms=(20_000, 40_000))
    roll = Step("steps[1]", "Roll", 60_000, get_ready_ms=5_000)
    return started(make_plan(Routine("r", "R", (rub, roll))))


def place(run: Run, now: int) -> tuple[int, int]:
    saved = run.saved(now)
    return saved.index, saved.position_ms
