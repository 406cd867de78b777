"""Runs to save, and their store."""

from pathlib import Path
from typing import Any

from uncramp.core.plan.plan import Plan, make_plan
from uncramp.core.routine.model import Choices, Routine, Side, Sides, Step
from uncramp.core.run.moves import Move, MoveKind
from uncramp.core.run.run import Run
from uncramp.runs.autosave import LOCK_SUFFIX
from uncramp.runs.checkpoint import About, Checkpoint, Location, text_of
from uncramp.runs.store import RunStore
from uncramp.system.locks import FileLock

NOW_S = 1_795_262_400.0
SOAK = Step(key="steps[0]", name="Foot soak", time_ms=60_000, get_ready_ms=5_000)
ROLL = Step(key="steps[1]", name="Calf roll", time_ms=30_000, sides=Sides.EACH)
EVENING = Routine(id="evening", title="Evening", items=(SOAK, ROLL))


def run_at(ms: int, plan: Plan | None = None) -> Run:
    """A run that has lasted for some time."""
    run = Run(plan or make_plan(EVENING), lapse_after_ms=None)
    run.move(Move(MoveKind.START), 0)
    run.advance(ms)
    return run


def about_of(plan: Plan, started_s: float = NOW_S - 100, **more: Any) -> About:
    values: dict[str, Any] = {
        "routine_id": plan.routine.id,
        "title": plan.routine.title,
        "file": "/home/me/evening.toml",
        "is_urgent": False,
        "choices": plan.choices,
        "total_ms": plan.total.length_ms,
        "steps": plan.total.steps,
        "started_s": started_s,
        "location": Location("here", "/dev/pts/3", 4711),
    }
    return About(**(values | more))


def checkpoint_at(
    ms: int, plan: Plan | None = None, seen_s: float = NOW_S, **more: Any
) -> Checkpoint:
    """The run as saved after some time."""
    plan = plan or make_plan(EVENING)
    saved = run_at(ms, plan).saved(ms)
    span = plan.span(saved.index)
    return Checkpoint(
        about_of(plan, **more), saved, span.name, span.step_number, span.side, span.round, seen_s
    )


def put(store: RunStore, checkpoint: Checkpoint, *, is_held: bool = False) -> FileLock | Path:
    """Put a run into the store as if its program was killed; or goes on, if it `is_held`."""
    store.folder.mkdir(parents=True, exist_ok=True)
    file = store.new_file()
    file.write_text(text_of(checkpoint), encoding="ascii")
    held = FileLock(file.with_suffix(LOCK_SUFFIX))
    if is_held:
        return held
    held.release(remove=False)
    return file


CHOSEN = Choices(
    first_side=Side.RIGHT,
    affected=Side.LEFT,
    conditions=frozenset({"pregnant", "numb-feet"}),
    is_known=True,
    times_ms={"steps[0]": 90_000},
    left_out=frozenset({"steps[1]"}),
    get_ready_ms=3_000,
    is_first_time=True,
    language="de",
    is_fahrenheit=True,
)
