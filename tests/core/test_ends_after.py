"""An open step that goes on by itself: when, what is said before, and what holds it up."""

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from tests.core.run_scripts import started
from uncramp.core.plan.plan import Plan, make_plan
from uncramp.core.routine.model import CueKind, Prompt, PromptWhen, Routine, Step
from uncramp.core.run.events import CueDue, Event, RunEnded, SpanEnd, SpanEnded
from uncramp.core.run.moves import Move, MoveKind, Phase
from uncramp.core.run.run import Run
from uncramp.core.run.timeline import timeline
from uncramp.core.run.undo import LEAVES_MS

DRY = Step("steps[0]", "Dry", 60_000, is_open=True, ends_after_ms=120_000)
ROLL = Step("steps[1]", "Roll", 30_000)
ENDS_MS = 180_000


def plan_of(*steps: Step) -> Plan:
    return make_plan(Routine("r", "R", steps))


def run_of(*steps: Step) -> Run:
    return started(plan_of(*steps))


def ends(events: Iterable[Event]) -> list[tuple[int, SpanEnd]]:
    return [(e.at, e.how) for e in events if isinstance(e, SpanEnded)]


def said(events: Iterable[Event]) -> list[tuple[int, str]]:
    return [(e.at, e.cue.say) for e in events if isinstance(e, CueDue) and e.cue.say]


@given(st.lists(st.integers(1, 5_000), max_size=80))
def test_it_goes_on_at_its_moment_and_says_so_before(glances: list[int]) -> None:
    run, now, events = run_of(DRY, ROLL), 0, list[Event]()
    for passed_ms in glances:
        now += passed_ms
        events += run.advance(now)
    while now < 205_000:
        now += 5_000
        events += run.advance(now)
    assert ends(events) == [(ENDS_MS, SpanEnd.WAITED)]
    assert (ENDS_MS - 10_000, "Going on in ten seconds.") in said(events)
    closing = [e.cue.kind for e in events if isinstance(e, CueDue) and e.at == ENDS_MS]
    # The prompt of its third minute and the chime of its end are one sound.
    assert closing == [CueKind.PROMPT, CueKind.END, CueKind.START]
    assert run.view(now).span.name == "Roll"
    assert run.view(now).steps_done == 1
    assert run.view(now).played_ms == now


def test_it_waits_from_the_last_prompt_that_has_a_moment() -> None:
    late = Prompt(PromptWhen.AFTER, 100_000, say="Dry?")
    often = Prompt(PromptWhen.EVERY, 50_000, say="Still?")
    step = Step("s", "Dry", 60_000, is_open=True, ends_after_ms=20_000, prompts=(late, often))
    assert plan_of(step).span(0).ends_ms == 120_000
    assert plan_of(ROLL).span(0).ends_ms is None


def test_what_is_left_of_the_waiting_can_be_seen_and_wakes_the_run() -> None:
    run = run_of(DRY, ROLL)
    run.advance(1_500)
    assert run.view(1_500).waits_ms == 179_000
    assert run.view(1_500).counts_up
    quick = Step("s", "Dry", 1_000, is_open=True, ends_after_ms=10_200)
    run = run_of(quick, ROLL)
    run.advance(11_100)
    assert run.next_wake(11_100) == 11_200


def test_a_pause_stops_the_waiting_and_done_ends_it() -> None:
    run = run_of(DRY, ROLL)
    run.advance(4_000)
    run.move(Move(MoveKind.PAUSE), 4_000)
    run.advance(10**7)
    run.move(Move(MoveKind.GO_ON), 10**7)
    assert run.view(10**7).waits_ms == 176_000
    events = run.move(Move(MoveKind.DONE), 10**7 + 1_000)
    assert ends(events) == [(10**7 + 1_000, SpanEnd.DONE)]


def test_an_undo_leaves_time_to_say_that_it_is_not_done() -> None:
    run, at = run_of(DRY, ROLL), ENDS_MS - 12_000
    for now in range(0, at, 4_000):
        run.advance(now)
    run.move(Move(MoveKind.DONE), at)
    for now in range(at, at + 20_000, 4_000):
        run.advance(now)
    run.move(Move(MoveKind.UNDO), at + 20_000)
    view = run.view(at + 20_000)
    assert (view.span.name, view.waits_ms) == ("Dry", LEAVES_MS)


def test_catching_up_stops_where_it_can_still_be_heard() -> None:
    run = Run(plan_of(DRY, ROLL))
    run.move(Move(MoveKind.START), 0)
    run.advance(4_000)
    run.advance(10**6)
    assert run.phase is Phase.LAPSED
    events = run.move(Move(MoveKind.CATCH_UP), 10**6)
    assert not ends(events)
    assert run.view(10**6).waits_ms == 10_000
    assert run.view(10**6).played_ms == ENDS_MS - 10_000


def test_catching_up_from_an_earlier_step_stops_there_too() -> None:
    run = Run(plan_of(ROLL, DRY))
    run.move(Move(MoveKind.START), 0)
    run.advance(4_000)
    run.advance(10**6)
    events = run.move(Move(MoveKind.CATCH_UP), 10**6)
    assert [e.at for e in events] == sorted(e.at for e in events)
    view = run.view(10**6)
    assert (view.span.name, view.waits_ms, run.phase) == ("Dry", 10_000, Phase.RUNNING)


def test_a_run_that_waits_at_its_last_step_ends_complete() -> None:
    run, events = run_of(DRY), list[Event]()
    for now in range(0, ENDS_MS + 4_000, 4_000):
        events += run.advance(now)
    (ended,) = (e for e in events if isinstance(e, RunEnded))
    assert (ended.at, ended.record.is_complete) == (ENDS_MS, True)


def test_where_nobody_can_be_asked_it_ends_at_its_first_prompt_as_ever() -> None:
    events = tuple(timeline(plan_of(DRY, ROLL)))
    assert ends(events)[0] == (60_000, SpanEnd.PROMPT)
    assert plan_of(DRY, ROLL).total.length_ms == 90_000
    assert not any("ten seconds" in words for _, words in said(events))
