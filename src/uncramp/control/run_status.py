"""The state of a run, as fields for other programs."""

from uncramp.core.plan.plan import Plan
from uncramp.core.run.view import View


def status_of(plan: Plan, view: View, run_id: str) -> dict[str, object]:
    """The state at `view`. Times are in milliseconds; those that are shown are also in words."""
    span = view.span
    return {
        "run": run_id,
        "routine": plan.routine.id,
        "title": plan.routine.title,
        "phase": view.phase.value,
        "kind": span.kind.value,
        "name": span.name,
        "side": span.side.value if span.side else None,
        "side_words": span.side_words,
        "step": span.step_number,
        "steps": view.steps,
        "round": span.round,
        "rounds": span.rounds,
        "counts_up": view.counts_up,
        "shown_ms": view.shown_ms,
        "waits_ms": view.waits_ms,
        "whole_left_ms": -(-view.whole_left_ms // 1000) * 1000,
        "allowed": sorted(kind.value for kind in view.allowed),
    }
