"""A rest between rounds is as long as it says, the get-ready of the next round included."""

import pytest

from tests.core.surroundings import read_text
from uncramp.core.plan.plan import SpanKind, make_plan
from uncramp.core.routine.model import Choices
from uncramp.core.text.durations import clock


def rounds(rest: str, step: str = "", repeat: int = 8) -> str:
    return (
        f'title = "Hold"\n[[steps]]\nrepeat = {repeat}\nrest = "{rest}"\n'
        f'[[steps.steps]]\nname = "Hold"\ntime = "20s"\n{step}'
    )


def spans_of(text: str, get_ready_ms: int | None = None) -> list[tuple[str, int]]:
    routine = read_text(text).routine
    assert routine is not None
    plan = make_plan(routine, Choices(get_ready_ms=get_ready_ms))
    return [(str(span.kind), span.length_ms) for span in plan.spans()]


def test_the_last_seconds_of_a_rest_are_the_get_ready() -> None:
    routine = read_text(rounds("10s")).routine
    assert routine is not None
    assert clock(make_plan(routine).total.length_ms) == "3:55"
    assert spans_of(rounds("10s", repeat=2)) == [
        ("get-ready", 5_000), ("step", 20_000), ("rest", 5_000),
        ("get-ready", 5_000), ("step", 20_000),
    ]  # fmt: skip


@pytest.mark.parametrize("rest", ["5s", "3s"])
def test_a_rest_no_longer_than_the_get_ready_is_the_get_ready(rest: str) -> None:
    assert spans_of(rounds(rest, repeat=2)) == [("get-ready", 5_000), ("step", 20_000)] * 2


def test_a_rest_before_a_step_without_get_ready_is_whole() -> None:
    text = rounds("10s", "get_ready = 0\n", repeat=2)
    assert spans_of(text) == [("step", 20_000), ("rest", 10_000), ("step", 20_000)]


def test_a_get_ready_of_the_persons_own_is_inside_the_rest() -> None:
    kinds = spans_of(rounds("10s", repeat=2), get_ready_ms=8_000)
    assert kinds[2:4] == [(str(SpanKind.REST), 2_000), ("get-ready", 8_000)]


def test_the_first_step_that_is_done_gives_the_get_ready() -> None:
    text = rounds("10s", 'unless = ["pregnant"]\nget_ready = 9\n', repeat=2)
    text += '[[steps.steps]]\nname = "Tap"\ntime = "20s"\n'
    routine = read_text(text).routine
    assert routine is not None
    plan = make_plan(routine, Choices(conditions=frozenset({"pregnant"})))
    rest = next(span for span in plan.spans() if span.kind is SpanKind.REST)
    assert rest.length_ms == 5_000
