import io
from dataclasses import replace

import pytest

from uncramp.core.plan.plan import make_plan
from uncramp.core.routine.model import Choices, Cues, Routine, Sides, Step
from uncramp.core.routine.points import Point
from uncramp.core.run.events import SpanBegan, SpanEnd, SpanEnded
from uncramp.core.run.timeline import timeline
from uncramp.core.suitability.assess import Answer
from uncramp.plain.output import for_stream
from uncramp.plain.run_lines import KEYS, NOBODY, WORDS, RunLines
from uncramp.plain.show_lines import MOST_STEPS, show_lines

POINT = Point("KI3", "KD3", "Taixi")
PRESS = Step(
    "a",
    "Press",
    30_000,
    how="In the hollow.",
    point=POINT,
    sides=Sides.EACH,
    cautions=("Slowly.", "Not hard."),
)


def told(*steps: Step, choices: Choices | None = None) -> list[str]:
    plan = make_plan(Routine("r", "R", steps), choices)
    lines = RunLines(plan)
    return [line for event in timeline(plan) for line in lines.of(event)]


def test_a_point_is_named_and_found_and_its_cautions_are_told_once() -> None:
    left, right = (line for line in told(PRESS) if "Begin" in line)
    assert left == " 0:00  Begin: Press, left side, 30 seconds. KD3 Taixi. In the hollow."
    assert [line for line in told(PRESS) if "Care" in line] == [" 0:00  Care: Slowly. Not hard."]
    assert right == (
        " 0:30  Change to the right side. Begin: Press, right side, 30 seconds. "
        "KD3 Taixi. In the hollow."
    )


def test_what_is_left_out_is_told_with_its_reason() -> None:
    step = replace(PRESS, key="b", name="Knead", unless=("pregnant",))
    choices = Choices(conditions=frozenset({"pregnant"}))
    assert told(PRESS, step, choices=choices)[0].endswith("Left out: Knead (you are pregnant).")


def test_the_voices_own_words_are_told_unless_it_is_off() -> None:
    step = Step("a", "Rub", 1_000, say="Rub now.")
    assert " 0:00  Voice: Rub now." in told(step)
    assert not any("Voice" in line for line in told(replace(step, cues=Cues(voice=False))))


def test_a_long_routine_keeps_its_times_in_one_column() -> None:
    lines = told(Step("a", "Rub", 2 * 3_600_000))
    assert [line[:9] for line in lines] == ["   0:00  "] * 2 + ["1:00:00  "] + ["2:00:00  "] * 2


def test_text_that_a_terminal_would_obey_is_written_out() -> None:
    assert "\x1b" not in "".join(told(Step("a", "Rub \x1b[2J\nnow", 1_000)))
    plan = make_plan(Routine("r", "R\x1b[2J", (PRESS,), summary="S\x07"))
    assert not {"\x1b", "\x07"} & set("".join(show_lines(plan, Answer(plan))))


def test_an_open_step_that_goes_on_by_itself_says_when_to_a_person_who_can_end_it() -> None:
    plan = make_plan(Routine("r", "R", (replace(PRESS, is_open=True, ends_after_ms=60_000),)))
    for hints, is_told in ((KEYS, True), (WORDS, True), (NOBODY, False)):
        lines = RunLines(plan, hints)
        begun = next(e for e in timeline(plan) if isinstance(e, SpanBegan))
        (first, *_) = lines.of(begun)
        assert ("It goes on by itself after 1 minute 30 seconds." in first) is is_told
    waited = SpanEnded(0, 0, plan.span(0), SpanEnd.WAITED)
    assert RunLines(plan).of(waited) == (" 0:00  Went on by itself: Press.",)


def test_less_than_a_second_is_no_zero() -> None:
    assert " 0:00  Begin: Rub, 0.5s." in told(Step("a", "Rub", 500))


def test_a_timeline_is_made_span_by_span() -> None:
    plan = make_plan(Routine("r", "R", (replace(PRESS, time_ms=60_000),)))
    begun = [event.span.index for event in timeline(plan) if isinstance(event, SpanBegan)]
    assert begun == [0, 1]


def test_a_routine_of_thousands_of_steps_is_abridged() -> None:
    many = Step("a", "Rub", 1_000)
    for count, is_abridged in ((MOST_STEPS, False), (MOST_STEPS + 2, True)):
        steps = tuple(replace(many, key=f"steps[{n}]") for n in range(count))
        plan = make_plan(Routine("r", "R", steps))
        *_, last = show_lines(plan, Answer(plan))
        assert ("2 more steps follow, up to 3:22." in last) is is_abridged, last
        assert ("Finished" in last) is not is_abridged


@pytest.mark.parametrize(
    ("encoding", "written"), [("utf-8", "40 °C – “ü”"), ("ascii", '40 degrees C - "?"')]
)
def test_a_stream_gets_what_it_can_hold(encoding: str, written: str) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    assert for_stream("40 °C – “ü”", stream) == written
