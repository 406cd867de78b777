from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.generated import PLANS, steps
from uncramp.atlas import load_atlas
from uncramp.core.plan.cues import cues_of
from uncramp.core.plan.overrides import (
    Unknown,
    limits_of,
    nudged,
    problem_of,
    with_times,
    without,
)
from uncramp.core.plan.plan import Plan, make_plan
from uncramp.core.plan.spoken_text import opening_words
from uncramp.core.routine.model import Choices, Group, Routine, Sides, Step, all_items, called
from uncramp.core.run.events import CueDue, SpanBegan
from uncramp.core.run.moves import Move, MoveKind
from uncramp.core.run.run import Run

KD3 = load_atlas().find("KD3")
SOAK = Step("steps[0]", "Foot soak", 1_200_000, get_ready_ms=10_000, range_ms=(300_000, 1_200_000))
DRY = Step("steps[1]", "Dry", 60_000, is_open=True)
PRESS = Step("steps[2].steps[0]", "{point} {side}", 30_000, point=KD3, sides=Sides.EACH)
ROLL = Step("steps[2].steps[1]", "Calf roll", 120_000)
AGAIN = replace(ROLL, key="steps[3]")
EVENING = Routine(
    "evening", "Evening", (SOAK, DRY, Group("steps[2]", (PRESS, ROLL), name="Legs"), AGAIN)
)


def times(*said: str) -> dict[str, int]:
    return dict(with_times(EVENING, Choices(), said).times_ms)


def left_out(*said: str) -> set[str]:
    return set(without(EVENING, Choices(), said).left_out)


def test_a_step_is_called_by_its_name_a_part_of_it_its_point_or_its_key() -> None:
    assert (
        times("soak=15m")
        == times("FOOT SOAK = 15:00")
        == times("steps[0]=900s")
        == {"steps[0]": 900_000}
    )
    assert times("kd3=1m", "roll=90s") == {
        "steps[2].steps[0]": 60_000,
        "steps[2].steps[1]": 90_000,
        "steps[3]": 90_000,
    }
    assert left_out("太溪", "legs") == {"steps[2].steps[0]", "steps[2]"}
    assert left_out("Calf roll") == {"steps[2].steps[1]", "steps[3]"}


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("soak", '"soak" gives no time. Write it like "soak=15m".'),
        ("soak=90 secs", '"90 secs" is not a length of time. Write "90s".'),
        ("roll=2", '"2" has no unit. Write "2m" for minutes, "2s" for seconds.'),
        ("soak=2m", '"Foot soak" may last from 5 minutes to 20 minutes.'),
        ("dry=2m", '"Dry" has no time: it lasts until you say so.'),
        ("legs=2m", '"legs" is a group of steps. Give a time to one of its steps.'),
        ("Calf rol=2m", None),
        ("claf roll=2m", 'There is no step "claf roll" in Evening. Did you mean "Calf roll"?'),
        ("o=2m", '"o" could be "Foot soak" or "Calf roll". Write more of the name.'),
        (
            "zzz=2m",
            'There is no step "zzz" in Evening. '
            'Its steps are "Foot soak", "Dry", "Legs", "Inner ankle" and "Calf roll".',
        ),
    ],
)
def test_what_means_nothing_is_told_with_what_was_meant(said: str, words: str | None) -> None:
    if words is None:
        assert times(said)
        return
    with pytest.raises(Unknown) as told:
        times(said)
    assert str(told.value) == words


def test_what_leaves_nothing_or_lasts_too_long_is_told() -> None:
    assert problem_of(EVENING, Choices()) is None
    gone = Choices(left_out=frozenset(f"steps[{n}]" for n in range(4)))
    assert problem_of(EVENING, gone) == "Nothing is left to do. Keep at least one step."
    long = Choices(times_ms={ROLL.key: 80_000_000, AGAIN.key: 80_000_000})
    assert (problem_of(EVENING, long) or "").startswith("That makes 44 hours")


@given(steps("steps[0]"), st.integers(1, 90_000_000))
def test_a_time_is_nudged_within_the_range_and_back(step: Step, time_ms: int) -> None:
    low_ms, high_ms = limits_of(step)
    time_ms = min(max(time_ms, low_ms), high_ms)
    up, down = nudged(step, time_ms, 1), nudged(step, time_ms, -1)
    assert low_ms <= down <= time_ms <= up <= high_ms
    assert up > time_ms or time_ms == high_ms
    assert down < time_ms or time_ms == low_ms
    unit = 15_000 if time_ms < 180_000 else 60_000
    if time_ms % unit == 0 and up == time_ms + unit:
        assert nudged(step, up, -1) == time_ms


def keys_within(routine: Routine, key: str) -> set[str]:
    (item,) = (item for item in all_items(routine.items) if item.key == key)
    inside = item.items if isinstance(item, Group) else ()
    return {key, *(within.key for within in all_items(inside))}


@given(PLANS, st.data())
def test_totals_add_up_and_what_is_left_out_never_sounds(plan: Plan, data: st.DataObject) -> None:
    routine = plan.routine
    keys = [item.key for item in all_items(routine.items)]
    gone = data.draw(st.frozensets(st.sampled_from(keys), max_size=3))
    times_ms = data.draw(st.dictionaries(st.sampled_from(keys), st.integers(1, 200_000)))
    choices = replace(plan.choices, left_out=gone, times_ms=times_ms)
    try:
        changed = make_plan(routine, choices)
    except ValueError:
        assert gone
        return
    spans = list(changed.spans())
    silent = {key for top in gone for key in keys_within(routine, top)}
    assert changed.total.length_ms == sum(span.length_ms for span in spans)
    assert {left.key for left in changed.left_out if not left.because} <= gone
    run = Run(changed, lapse_after_ms=None, ends_open_steps=True)
    events = (*run.move(Move(MoveKind.START), 0), *run.advance(changed.total.length_ms))
    heard = [e.span for e in events if isinstance(e, CueDue | SpanBegan)]
    assert {span.index for span in heard} == set(range(len(spans)))
    for span in (*spans, *heard):
        assert span.step is None or span.step.key not in silent
    for span in spans:
        if span.step and span.kind.value == "step":
            assert span.length_ms == times_ms.get(span.step.key, span.step.time_ms)
            assert all(cue.at_ms <= span.length_ms for cue in cues_of(span) if not span.is_open)


@given(PLANS, st.integers(1, 10_000))
def test_the_fingerprint_tells_other_times_and_left_out_steps_apart(plan: Plan, ms: int) -> None:
    key = next(iter(plan.spans())).step
    assert key is not None
    times_ms = {**plan.choices.times_ms, key.key: key.time_ms + ms}
    assert make_plan(plan.routine, replace(plan.choices, times_ms=times_ms)).fingerprint != (
        make_plan(plan.routine, replace(plan.choices, times_ms={})).fingerprint
    )


def test_a_get_ready_says_the_time_that_was_chosen() -> None:
    step = Step("steps[0]", "Foot soak", 1_200_000, get_ready_ms=10_000)
    plan = make_plan(Routine("r", "R", (step,)), Choices(times_ms={"steps[0]": 900_000}))
    assert opening_words(plan.span(0)) == "Foot soak. 15 minutes."
    assert plan.span(0).step_ms == plan.span(1).length_ms == 900_000


def test_what_people_call_a_step_holds_no_placeholder() -> None:
    assert called(PRESS) == "Inner ankle"
