from dataclasses import dataclass, field

import pytest

from uncramp.audio.player import SoundStatus
from uncramp.conductor import REFILL_MS, Clocks, Conductor
from uncramp.core.events import CueDue, Event, Lapsed, RunEnded
from uncramp.core.model import Cues, Routine, Sound, Step
from uncramp.core.moves import IllegalMove, Move, MoveKind, Phase
from uncramp.core.plan import make_plan


@dataclass
class Machine:
    """A machine whose clocks stand where the test puts them, and that remembers its sounds."""

    steady_s: float = 100.0
    counting_s: float = 5_000.0
    wall_s: float = 1_700_000_000.0
    played: list[tuple[str, float, float]] = field(default_factory=list)
    """Name, volume and moment in steady seconds of each sound not cancelled before its time."""
    cancels: int = 0

    def clocks(self) -> Clocks:
        return Clocks(lambda: self.steady_s, lambda: self.counting_s, lambda: self.wall_s)

    def pass_s(self, seconds: float) -> None:
        self.steady_s += seconds
        self.counting_s += seconds
        self.wall_s += seconds

    def sleep_s(self, seconds: float) -> None:
        """As a machine whose steady clock stops while the lid is closed."""
        self.counting_s += seconds
        self.wall_s += seconds

    def play_at(self, sound: Sound, volume: float, steady_ms: float) -> None:
        self.played.append((sound.name, volume, steady_ms / 1000))

    def cancel(self) -> None:
        self.cancels += 1
        self.played = [sound for sound in self.played if sound[2] <= self.steady_s]

    def status(self) -> SoundStatus:
        return SoundStatus(True, "test", "sound: test")

    def close(self, ring_out: bool = False) -> None:
        raise AssertionError("the conductor does not own the player")


RUB = Step("steps[0]", "Rub", 30_000, get_ready_ms=5_000)
ROLL = Step("steps[1]", "Roll", 60_000, get_ready_ms=5_000, cues=Cues(volume=0.5))
HOLD = Step("steps[2]", "Hold", 60_000, is_open=True)
PLAN = make_plan(Routine("r", "R", (RUB, ROLL, HOLD)))


def conductor(machine: Machine, speed: float = 1.0, volume: float = 1.0) -> Conductor:
    return Conductor(PLAN, machine.clocks(), machine, speed=speed, volume=volume)


def follow(conductor: Conductor, machine: Machine, real_s: float) -> list[Event]:
    """Sleep exactly as long as the conductor asks, again and again."""
    events: list[Event] = []
    end_s = machine.counting_s + real_s
    while (wait_s := conductor.wait_s()) is not None and machine.counting_s + wait_s <= end_s:
        machine.pass_s(wait_s)
        events += conductor.tick()
    return events


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


def test_a_sound_is_with_the_player_well_before_its_moment() -> None:
    machine = Machine()
    run = conductor(machine)
    run.move(Move(MoveKind.START))
    seen: dict[float, float] = {}
    for _ in range(60):
        machine.pass_s(run.wait_s() or 0)
        run.tick()
        for _, _, at in machine.played:
            seen.setdefault(at, machine.steady_s)
    early = [at - known for at, known in seen.items() if at > 100.0 + 2 * REFILL_MS / 1000]
    assert early
    assert min(early) >= REFILL_MS / 1000 - 1.0


def test_a_pause_takes_back_what_has_not_sounded_and_going_on_gives_it_again() -> None:
    machine = Machine()
    run = conductor(machine)
    run.move(Move(MoveKind.START))
    machine.pass_s(2)
    run.move(Move(MoveKind.PAUSE))
    assert [name for name, _, _ in machine.played] == ["ready"]
    assert run.wait_s() is None
    machine.pass_s(600)
    assert run.tick() == ()
    run.move(Move(MoveKind.GO_ON))
    assert machine.played[-1] == ("start", 1.0, 100 + 602 + 3)


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
    assert machine.played[-1][:2] == ("start", 1.0)
    assert machine.played[-1][2] == pytest.approx(105)


def test_a_machine_with_one_clock_shows_a_stopped_process_just_so() -> None:
    machine = Machine()
    one = machine.clocks()
    run = Conductor(PLAN, Clocks(one.steady, one.steady, one.wall), machine)
    run.move(Move(MoveKind.START))
    machine.pass_s(60)
    (lapsed,) = run.tick()
    assert isinstance(lapsed, Lapsed)
    assert [name for name, _, _ in machine.played] == ["ready"]


def test_a_cue_more_than_a_second_late_is_told_and_not_sounded() -> None:
    machine = Machine()
    run = conductor(machine)
    run.move(Move(MoveKind.START))
    machine.played.clear()
    # The screen stood still for longer than the player has cues for, but not for a lapse.
    run._handed_until = -1
    machine.pass_s(4.9)
    run.tick()
    machine.played.clear()
    run._handed_until = run.now()
    machine.pass_s(1.2)
    events = run.tick()
    assert [e.cue.kind.value for e in events if isinstance(e, CueDue)] == ["start"]
    assert machine.played == []


def test_a_move_that_is_not_allowed_silences_nothing() -> None:
    machine = Machine()
    run = conductor(machine)
    run.move(Move(MoveKind.START))
    cancels = machine.cancels
    with pytest.raises(IllegalMove):
        run.move(Move(MoveKind.GO_ON))
    assert machine.cancels == cancels


def test_the_persons_volume_is_on_top_of_the_cues() -> None:
    machine = Machine()
    run = conductor(machine, volume=0.5)
    run.move(Move(MoveKind.START))
    follow(run, machine, 36)
    assert {volume for _, volume, _ in machine.played} == {0.5, 0.25}


def test_a_rehearsal_ends_in_real_time_by_its_speed_and_tells_the_listeners() -> None:
    machine = Machine()
    told: list[Event] = []
    run = Conductor(
        PLAN, machine.clocks(), machine, speed=600, ends_open_steps=True, listeners=[told.append]
    )
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
    run = Conductor(PLAN, machine.clocks(), machine, speed=speed, lead_ms=1_500)
    run.move(Move(MoveKind.START))
    assert machine.played[0][2] == pytest.approx(101.5)
    machine.pass_s(1.4)
    assert run.tick() == ()
    assert (run.view().position_ms, run.view().shown_ms) == (0, 5_000)
    machine.pass_s(0.1 + 2 / speed)
    run.tick()
    assert run.view().position_ms == pytest.approx(2_000, abs=2)


def test_the_time_of_day_is_only_for_reading() -> None:
    machine = Machine()
    run = conductor(machine, 2.0)
    run.move(Move(MoveKind.START))
    machine.wall_s += 7 * 3600
    assert run.wall_at(run.now() + 10_000) == machine.wall_s + 5
    assert run.view().position_ms == 0
