"""A run, a plan and the library as values for JSON."""

from pathlib import Path

from uncramp.core.plan.cues import Cue, cues_of
from uncramp.core.plan.plan import Plan, Span
from uncramp.core.run.events import (
    CueDue,
    Event,
    Lapsed,
    LengthChanged,
    Paused,
    RunEnded,
    SpanBegan,
    SpanEnded,
    Started,
    Undone,
    WentOn,
)
from uncramp.core.suitability.listing import Listing
from uncramp.core.toml.problems import Problem
from uncramp.library.library import Origin
from uncramp.plain.problem_lines import problem_fields

PLAN_FORMAT = 1
"""Of the object of `show --json`: more where a program that knows it would read it wrong.

New names may come at any time.
"""

_NAMES: dict[type[Event], str] = {
    Started: "started",
    SpanBegan: "span-began",
    CueDue: "cue",
    SpanEnded: "span-ended",
    Paused: "paused",
    WentOn: "went-on",
    Lapsed: "lapsed",
    LengthChanged: "length-changed",
    Undone: "undone",
    RunEnded: "run-ended",
}


def event_object(event: Event, plan: Plan, start: int = 0) -> dict[str, object]:
    """An event of a run of `plan` that began at `start` on the run's clock.

    Every kind has `event`, `at_ms` (from the beginning, with pauses) and `played_ms` (without
    pauses), and then its own values.
    """
    fields: dict[str, object] = {
        "event": _NAMES[type(event)],
        "at_ms": event.at - start,
        "played_ms": event.played_ms,
    }
    match event:
        case Started():
            fields |= _sums(plan)
        case SpanBegan():
            fields |= {"index": event.span.index, "from_ms": event.from_ms}
            fields |= span_object(event.span)
        case CueDue():
            fields |= {"index": event.span.index, "show": event.cue.show}
            # Here `at_ms` is the event's, and the cue's place in its span has another name.
            cue = cue_object(event.cue)
            fields |= {"span_at_ms": cue.pop("at_ms")} | cue
        case SpanEnded():
            fields |= {"index": event.span.index, "how": event.how.value}
        case Lapsed():
            fields |= {"gap_ms": event.gap_ms}
        case LengthChanged():
            fields |= {"index": event.span.index, "length_ms": event.length_ms}
            fields |= {"at_limit": event.is_at_limit}
        case Undone():
            fields |= {"move": event.kind.value}
        case RunEnded():
            fields |= event.record.as_dict()
    return fields


def plan_object(plan: Plan) -> dict[str, object]:
    """What a plan does, moment by moment: the object of `show --json`."""
    spans = [
        span_object(span) | {"cues": [cue_object(cue) for cue in cues_of(span)]}
        for span in plan.spans()
    ]
    return {"format": PLAN_FORMAT} | _sums(plan) | {"spans": spans}


def _sums(plan: Plan) -> dict[str, object]:
    return {
        "id": plan.routine.id,
        "title": plan.routine.title,
        "total_ms": plan.total.length_ms,
        "steps": plan.total.steps,
        "open_steps": plan.total.open_steps,
    }


def span_object(span: Span) -> dict[str, object]:
    """A span without its cues."""
    point = span.step.point if span.step else None
    return {
        "kind": span.kind.value,
        "start_ms": span.start_ms,
        "length_ms": span.length_ms,
        "open": span.is_open,
        "ends_ms": span.ends_ms,
        "name": span.name,
        "side": span.side.value if span.side else None,
        "round": span.round,
        "rounds": span.rounds,
        "point": point.code if point else None,
    }


def cue_object(cue: Cue) -> dict[str, object]:
    """A cue: its time in the span, its kind, sound and words."""
    return {
        "at_ms": cue.at_ms,
        "cue": cue.kind.value,
        "sound": cue.sound.name if cue.sound else None,
        "say": cue.say,
    }


def listing_object(
    listing: Listing, file: Path, problems: tuple[Problem, ...]
) -> dict[str, object]:
    """A routine of the library: one of the objects of `list --json`."""
    return {
        "id": listing.id,
        "title": listing.title,
        "total_ms": listing.total_ms,
        "tags": list(listing.tags),
        "source": (Origin.USER if listing.is_own else Origin.BUNDLED).value,
        "file": str(file),
        "problems": [problem_fields(problem) for problem in problems],
    }
