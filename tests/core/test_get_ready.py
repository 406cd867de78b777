"""The person's own get-ready applies if the file of a routine sets none."""

from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.core.generated import choices, has_something_to_do, routines
from tests.core.surroundings import Shelf, read_text
from uncramp.core.plan.plan import SpanKind, make_plan
from uncramp.core.routine.model import Choices, Routine
from uncramp.core.text.durations import LONGEST_MS

HEAD = 'title = "Evening"\n'
STEPS = """
[[steps]]
name = "Soak"
time = "20m"

[[steps]]
name = "Rub"
time = "1m"
get_ready = "3s"

[[steps]]
name = "Roll"
time = "2m"
"""


def readies(text: str, get_ready_ms: int | None) -> list[int]:
    routine = read_text(HEAD + text).routine
    assert routine
    plan = make_plan(routine, Choices(get_ready_ms=get_ready_ms))
    return [s.length_ms for s in plan.spans() if s.kind is SpanKind.GET_READY]


def test_it_counts_for_steps_that_do_not_say_their_own() -> None:
    assert readies(STEPS, None) == [5_000, 3_000, 5_000]
    assert readies(STEPS, 2_000) == [2_000, 3_000, 2_000]
    assert readies(STEPS, 0) == [3_000]


def test_it_makes_what_a_writer_says_longer_and_never_shorter() -> None:
    own = 'defaults = { get_ready = "4s" }\n' + STEPS
    assert readies(STEPS, 8_000) == [8_000, 8_000, 8_000]
    assert readies(own, 8_000) == [8_000, 8_000, 8_000]
    assert readies(own, 2_000) == [4_000, 3_000, 4_000]
    assert readies("defaults = { get_ready = 0 }\n" + STEPS, 8_000) == [8_000]


def test_who_does_it_for_the_first_time_has_half_as_much_again() -> None:
    routine = read_text(HEAD + STEPS).routine
    assert routine
    plan = make_plan(routine, Choices(get_ready_ms=12_000, is_first_time=True))
    assert [s.length_ms for s in plan.spans() if s.kind is SpanKind.GET_READY] == [18_000] * 3
    plan = make_plan(routine, Choices(is_first_time=True))
    lengths = [s.length_ms for s in plan.spans() if s.kind is SpanKind.GET_READY]
    assert lengths == [8_000, 5_000, 8_000]


def test_the_first_step_of_an_urgent_routine_waits_for_nothing() -> None:
    assert readies("urgent = true\n" + STEPS, 8_000) == [8_000, 8_000]


def test_of_points_that_begin_an_urgent_routine_the_first_one_alone_does_not_wait() -> None:
    points = '[[steps]]\npoints = ["KD3", "BL60", "BL57"]\ntime = "30s"\n'
    routine = read_text(f"{HEAD}urgent = true\n{points}", Shelf()).routine
    assert routine
    plan = make_plan(routine, Choices(get_ready_ms=8_000))
    lengths = [s.length_ms for s in plan.spans()]
    assert lengths == [30_000, 8_000, 30_000, 8_000, 30_000]


def test_a_routine_that_would_last_longer_than_a_day_keeps_its_own() -> None:
    text = '[[steps]]\nrepeat = 720\n[[steps.steps]]\nname = "A"\ntime = "115s"\n'
    assert len(set(readies(text, 300_000))) == 1
    assert readies(text, 300_000)[0] == 5_000


@given(routines(), choices(), st.integers(0, 60_000))
def test_it_changes_no_other_length(routine: Routine, chosen: Choices, get_ready_ms: int) -> None:
    assume(has_something_to_do((routine, chosen)))
    with_it = make_plan(routine, replace(chosen, get_ready_ms=get_ready_ms))
    without = make_plan(routine, replace(chosen, get_ready_ms=None))
    assert with_it.total.length_ms <= LONGEST_MS
    # A rest holds the get-ready after it, so that its own part changes with it.
    kept = [s for s in without.spans() if s.kind is SpanKind.STEP]
    found = [s for s in with_it.spans() if s.kind is SpanKind.STEP]
    assert [(s.name, s.side, s.round, s.length_ms) for s in found] == [
        (s.name, s.side, s.round, s.length_ms) for s in kept
    ]
    if routine.urgent:
        assert with_it.span(0).length_ms == without.span(0).length_ms
    first = with_it.span(0).step if routine.urgent else None
    for span in with_it.spans():
        is_first = span.step is not None and first is not None and span.step.key == first.key
        if (
            span.kind is SpanKind.GET_READY
            and span.step
            and span.step.is_get_ready_written
            and not is_first
        ):
            original = next(s for s in without.spans() if s.step and s.step.key == span.step.key)
            assert original.step
            assert span.length_ms == max(original.step.get_ready_ms, get_ready_ms)
