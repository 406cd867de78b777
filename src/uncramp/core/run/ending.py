"""The record of a run that is over, made from its plan and its last state."""

from uncramp.core.lazy.dataclass import replace
from uncramp.core.plan.plan import Plan, Span, SpanKind
from uncramp.core.routine.model import Side
from uncramp.core.run.record import MOST_NAMED, Ranges, Record, count_of, gaps_in, with_range
from uncramp.core.run.state import State

_LOOKED_AT = 100
"""How many spans are searched for a name or a side: a plan may have a million."""


def record_of(
    plan: Plan, state: State, moment: int, fingerprint: str, *, is_at_end: bool
) -> Record:
    """The record of a run of `plan`, with that fingerprint, that ends at `moment` in `state`.

    A run that reached its end is complete if any step was done, not if every step was skipped.
    """
    routine, total = plan.routine, plan.total
    if not is_at_end:
        state = with_change(state, plan.span(state.index))
    passed = total.steps if is_at_end else plan.steps_before(state.index)
    skipped = gaps_in(state.done, passed)
    return Record(
        routine_id=routine.id,
        title=routine.title,
        fingerprint=fingerprint,
        is_complete=is_at_end and count_of(state.done) > 0,
        played_ms=state.played(moment),
        total_ms=total.length_ms,
        steps_done=count_of(state.done),
        steps=total.steps,
        steps_skipped=count_of(skipped),
        skipped=step_names(plan, skipped),
        lengthened=count_of(state.longer),
        shortened=count_of(state.shorter),
        is_urgent=routine.urgent,
        side=_side(plan),
        conditions=tuple(sorted(plan.choices.conditions)),
    )


def with_change(state: State, span: Span) -> State:
    """The state with its present step counted as longer or shorter, if it was changed."""
    if span.kind is not SpanKind.STEP or span.is_open or span.is_if_still:
        return state
    number = span.step_number
    if state.length_ms > span.length_ms:
        return replace(state, longer=with_range(state.longer, number, number))
    if state.length_ms < span.length_ms:
        return replace(state, shorter=with_range(state.shorter, number, number))
    return state


def step_names(plan: Plan, numbers: Ranges) -> tuple[str, ...]:
    """The names of the steps of these numbers, each once, `MOST_NAMED` at most."""
    found: dict[str, None] = {}
    looked = 0
    for first, last in numbers:
        for number in range(first, last + 1):
            if len(found) == MOST_NAMED or looked == _LOOKED_AT:
                return tuple(found)
            looked += 1
            span = plan.span(plan.step_start(number))
            found[span.step.name if span.step else span.name] = None
    return tuple(found)


def _side(plan: Plan) -> str:
    chosen = plan.choices
    if chosen.affected:
        return chosen.affected.value
    spans = plan.spans(0, min(plan.total.spans, _LOOKED_AT))
    is_sided = any(span.side in (Side.LEFT, Side.RIGHT) for span in spans)
    return chosen.first_side.value if is_sided else ""
