"""A step that is offered on the answer "still", and the advice for a cramp that is long."""

from uncramp.core.plan.plan import Plan, make_plan
from uncramp.core.routine.model import Routine, Step
from uncramp.core.run.events import CueDue, Event, SpanBegan
from uncramp.core.run.moves import Move, MoveKind
from uncramp.core.run.run import Run
from uncramp.core.text.durations import MINUTE_MS

HOLD = Step("steps[0]", "Hold", MINUTE_MS, is_open=True, kind="hold")
PULL = Step("steps[1]", "Pull", MINUTE_MS, is_open=True, get_ready_ms=5_000, is_if_still=True)
RUB = Step("steps[2]", "Rub", 30_000)
CHECK = Step("steps[3]", "Check", 10_000, is_open=True)


def plan_of(*steps: Step, is_urgent: bool = True) -> Plan:
    return make_plan(Routine("cramp", "Cramp", steps, urgent=is_urgent))


def begun(plan: Plan, cramp_ms: int = 0) -> Run:
    run = Run(plan, lapse_after_ms=None, cramp_ms=cramp_ms)
    run.move(Move(MoveKind.START), 0)
    return run


def name(run: Run, now: int) -> str:
    return run.view(now).span.name


def warned(events: tuple[Event, ...]) -> list[int]:
    return [e.at for e in events if isinstance(e, CueDue) and e.cue.is_long_cramp]


def test_whoever_is_done_goes_past_the_second_try() -> None:
    run = begun(plan_of(HOLD, PULL, RUB, CHECK))
    assert run.allows(MoveKind.STILL)
    run.move(Move(MoveKind.DONE), 10_000)
    assert name(run, 10_000) == "Rub"
    assert not run.allows(MoveKind.STILL)


def test_still_leads_to_it_and_what_follows_comes_after() -> None:
    run = begun(plan_of(HOLD, PULL, RUB, CHECK))
    events = run.move(Move(MoveKind.STILL), 10_000)
    assert [e.span.kind for e in events if isinstance(e, SpanBegan)] == ["get-ready"]
    run.advance(16_000)
    view = run.view(16_000)
    assert (view.span.name, view.span.step_number, view.steps) == ("Pull", 1, 3)
    run.move(Move(MoveKind.DONE), 20_000)
    assert name(run, 20_000) == "Rub"


def test_it_counts_for_nothing_in_the_whole() -> None:
    plan, without = plan_of(HOLD, PULL, RUB, CHECK), plan_of(HOLD, RUB, CHECK)
    assert plan.total.length_ms == without.total.length_ms
    assert (plan.total.steps, plan.total.open_steps) == (3, 2)
    run = begun(plan)
    run.move(Move(MoveKind.STILL), 0)
    view = run.view(0)
    assert view.whole_left_ms == 5_000 + 30_000 + 10_000
    assert view.whole_done_ms == MINUTE_MS


def test_back_and_next_know_to_which_step_it_belongs() -> None:
    run = begun(plan_of(HOLD, PULL, RUB, CHECK))
    run.move(Move(MoveKind.STILL), 1_000)
    run.move(Move(MoveKind.BACK), 2_000)
    assert name(run, 2_000) == "Hold"
    run.move(Move(MoveKind.NEXT), 3_000)
    assert name(run, 3_000) == "Rub"


def test_one_at_the_very_end_is_no_end_that_everybody_reaches() -> None:
    run = begun(plan_of(HOLD, PULL))
    assert run.plan.span(0).is_last
    run.move(Move(MoveKind.DONE), 1_000)
    assert run.phase == "ended"


def test_nobody_can_be_asked_in_a_rehearsal_and_so_it_is_passed() -> None:
    run = Run(plan_of(HOLD, PULL, RUB), lapse_after_ms=None, ends_open_steps=True)
    run.move(Move(MoveKind.START), 0)
    run.advance(MINUTE_MS)
    assert name(run, MINUTE_MS) == "Rub"


def test_the_advice_counts_from_the_cramps_beginning_over_all_steps() -> None:
    run = begun(plan_of(HOLD, RUB, CHECK))
    run.move(Move(MoveKind.DONE), 5 * MINUTE_MS)
    events = run.advance(12 * MINUTE_MS)
    assert warned(events) == [10 * MINUTE_MS]
    assert "10 minutes." not in [
        e.cue.say for e in events if isinstance(e, CueDue) and e.at == 10 * MINUTE_MS
    ]
    assert warned(run.advance(30 * MINUTE_MS)) == []


def test_beginning_the_step_again_does_not_begin_the_cramp_again() -> None:
    run = begun(plan_of(HOLD, RUB))
    run.move(Move(MoveKind.AGAIN), 9 * MINUTE_MS)
    assert warned(run.advance(11 * MINUTE_MS)) == [10 * MINUTE_MS]


def test_a_pause_does_not_end_the_cramp() -> None:
    run = begun(plan_of(HOLD, RUB))
    run.move(Move(MoveKind.PAUSE), 1 * MINUTE_MS)
    events = run.move(Move(MoveKind.GO_ON), 15 * MINUTE_MS)
    assert warned((*events, *run.advance(16 * MINUTE_MS))) == [15 * MINUTE_MS + 1]


def test_another_routine_for_the_same_cramp_counts_on() -> None:
    first = begun(plan_of(HOLD))
    later = begun(plan_of(CHECK), first.cramp_ms(7 * MINUTE_MS))
    assert warned(later.advance(5 * MINUTE_MS)) == [3 * MINUTE_MS]
    over = begun(plan_of(CHECK), 10 * MINUTE_MS)
    assert warned(over.advance(20 * MINUTE_MS)) == [], "it was said"


def test_what_is_taken_up_again_counts_on() -> None:
    run = begun(plan_of(HOLD))
    saved = run.saved(8 * MINUTE_MS)
    assert saved.cramp_ms == 8 * MINUTE_MS
    again = Run.restored(run.plan, saved, lapse_after_ms=None)
    again.move(Move(MoveKind.GO_ON), 1_000)
    assert warned(again.advance(5 * MINUTE_MS)) == [2 * MINUTE_MS + 1_000]


def test_a_routine_that_is_for_no_cramp_says_nothing_of_it() -> None:
    run = begun(plan_of(HOLD, is_urgent=False))
    assert warned(run.advance(20 * MINUTE_MS)) == []
    assert run.saved(20 * MINUTE_MS).cramp_ms == 0
