"""Each line of the engine's contract, over generated plans and what people do to them."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.core.generated import MOVES, PLANS, SCRIPTS, WAITS
from tests.core.run_scripts import START, Script, act_out, place, started, two_steps
from uncramp.core.plan.cues import cues_of
from uncramp.core.plan.plan import Plan, SpanKind, make_plan
from uncramp.core.routine.model import CueKind, Routine, Step
from uncramp.core.run.course import BACK_WITHIN_MS
from uncramp.core.run.events import (
    CueDue,
    Event,
    Lapsed,
    RunEnded,
    SpanBegan,
    SpanEnd,
    SpanEnded,
    Undone,
    is_late,
)
from uncramp.core.run.moves import TRANSITIONS, IllegalMove, Move, MoveKind, Phase
from uncramp.core.run.run import LAPSE_AFTER_MS, NotThisPlan, Run


def play_through(plan: Plan) -> tuple[int, list[Event]]:
    """Everything that happens in an undisturbed run, open steps ended at their prompts."""
    run = Run(plan, lapse_after_ms=None, ends_open_steps=True)
    events = list(run.move(START, 0))
    events += run.advance(plan.total.length_ms)
    return plan.total.length_ms, events


@given(PLANS)
def test_an_undisturbed_run_is_the_plan(plan: Plan) -> None:
    """Contract 3: each cue once, in order, none after the end; spans add up to the total."""
    end, events = play_through(plan)
    spans = list(plan.spans())
    assert [e.span.index for e in events if isinstance(e, SpanBegan)] == [s.index for s in spans]
    assert [e.at for e in events if isinstance(e, SpanBegan)] == [s.start_ms for s in spans]
    assert [e.at for e in events if isinstance(e, SpanEnded)] == [s.end_ms for s in spans]
    due = [(e.at, e.cue) for e in events if isinstance(e, CueDue) and not e.cue.is_long_cramp]
    assert due == [(s.start_ms + cue.at_ms, cue) for s in spans for cue in cues_of(s)]
    assert [at for at, _ in due] == sorted(at for at, _ in due)
    ended = events[-1]
    assert isinstance(ended, RunEnded)
    assert ended.at == end
    assert ended.record.is_complete
    assert ended.record.played_ms == plan.total.length_ms
    assert ended.record.steps_done == plan.total.steps


@given(PLANS, SCRIPTS, st.lists(st.integers(0, 5_000), max_size=30), st.booleans())
def test_looking_more_often_changes_nothing(
    plan: Plan, script: Script, glances: list[int], ends_open_steps: bool
) -> None:
    """Contract 2: the same events, however time is sliced."""
    run = started(plan, ends_open_steps=ends_open_steps)
    now, _ = act_out(run, script)
    watched = Run.restored(plan, run.saved(now), lapse_after_ms=None)
    unwatched = Run.restored(plan, run.saved(now), lapse_after_ms=None)
    if run.phase is Phase.ENDED:
        return
    seen = [*watched.move(Move(MoveKind.GO_ON), now)]
    at_once = [*unwatched.move(Move(MoveKind.GO_ON), now)]
    for wait_ms in glances:
        now += wait_ms
        seen += watched.advance(now)
    at_once += unwatched.advance(now)
    assert seen == at_once
    assert watched.view(now) == unwatched.view(now)
    assert watched.saved(now) == unwatched.saved(now)


@given(PLANS, SCRIPTS)
def test_cues_come_in_order_and_once_whatever_a_person_does(plan: Plan, script: Script) -> None:
    """Contract 3, under moves."""
    run = started(plan)
    _, events = act_out(run, script)
    moments = [event.at for event in events]
    assert moments == sorted(moments)
    present, fired = plan.span(0), set[tuple[CueKind, int]]()
    for event in events:
        if isinstance(event, SpanBegan):
            present, fired = event.span, set()
        elif isinstance(event, CueDue):
            # A cue is the present span's, and the same one never sounds twice in it.
            assert event.span.index == present.index
            is_halfway = event.cue.kind is CueKind.HALFWAY
            key = (event.cue.kind, 0 if is_halfway else event.cue.at_ms)
            assert event.cue.kind is CueKind.PROMPT or key not in fired
            fired.add(key)
    for event, following in pairwise(events):
        # A move past the plan's end can be undone; nothing else follows an end.
        assert not isinstance(event, RunEnded) or isinstance(following, Undone)


@given(PLANS, SCRIPTS, st.integers(0, 40_000))
def test_a_run_saved_at_any_moment_has_the_same_future(
    plan: Plan, script: Script, later_ms: int
) -> None:
    """Contract 8: restored elsewhere, on another clock, what is to come is the same."""
    run = started(plan)
    now, _ = act_out(run, script)
    if run.phase is Phase.ENDED:
        return
    if run.phase is Phase.RUNNING:
        run.move(Move(MoveKind.PAUSE), now)
    other = Run.restored(plan, run.saved(now), lapse_after_ms=None)
    shift = 1_000_000_007
    here = [*run.move(Move(MoveKind.GO_ON), now), *run.advance(now + later_ms)]
    there = [
        *other.move(Move(MoveKind.GO_ON), now + shift),
        *other.advance(now + shift + later_ms),
    ]
    assert [replace(event, at=event.at + shift) for event in here] == there
    assert run.saved(now + later_ms) == other.saved(now + shift + later_ms)


def test_a_run_of_another_plan_is_never_resumed() -> None:
    """Contract 8: a routine edited since."""
    plan = make_plan(Routine("r", "R", (Step("steps[0]", "Rub", 1_000),)))
    edited = make_plan(Routine("r", "R", (Step("steps[0]", "Rub", 2_000),)))
    with pytest.raises(NotThisPlan):
        Run.restored(edited, started(plan).saved(500))


@given(PLANS, SCRIPTS, WAITS, st.integers(LAPSE_AFTER_MS + 1, 10**9))
def test_a_closed_lid_pauses_where_it_was_last_seen(
    plan: Plan, script: Script, wait_ms: int, gap_ms: int
) -> None:
    """Contract 4: no missed chimes, back to the last seen moment, paused."""
    run = started(plan)
    now, _ = act_out(run, script)
    if run.phase is not Phase.RUNNING:
        return
    away = Run.restored(plan, run.saved(now))
    away.move(Move(MoveKind.GO_ON), now)
    seen = now + wait_ms
    away.advance(seen)
    before = away.saved(seen)
    if away.phase is not Phase.RUNNING:
        return
    events = away.advance(seen + gap_ms)
    assert [type(event) for event in events] == [Lapsed]
    assert isinstance(events[0], Lapsed)
    assert events[0].gap_ms == gap_ms == away.view(seen + gap_ms).gap_ms
    assert away.view(seen + gap_ms).phase is Phase.LAPSED
    # A cramp goes on whether or not anybody looks.
    after = away.saved(seen + gap_ms)
    assert replace(after, cramp_ms=before.cramp_ms) == before
    assert away.next_wake(seen + gap_ms) is None
    # Going on takes up the very moment.
    away.move(Move(MoveKind.GO_ON), seen + 2 * gap_ms)
    assert away.saved(seen + 2 * gap_ms).position_ms == before.position_ms


@given(PLANS, st.integers(LAPSE_AFTER_MS + 1, 10**6), st.integers(0, 4_000))
def test_catching_up_leads_where_the_clock_says(plan: Plan, gap_ms: int, seen: int) -> None:
    """Contract 4: where it would have been, had it been watched; sounding nothing on the way."""
    # One that goes on by itself does not while nobody can hear it: see test_ends_after.
    assume(all(span.ends_ms is None for span in plan.spans()))
    away, watched = Run(plan), started(plan)
    away.move(START, 0)
    away.advance(seen)
    if away.phase is not Phase.RUNNING:
        return
    away.advance(seen + gap_ms)
    events = away.move(Move(MoveKind.CATCH_UP), seen + gap_ms)
    watched.advance(seen + gap_ms)
    now = seen + gap_ms
    assert not [e for e in events if isinstance(e, CueDue) and e.span.index == 0 and e.at < now]
    assert away.phase is watched.phase
    ours, theirs = away.saved(now), watched.saved(now)
    assert (ours.index, ours.done) == (theirs.index, theirs.done)
    if away.phase is Phase.RUNNING:
        assert ours.position_ms == theirs.position_ms
        assert ours.played_ms == theirs.played_ms


@given(PLANS, SCRIPTS)
def test_the_table_of_moves_is_what_a_run_obeys(plan: Plan, script: Script) -> None:
    """Contract 6: a move that is not allowed raises and changes nothing; others do not raise."""
    run = started(plan)
    now, _ = act_out(run, script)
    for kind in MoveKind:
        trial = started(plan)
        act_out(trial, script)
        before, view = trial.saved(now), trial.view(now)
        assert trial.allows(kind) == run.allows(kind) == (kind in view.allowed)
        if trial.allows(kind):
            phases = TRANSITIONS[trial.phase][kind]
            trial.move(Move(kind), now)
            assert trial.phase in (*phases, Phase.ENDED)
        else:
            with pytest.raises(IllegalMove):
                trial.move(Move(kind), now)
            assert (trial.saved(now), trial.view(now)) == (before, view)


def test_an_ended_run_takes_no_move() -> None:
    run = started(make_plan(Routine("r", "R", (Step("steps[0]", "Rub", 1_000),))))
    run.move(Move(MoveKind.END), 10)
    assert not any(run.allows(kind) for kind in MoveKind)


@settings(max_examples=60)
@given(PLANS, SCRIPTS, st.integers(0, 999))
def test_nothing_changes_before_the_next_wake_and_something_does_at_it(
    plan: Plan, script: Script, glance_ms: int
) -> None:
    """Contract 7: no polling: a caller may sleep until then and miss nothing."""
    run = started(plan)
    now, _ = act_out(run, script)
    now += glance_ms
    run.advance(now)
    wake = run.next_wake(now)
    if wake is None:
        assert run.phase is not Phase.RUNNING
        assert not run.advance(now + 60_000)
        return
    assert now < wake <= now + 1_000
    shown = run.view(now)
    assert not run.advance(wake - 1)
    before = run.view(wake - 1)
    assert (before.shown_ms, before.span, before.phase) == (shown.shown_ms, shown.span, shown.phase)
    events = run.advance(wake)
    assert events or run.view(wake).shown_ms != shown.shown_ms


@given(PLANS, SCRIPTS)
def test_looking_ahead_tells_what_will_fall_due(plan: Plan, script: Script) -> None:
    run = started(plan)
    now, _ = act_out(run, script)
    ahead = run.due_until(now, now + 4_000)
    assert run.due_until(now, now + 4_000) == ahead
    events = run.advance(now + 4_000)
    assert ahead == tuple(event for event in events if isinstance(event, CueDue))


@given(PLANS, SCRIPTS)
def test_ending_early_records_how_much_was_done(plan: Plan, script: Script) -> None:
    """Contract 9."""
    run = started(plan)
    script = [(wait, move) for wait, move in script if move and move.kind is not MoveKind.UNDO]
    now, events = act_out(run, script)
    if run.phase is Phase.ENDED:
        return
    done = {
        event.span.step_number
        for event in events
        if isinstance(event, SpanEnded)
        and event.span.kind is SpanKind.STEP
        and event.how is not SpanEnd.SKIPPED
    }
    played = run.view(now).played_ms
    ended = run.move(Move(MoveKind.END), now)[-1]
    assert isinstance(ended, RunEnded)
    assert not ended.record.is_complete
    assert ended.record.steps_done == len(done)
    assert ended.record.played_ms == played
    assert ended.record.total_ms == plan.total.length_ms
    assert run.advance(now + 10**9) == ()


@given(st.integers(1, 90_000), st.integers(1, 10**7))
def test_an_open_step_counts_up_and_ends_only_by_a_move(first_ms: int, waited: int) -> None:
    """Contract 10: prompts at its time, at twice that, then each minute."""
    step = Step("steps[0]", "Hold", first_ms, is_open=True)
    run = started(make_plan(Routine("r", "R", (step,))))
    events = run.advance(waited)
    prompts = [e.at for e in events if isinstance(e, CueDue)]
    expected, at = [], first_ms
    while at <= waited:
        expected.append(at)
        at += first_ms if at == first_ms else 60_000
    assert prompts == expected
    assert run.view(waited).counts_up
    assert run.view(waited).shown_ms == waited // 1_000 * 1_000
    assert run.phase is Phase.RUNNING
    ended = run.move(Move(MoveKind.DONE), waited)
    closing = [e.cue.kind for e in ended if isinstance(e, CueDue)]
    assert closing == [CueKind.END, CueKind.FINISH]
    assert run.view(waited).phase is Phase.ENDED


@given(PLANS, SCRIPTS, MOVES)
def test_the_whole_adds_up_at_any_moment(plan: Plan, script: Script, move: Move) -> None:
    run = started(plan)
    now, _ = act_out(run, [*script, (0, move)])
    view = run.view(now)
    assert view.whole_done_ms >= 0
    assert view.whole_left_ms >= 0
    assert view.whole_done_ms + view.whole_left_ms == (
        plan.total.length_ms + view.length_ms - view.span.length_ms
    )
    numbers = [span.step_number for span in view.coming]
    here = view.span.step_number
    assert numbers == [n for n in (here + 1, here + 2) if n <= plan.total.steps]
    assert all(span.kind is SpanKind.STEP for span in view.coming)


def test_back_leads_to_the_step_before_early_on_and_to_the_beginning_later() -> None:
    run = two_steps()
    run.advance(40_000 + BACK_WITHIN_MS)
    assert place(run, 40_000 + BACK_WITHIN_MS) == (3, BACK_WITHIN_MS)
    run.move(Move(MoveKind.BACK), 43_000)
    assert place(run, 43_000) == (3, 0)
    run.move(Move(MoveKind.BACK), 45_999)
    assert place(run, 45_999) == (0, 0)


def test_next_skips_the_whole_step_and_done_only_the_get_ready() -> None:
    run = two_steps()
    run.move(Move(MoveKind.DONE), 1_000)
    assert place(run, 1_000) == (1, 0)
    run.move(Move(MoveKind.BACK), 1_000)
    run.move(Move(MoveKind.NEXT), 1_000)
    assert place(run, 1_000) == (2, 0)
    run.move(Move(MoveKind.NEXT), 1_000)
    assert run.phase is Phase.ENDED


def test_more_and_less_time_stay_in_the_range_and_less_than_is_left_ends_the_step() -> None:
    run = two_steps()
    run.advance(10_000)
    run.move(Move(MoveKind.MORE), 10_000)
    assert run.view(10_000).length_ms == 40_000
    for _ in range(3):
        run.move(Move(MoveKind.LESS), 10_000)
    assert run.view(10_000).length_ms == 20_000
    run.move(Move(MoveKind.MORE), 26_000 - 2_000)
    run.advance(36_000)
    events = run.move(Move(MoveKind.LESS), 36_000)
    assert [e.cue.kind for e in events if isinstance(e, CueDue)] == [CueKind.END, CueKind.READY]
    assert place(run, 36_000) == (2, 0)


def test_more_time_after_the_middle_brings_no_second_halfway_but_the_last_seconds_tick() -> None:
    run = started(make_plan(Routine("r", "R", (Step("steps[0]", "Rub", 60_000),))))
    run.advance(31_000)
    run.move(Move(MoveKind.MORE), 31_000)
    later = [e.cue.kind for e in run.advance(75_000) if isinstance(e, CueDue)]
    assert later == [CueKind.TICK] * 3 + [CueKind.END, CueKind.FINISH]


def test_a_late_cue_is_known_to_be_late_and_one_that_waits_is_not() -> None:
    """Contract 5."""
    plan = make_plan(Routine("r", "R", (Step("a", "Rub", 9_000), Step("b", "Roll", 9_000))))
    due = [e for e in play_through(plan)[1] if isinstance(e, CueDue)]
    opening = next(e for e in due if e.span.index == 1)
    assert opening.sounds_at == opening.at + 700
    assert not is_late(opening, opening.at + 1_700)
    assert is_late(opening, opening.at + 1_701)


def test_a_clock_that_goes_backwards_is_taken_to_stand_still() -> None:
    run = two_steps()
    run.advance(10_000)
    assert run.advance(9_000) == ()
    assert place(run, 10_000) == (1, 5_000)
