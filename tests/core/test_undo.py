"""What undo promises, over generated plans and what people do to them."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.core.generated import MOVES, PLANS, SCRIPTS
from tests.core.run_scripts import START, Script, act_out, place, started, two_steps
from uncramp.core.plan.cues import Cue
from uncramp.core.plan.plan import Plan, SpanKind, make_plan
from uncramp.core.routine.model import CueKind, Routine, Step
from uncramp.core.run.events import CueDue, Event, LengthChanged, SpanBegan, Undone
from uncramp.core.run.moves import IllegalMove, Move, MoveKind, Phase
from uncramp.core.run.run import LAPSE_AFTER_MS, Run
from uncramp.core.run.saved import Saved
from uncramp.core.run.undo import LEAVES_MS, MOST_REMEMBERED

UNDO = Move(MoveKind.UNDO)


def acted_out(plan: Plan, script: Script) -> tuple[Run, int]:
    run = started(plan)
    return run, act_out(run, script)[0]


def has_made(run: Run, move: Move, now: int) -> bool:
    """Make the move, if it is a change that can be undone."""
    if move.kind is MoveKind.UNDO or not run.allows(move.kind):
        return False
    try:
        run.move(move, now)
    except IllegalMove:
        return False
    return run.allows(MoveKind.UNDO)


def without_heard(saved: Saved) -> Saved:
    return replace(saved, heard_ms=0, has_had_halfway=False)


def cues(events: Iterable[Event]) -> list[tuple[int, Cue]]:
    return [(event.span.index, event.cue) for event in events if isinstance(event, CueDue)]


def future(run: Run, now: int) -> tuple[Event, ...]:
    went_on = run.move(Move(MoveKind.GO_ON), now) if run.allows(MoveKind.GO_ON) else ()
    return (*went_on, *run.advance(now + 40_000))


@given(PLANS, SCRIPTS, MOVES)
def test_a_move_undone_at_once_leaves_the_same_future(
    plan: Plan, script: Script, move: Move
) -> None:
    """Everything except the cues played because of the move: none is played twice."""
    run, now = acted_out(plan, script)
    twin, _ = acted_out(plan, script)
    twin.advance(now)
    if not run.allows(move.kind):
        return
    try:
        heard = cues(run.move(move, now))
    except IllegalMove:
        return
    assume(move.kind is not MoveKind.UNDO and run.phase is not Phase.ENDED)
    if move.kind is not MoveKind.GO_ON:
        # Cues of another span are heard again when that span comes.
        heard = []
    assert not cues(run.move(UNDO, now))
    assert run.phase is twin.phase
    assert without_heard(run.saved(now)) == without_heard(twin.saved(now))
    ours, theirs = future(run, now), future(twin, now)
    assert [cue for cue in cues(theirs) if cue not in heard] == cues(ours)
    assert [e for e in ours if not isinstance(e, CueDue)] == [
        e for e in theirs if not isinstance(e, CueDue)
    ]


@given(PLANS, SCRIPTS, MOVES, st.integers(0, LAPSE_AFTER_MS))
def test_the_clock_has_gone_on_as_if_the_move_had_not_been_made(
    plan: Plan, script: Script, move: Move, wait_ms: int
) -> None:
    run, now = acted_out(plan, script)
    twin, _ = acted_out(plan, script)
    index = twin.saved(now).index
    later = now + wait_ms
    if not has_made(run, move, now):
        return
    run.advance(later)
    # A run that the move ended stood still until the undo.
    seen = now if run.phase is Phase.ENDED else later
    twin.advance(seen)
    view = twin.view(seen)
    # An open step may end by itself, too.
    end_ms = view.span.ends_ms if view.counts_up else view.length_ms
    assume(run.allows(MoveKind.UNDO) and run.view(later).undoes is move.kind)
    assume(view.span.index == index)
    assume(end_ms is None or end_ms - view.position_ms >= LEAVES_MS)
    run.move(UNDO, later)
    assert run.phase is twin.phase
    # The cramp itself goes on whatever the run does.
    theirs = replace(twin.saved(seen), cramp_ms=twin.saved(later).cramp_ms)
    ours = run.saved(later)
    if move.kind is MoveKind.GO_ON:
        ours = replace(ours, played_ms=theirs.played_ms)
    assert without_heard(ours) == without_heard(theirs)
    if move.kind in (MoveKind.NEXT, MoveKind.PAUSE) and theirs.heard_ms >= 0:
        assert ours == theirs


@given(PLANS, SCRIPTS, MOVES, st.lists(st.integers(0, 5_000), max_size=12))
def test_an_undone_move_leads_back_to_time_to_find_ones_place(
    plan: Plan, script: Script, move: Move, glances: list[int]
) -> None:
    """Never past its span; the same however time is sliced; nothing is heard late."""
    run, now = acted_out(plan, script)
    unwatched, _ = acted_out(plan, script)
    before = run.saved(now)
    was = run.view(now)
    if not has_made(run, move, now):
        return
    unwatched.move(move, now)
    for wait_ms in glances:
        now += wait_ms
        run.advance(now)
    unwatched.advance(now)
    assume(run.allows(MoveKind.UNDO) and run.view(now).undoes is move.kind)
    events = run.move(UNDO, now)
    assert unwatched.move(UNDO, now) == events
    assert run.saved(now) == unwatched.saved(now)
    assert not cues(events)
    after = run.saved(now)
    assert (after.index, after.done) == (before.index, before.done)
    assert after.position_ms >= before.position_ms
    if not was.counts_up:
        left_ms = before.length_ms - before.position_ms
        assert after.length_ms - after.position_ms >= min(LEAVES_MS, left_ms)


@given(PLANS, SCRIPTS, st.lists(MOVES, max_size=12))
def test_several_moves_are_undone_one_after_another(
    plan: Plan, script: Script, several: list[Move]
) -> None:
    run, now = acted_out(plan, script)
    run.advance(now)
    stages = []
    for move in several:
        before = without_heard(run.saved(now)), run.phase
        if has_made(run, move, now):
            stages.append(before)
        if run.phase is Phase.ENDED:
            return
    for before in reversed(stages):
        run.move(UNDO, now)
        assert (without_heard(run.saved(now)), run.phase) == before
        if run.phase is Phase.LAPSED:
            return


def test_a_skip_undone_four_seconds_later_finds_the_step_four_seconds_on() -> None:
    run = two_steps()
    run.move(Move(MoveKind.NEXT), 17_000)
    events = run.move(UNDO, 21_000)
    assert place(run, 21_000) == (1, 16_000)
    assert [type(e).__name__ for e in events] == ["Undone", "SpanEnded", "SpanBegan"]
    assert isinstance(events[0], Undone)
    assert events[0].kind is MoveKind.NEXT
    assert isinstance(events[2], SpanBegan)
    assert (events[2].span.index, events[2].from_ms) == (1, 16_000)


def test_a_skip_undone_when_its_step_would_be_over_leaves_five_seconds_of_it() -> None:
    run = two_steps()
    run.move(Move(MoveKind.NEXT), 17_000)
    run.advance(60_000)
    run.move(UNDO, 60_000)
    assert place(run, 60_000) == (1, 25_000)


def test_an_undone_pause_was_none() -> None:
    run = two_steps()
    run.move(Move(MoveKind.PAUSE), 8_000)
    run.move(UNDO, 18_000)
    assert run.phase is Phase.RUNNING
    assert place(run, 18_000) == (1, 13_000)
    assert run.view(18_000).played_ms == 18_000


def test_a_pause_undone_after_an_hour_leaves_five_seconds_of_its_step() -> None:
    run = two_steps()
    run.move(Move(MoveKind.PAUSE), 8_000)
    assert cues(run.move(UNDO, 3_600_000)) == []
    assert place(run, 3_600_000) == (1, 25_000)
    later = [cue.kind for _, cue in cues(run.advance(3_605_000))]
    assert later == [CueKind.TICK] * 3 + [CueKind.END, CueKind.READY]


def test_going_on_undone_stands_where_it_stood_and_repeats_no_cue() -> None:
    run = two_steps()
    run.move(Move(MoveKind.PAUSE), 31_500)
    run.move(Move(MoveKind.GO_ON), 40_000)
    heard = cues(run.advance(41_000))
    assert [cue.kind for _, cue in heard] == [CueKind.TICK]
    run.move(UNDO, 41_000)
    assert run.phase is Phase.PAUSED
    assert place(run, 41_000) == (1, 26_500)
    run.move(Move(MoveKind.GO_ON), 50_000)
    assert [cue.kind for _, cue in cues(run.advance(53_499))] == [CueKind.TICK] * 2


def test_more_time_undone_too_late_leaves_five_seconds_from_now() -> None:
    run = two_steps()
    run.move(Move(MoveKind.MORE, by_ms=10_000), 20_000)
    run.advance(37_000)
    events = run.move(UNDO, 37_000)
    assert [e.length_ms for e in events if isinstance(e, LengthChanged)] == [37_000]
    assert place(run, 37_000) == (1, 32_000)


def test_what_concerned_a_span_that_is_over_is_not_undone_any_more() -> None:
    run = two_steps()
    run.move(Move(MoveKind.MORE, by_ms=5_000), 20_000)
    assert run.view(20_000).undoes is MoveKind.MORE
    run.advance(41_000)
    assert run.view(41_000).undoes is None
    assert not run.allows(MoveKind.UNDO)
    with pytest.raises(IllegalMove):
        run.move(UNDO, 41_000)


def test_a_done_that_is_undone_is_not_counted() -> None:
    hold = Step("steps[0]", "Hold", 60_000, is_open=True)
    run = started(make_plan(Routine("r", "R", (hold, replace(hold, key="steps[1]")))))
    run.move(Move(MoveKind.DONE), 20_000)
    assert run.view(20_000).steps_done == 1
    run.move(UNDO, 30_000)
    assert run.view(30_000).steps_done == 0
    assert place(run, 30_000) == (0, 30_000)


def test_after_a_lapse_the_choice_can_be_made_anew() -> None:
    run = Run(make_plan(Routine("r", "R", (Step("steps[0]", "Rub", 60_000),))))
    run.move(START, 0)
    run.advance(4_000)
    run.advance(30_000)
    run.move(Move(MoveKind.AGAIN), 30_000)
    run.move(UNDO, 31_000)
    assert run.phase is Phase.LAPSED
    assert (run.view(31_000).gap_ms, place(run, 31_000)) == (26_000, (0, 4_000))
    assert not run.allows(MoveKind.UNDO)


def test_the_first_of_very_many_moves_is_forgotten() -> None:
    run = two_steps()
    for _ in range(MOST_REMEMBERED + 5):
        run.move(Move(MoveKind.AGAIN), 1_000)
    for _ in range(MOST_REMEMBERED):
        run.move(UNDO, 1_000)
    assert not run.allows(MoveKind.UNDO)
    assert run.view(1_000).span.kind is SpanKind.GET_READY


def test_neither_the_start_nor_the_end_can_be_undone() -> None:
    run = two_steps()
    assert not run.allows(MoveKind.UNDO)
    run.move(Move(MoveKind.END), 1_000)
    assert not run.allows(MoveKind.UNDO)
