from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.session.machine import HOLD, PLAN, Machine, conductor, follow
from uncramp.audio.volume import Loudness
from uncramp.core.plan.plan import make_plan
from uncramp.core.routine.model import Choices, Cues, Routine, Side, Sides, Sound, Step
from uncramp.core.run.events import CueDue, Event, Lapsed, RunEnded, SpanBegan, Started
from uncramp.core.run.moves import IllegalMove, Move, MoveKind, Phase
from uncramp.core.run.run import NotThisPlan
from uncramp.core.run.timeline import timeline
from uncramp.session.conductor import BEGUN_MOST_MS, Conductor, RunPace
from uncramp.session.cue_player import REFILL_MS, CuePlayer
from uncramp.session.ports import RunPorts
from uncramp.system.clocks import Clocks


@pytest.mark.parametrize("speed", [1.0, 20.0, 0.5])
def test_each_sound_goes_to_the_player_once_with_its_moment(speed: float) -> None:
    machine = Machine()
    start_s = machine.steady_s
    run = conductor(machine, speed)
    run.move(Move(MoveKind.START))
    follow(run, machine, 100.2 / speed)
    within = [sound for sound in machine.played if sound[2] <= machine.steady_s + 0.9 / speed]
    heard = [(name, volume, round((at - start_s) * speed, 2)) for name, volume, at in within]
    assert heard == [
        ("ready", 1.0, 0.0), ("start", 1.0, 5.0), ("tick", 1.0, 32.0), ("tick", 1.0, 33.0),
        ("tick", 1.0, 34.0), ("end", 1.0, 35.0), ("ready", 0.5, 35.7), ("start", 0.5, 40.0),
        ("halfway", 0.5, 70.0), ("tick", 0.5, 97.0), ("tick", 0.5, 98.0), ("tick", 0.5, 99.0),
        ("end", 0.5, 100.0), ("start", 1.0, 100.7),
    ]  # fmt: skip


@pytest.mark.parametrize("delay_ms", [0, 2_000])
def test_a_sound_is_with_the_player_well_before_its_moment(delay_ms: int) -> None:
    machine = Machine()
    run = Conductor(PLAN, machine.clocks(), machine, pace=RunPace(delay_ms=delay_ms))
    run.move(Move(MoveKind.START))
    seen: dict[float, float] = {}
    for _ in range(60):
        machine.pass_s(run.wait_s() or 0)
        run.tick()
        for _, _, at in machine.played:
            seen.setdefault(at, machine.steady_s)
    needed_s = (REFILL_MS + delay_ms) / 1000
    early = [at - known for at, known in seen.items() if at > 100.0 + 2 * needed_s]
    assert early
    assert min(early) >= needed_s - 1.0


def test_a_pause_takes_back_what_has_not_sounded_and_going_on_gives_it_again() -> None:
    machine = Machine()
    run = conductor(machine)
    run.move(Move(MoveKind.START))
    machine.pass_s(2)
    run.move(Move(MoveKind.PAUSE))
    assert [name for name, _, _ in machine.played] == ["ready", "pause"]
    assert run.wait_s() is None
    machine.pass_s(600)
    assert run.tick() == ()
    run.move(Move(MoveKind.GO_ON))
    assert machine.played[2:4] == [("start", 1.0, 100 + 602 + 3), ("go-on", 1.0, 702.15)]


def test_a_skipped_steps_sounds_are_never_heard() -> None:
    machine = Machine()
    run = conductor(machine)
    run.move(Move(MoveKind.START))
    follow(run, machine, 33)
    machine.pass_s(0.5)
    run.move(Move(MoveKind.NEXT))
    follow(run, machine, 4)
    names = [(name, at - 100) for name, _, at in machine.played]
    assert names[-2:] == [("ready", 33.5), ("start", 38.5)]
    assert ("end", 35.0) not in names
    assert ("tick", 34.0) not in names


def test_the_clock_that_counts_sleep_shows_a_closed_lid() -> None:
    machine = Machine()
    run = conductor(machine)
    run.move(Move(MoveKind.START))
    machine.pass_s(3)
    run.tick()
    machine.sleep_s(4 * 3600)
    (lapsed,) = run.tick()
    assert isinstance(lapsed, Lapsed)
    assert lapsed.gap_ms == 4 * 3600 * 1000
    assert [name for name, _, _ in machine.played] == ["ready"]
    assert run.view().position_ms == 3_000
    run.move(Move(MoveKind.GO_ON))
    assert [name for name, _, _ in machine.played[1:]] == ["start", "go-on"]
    assert machine.played[1][2] == pytest.approx(105)


def test_a_machine_with_one_clock_shows_a_stopped_process_just_so() -> None:
    machine = Machine()
    one = machine.clocks()
    run = Conductor(PLAN, Clocks(one.steady, one.steady, one.wall), machine)
    run.move(Move(MoveKind.START))
    machine.pass_s(60)
    (lapsed,) = run.tick()
    assert isinstance(lapsed, Lapsed)
    assert [name for name, _, _ in machine.played] == ["ready", "warning"]


@pytest.mark.parametrize(("late_ms", "is_sounded"), [(1_000, True), (1_001, False)])
def test_a_cue_more_than_a_second_late_is_not_sounded(late_ms: int, is_sounded: bool) -> None:
    machine = Machine()
    due = next(event for event in timeline(PLAN) if isinstance(event, CueDue))
    cues = CuePlayer(machine, None, machine.clocks(), 1.0, Loudness(), 0, 0)
    cues.hand_over(due, due.at + late_ms)
    assert bool(machine.played) is is_sounded


def test_a_move_that_is_not_allowed_silences_nothing() -> None:
    machine = Machine()
    run = conductor(machine)
    run.move(Move(MoveKind.START))
    cancels = machine.cancels
    with pytest.raises(IllegalMove):
        run.move(Move(MoveKind.GO_ON))
    assert machine.cancels == cancels


def test_a_persons_own_sound_has_a_bundled_one_to_stand_in_for_it() -> None:
    machine = Machine()
    own = Cues(start=Sound("./gong.ogg", "/somewhere"))
    plan = make_plan(
        Routine("r", "R", (Step("steps[0]", "Rub", 30_000, get_ready_ms=5_000, cues=own),))
    )
    run = Conductor(plan, machine.clocks(), machine)
    run.move(Move(MoveKind.START))
    machine.pass_s(2)
    run.tick()
    assert machine.shaped[-1] == ("./gong.ogg", False, "start")


def test_going_on_is_said_by_the_cue_itself_where_one_is_so_near() -> None:
    machine = Machine()
    run = conductor(machine)
    run.move(Move(MoveKind.START))
    machine.pass_s(4.5)
    run.move(Move(MoveKind.PAUSE))
    machine.pass_s(60)
    run.move(Move(MoveKind.GO_ON))
    assert [name for name, _, _ in machine.played] == ["ready", "pause", "start"]


def test_a_cue_that_is_not_heard_says_nothing() -> None:
    machine = Machine()
    run = conductor(machine, loudness=Loudness(volumes={"start": 0}))
    run.move(Move(MoveKind.START))
    machine.pass_s(4.5)
    run.move(Move(MoveKind.PAUSE))
    run.move(Move(MoveKind.GO_ON))
    assert machine.played[-1] == ("go-on", 1.0, 104.65)


@pytest.mark.parametrize(("gap_s", "warns"), [(60, True), (4 * 3_600, False)])
def test_a_lapse_is_heard_unless_everybody_may_be_asleep(gap_s: float, warns: bool) -> None:
    machine = Machine()
    run = conductor(machine)
    run.move(Move(MoveKind.START))
    machine.pass_s(3)
    run.tick()
    machine.sleep_s(gap_s)
    run.tick()
    assert [name for name, _, _ in machine.played] == ["ready", *["warning"] * warns]


def test_a_step_that_goes_no_further_says_so() -> None:
    machine = Machine()
    step = Step("steps[0]", "Rub", 30_000, get_ready_ms=0, range_ms=(30_000, 40_000))
    plan = make_plan(Routine("r", "R", (step,)))
    run = Conductor(plan, machine.clocks(), machine)
    run.move(Move(MoveKind.START))
    machine.pass_s(2)
    run.move(Move(MoveKind.MORE))
    assert machine.played[-1] == ("warning", 1.0, 102.15)


def test_more_time_lets_ring_what_rings_and_wait_what_waits() -> None:
    machine = Machine()
    run = conductor(machine)
    run.move(Move(MoveKind.START))
    follow(run, machine, 35.1)
    waits = [("end", 135.0), ("ready", 135.7)]
    assert [(name, at) for name, _, at in machine.played if 134.5 < at < 139] == waits
    cancels = machine.cancels
    run.move(Move(MoveKind.MORE))
    assert machine.cancels == cancels
    follow(run, machine, 3)
    assert [(name, at) for name, _, at in machine.played if 134.5 < at < 139] == waits


def test_less_time_that_ends_a_step_sounds_its_end_and_nothing_that_waited() -> None:
    machine = Machine()
    run = conductor(machine)
    run.move(Move(MoveKind.START))
    follow(run, machine, 25)
    run.move(Move(MoveKind.LESS))
    now = machine.steady_s
    assert [(n, at) for n, _, at in machine.played if at >= now][:2] == [
        ("end", now),
        ("ready", now + 0.7),
    ]


PRESSES = st.lists(
    st.tuples(
        st.floats(0.01, 6.0),
        st.sampled_from([*MoveKind, "softer", "night", "mute"]),
    ),
    max_size=25,
)


@given(PRESSES)
def test_nothing_of_the_run_sounds_while_it_stands_and_nothing_sounds_twice(
    presses: list[tuple[float, MoveKind | str]],
) -> None:
    machine = Machine()
    run = conductor(machine)
    for wait_s, press in presses:
        follow(run, machine, wait_s)
        if isinstance(press, MoveKind):
            if not run.allows(press):
                continue
            run.move(Move(press))
        else:
            night = press == "night"
            loudness = run.loudness.changed(-5) if press == "softer" else run.loudness
            loudness = replace(loudness, is_night=loudness.is_night ^ night)
            run.set_loudness(loudness.hushed() if press == "mute" else loudness)
        to_come = [sound for sound in machine.played if sound[2] > machine.steady_s]
        moments = [(name, round(at, 3)) for name, _, at in to_come]
        assert len(set(moments)) == len(moments)
        if run.run.phase is not Phase.RUNNING:
            assert {name for name, _, _ in to_come} <= {"pause", "warning", "finish", "end"}
        assert all(0 < volume <= 1 for _, volume, _ in machine.played)


def test_a_rehearsal_ends_in_real_time_by_its_speed_and_tells_the_listeners() -> None:
    machine = Machine()
    told: list[Event] = []
    ports = RunPorts(listeners=(told.append,))
    pace = RunPace(speed=600, ends_open_steps=True)
    run = Conductor(PLAN, machine.clocks(), machine, ports=ports, pace=pace)
    run.move(Move(MoveKind.START))
    begun_s = machine.steady_s
    follow(run, machine, 10)
    assert run.run.phase is Phase.ENDED
    assert machine.steady_s - begun_s == pytest.approx(160 / 600, abs=0.002)
    assert isinstance(told[-1], RunEnded)


def test_where_nobody_can_be_asked_any_more_an_open_step_past_its_prompt_ends_at_once() -> None:
    machine = Machine()
    run = conductor(machine)
    run.move(Move(MoveKind.START))
    follow(run, machine, 100 + 90)
    assert run.view().counts_up
    events = run.end_open_steps()
    assert isinstance(events[-1], RunEnded)


@pytest.mark.parametrize("speed", [1.0, 20.0])
def test_a_start_can_leave_the_player_time_to_be_ready(speed: float) -> None:
    machine = Machine()
    run = Conductor(PLAN, machine.clocks(), machine, pace=RunPace(speed=speed, lead_ms=1_500))
    run.move(Move(MoveKind.START))
    assert machine.played[0][2] == pytest.approx(101.5)
    machine.pass_s(1.4)
    assert run.tick() == ()
    assert (run.view().position_ms, run.view().shown_ms) == (0, 5_000)
    machine.pass_s(0.1 + 2 / speed)
    run.tick()
    assert run.view().position_ms == pytest.approx(2_000, abs=2)


@pytest.mark.parametrize(("seen_s", "position_ms"), [(0.0, 0), (0.5, 500), (7.0, BEGUN_MOST_MS)])
def test_a_run_whose_beginning_was_seen_has_gone_on_since_and_its_first_cue_is_played(
    seen_s: float, position_ms: int
) -> None:
    machine = Machine()
    pace = RunPace(begun_s=seen_s, words_wait_ms=1_500)
    run = Conductor(PLAN, machine.clocks(), machine, pace=pace)
    told = [type(event) for event in run.begin()]
    assert told[:2] == [Started, SpanBegan]
    assert run.view().position_ms == position_ms
    assert machine.played[0][2] == pytest.approx(100 - position_ms / 1000)
    machine.pass_s(1)
    run.tick()
    assert run.view().position_ms == position_ms + 1_000
    assert run.run.phase is Phase.RUNNING


def test_the_time_of_day_is_only_for_reading() -> None:
    machine = Machine()
    run = conductor(machine, 2.0)
    run.move(Move(MoveKind.START))
    machine.wall_s += 7 * 3600
    assert run.wall_at(run.now() + 10_000) == machine.wall_s + 5
    assert run.view().position_ms == 0


def test_another_plan_begins_at_once_in_the_same_sound() -> None:
    machine = Machine()
    run = conductor(machine)
    run.move(Move(MoveKind.START))
    follow(run, machine, 10)
    other = make_plan(Routine("o", "Other", (HOLD,)))
    events = run.change_to(other)
    ended = [event.record for event in events if isinstance(event, RunEnded)]
    assert [(record.routine_id, record.is_complete) for record in ended] == [("r", False)]
    assert (run.plan, run.record, run.view().position_ms) == (other, None, 0)
    assert [at for name, _, at in machine.played if name == "start"][-1] == machine.steady_s
    follow(run, machine, 60)
    assert run.view().position_ms == 60_000


def test_the_other_leg_goes_on_at_the_same_moment_and_nothing_sounds_twice() -> None:
    machine = Machine()
    press = Step("steps[0]", "Press", 30_000, sides=Sides.AFFECTED)
    left, right = (
        make_plan(Routine("r", "R", (press,)), Choices(affected=side))
        for side in (Side.LEFT, Side.RIGHT)
    )
    run = Conductor(left, machine.clocks(), machine)
    run.move(Move(MoveKind.START))
    follow(run, machine, 27)
    machine.pass_s(0.5)
    run.follow(right)
    assert (run.view().span.side, run.view().position_ms) == (Side.RIGHT, 27_500)
    follow(run, machine, 3)
    assert [name for name, _, _ in machine.played] == ["start", *["tick"] * 3, "finish"]
    with pytest.raises(NotThisPlan):
        run.follow(PLAN)


def test_in_a_second_in_which_nothing_happens_nothing_is_counted_as_a_change() -> None:
    machine = Machine()
    run = conductor(machine)
    run.begin()
    happened = []
    for _ in range(70):
        machine.pass_s(1)
        before = run.changes
        happened.append((bool(run.tick()), run.changes > before))
    assert (True, True) in happened
    assert (False, False) in happened
    assert all(has_events == is_counted for has_events, is_counted in happened)
    for change in (
        lambda: run.set_loudness(Loudness(50)),
        lambda: run.follow(run.plan),
        lambda: run.move(Move(MoveKind.PAUSE)),
    ):
        before = run.changes
        change()
        assert run.changes > before
