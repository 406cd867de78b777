"""Two claps steer a run through the same way in as keys and other programs."""

import sys
from collections.abc import Iterator

import pytest

from tests.control.stage import CountingConductor
from tests.listening.fake_child import FakeChild, FakeChildren
from tests.session.machine import PLAN, Machine
from uncramp.control.clap_door import ClapDoor
from uncramp.control.hub import ControlHub
from uncramp.core.run.events import Event, Paused, SpanBegan, Undone, WentOn
from uncramp.core.run.moves import Move, MoveKind, Phase
from uncramp.core.run.obvious import UNHEARD_MS
from uncramp.listening.ear import LISTENS, OPENS_WITHIN_MS, Ear
from uncramp.listening.messages import ProgramStopped
from uncramp.session.conductor import Conductor

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="it waits for pipes")

LATE_S = 0.3
"""How long after the second clap it is certain that there were two."""


class Stage:
    """A run of three steps, the last of them open, which listens."""

    def __init__(self) -> None:
        self.machine = Machine()
        self.conductor: Conductor = CountingConductor(PLAN, self.machine.clocks(), self.machine)
        self.children = FakeChildren()
        self.sounds: list[tuple[float, float]] = []
        self.ear = Ear(
            lambda: self.sounds,
            tells_level=True,
            now_ms=lambda: self.machine.steady_s * 1000,
            launch=self.children.launch,
        )
        self.hub = ControlHub(
            self.conductor, (ClapDoor(self.ear, self.machine.clocks().steady),), lambda: None
        )
        self.taken: list[tuple[Event, ...]] = []
        self.conductor.begin()
        assert self.hub.open(self.take) == ""

    @property
    def child(self) -> FakeChild:
        return self.children.last

    def take(self, events: tuple[Event, ...]) -> None:
        self.taken.append(events)
        if self.conductor.record is not None:
            self.hub.close()

    def clap(self) -> list[Event]:
        """Clap twice, and see what that does as soon as it is certain."""
        second_ms = self.machine.steady_s * 1000
        self.machine.pass_s(LATE_S)
        self.child.clap(second_ms)
        self.taken.clear()
        self.hub.serve()
        return [event for events in self.taken for event in events]

    def pass_s(self, seconds: float) -> None:
        """Let time pass, and tick as often as the run needs it."""
        while seconds > 0:
            step_s = min(seconds, 1.0)
            seconds -= step_s
            self.machine.pass_s(step_s)
            self.conductor.tick()


@pytest.fixture
def stage() -> Iterator[Stage]:
    on = Stage()
    on.child.open()
    on.hub.serve()
    on.taken.clear()
    yield on
    on.hub.close()


def kinds(events: list[Event]) -> list[type[Event]]:
    return [type(event) for event in events if type(event) in (Paused, WentOn, SpanBegan)]


def test_two_claps_are_the_obvious_thing_at_every_moment(stage: Stage) -> None:
    assert stage.ear.status.words == LISTENS
    stage.pass_s(2)
    assert kinds(stage.clap()) == [SpanBegan], "start now"
    stage.pass_s(3)
    assert kinds(stage.clap()) == [Paused]
    stage.pass_s(30)
    assert kinds(stage.clap()) == [WentOn]
    stage.conductor.move(Move(MoveKind.JUMP, to_index=PLAN.step_start(3)))
    stage.pass_s(20)
    assert stage.conductor.view().counts_up
    stage.clap()
    assert stage.conductor.record is not None and stage.conductor.record.is_complete
    assert stage.ear.descriptor is None and stage.child.is_closed


def test_what_claps_did_can_be_undone(stage: Stage) -> None:
    stage.pass_s(10)
    assert kinds(stage.clap()) == [Paused]
    events = stage.conductor.move(Move(MoveKind.UNDO))
    assert any(isinstance(event, Undone) for event in events)
    assert stage.conductor.run.phase is Phase.RUNNING


def test_its_own_sounds_do_nothing(stage: Stage) -> None:
    stage.pass_s(10)
    now_ms = stage.machine.steady_s * 1000
    stage.sounds = [(now_ms - 300, now_ms)]
    assert stage.clap() == []
    assert stage.conductor.run.phase is Phase.RUNNING


def test_an_answer_to_a_step_that_has_ended_by_itself_does_nothing(stage: Stage) -> None:
    # The get-ready ends after five seconds, in between the claps and their being certain.
    stage.pass_s(5 - LATE_S / 2)
    assert kinds(stage.clap()) == [SpanBegan]
    assert stage.conductor.run.phase is Phase.RUNNING
    # And nobody means to pause a step that has just begun.
    stage.pass_s(UNHEARD_MS / 1000 - LATE_S / 2 - 0.1)
    assert kinds(stage.clap()) == []
    stage.pass_s(1)
    assert kinds(stage.clap()) == [Paused]


def test_a_new_level_shows_and_moves_nothing(stage: Stage) -> None:
    stage.child.write(b'{"level": {"level": 4}}\n')
    stage.hub.serve()
    assert (stage.ear.status.level, stage.taken) == (4, [()])
    stage.child.write(b'{"level": {"level": 4}}\nnonsense\n')
    stage.hub.serve()
    assert stage.taken == [()], "the same as before needs no showing"


def test_while_nothing_is_heard_nothing_is_looked_at(stage: Stage) -> None:
    assert isinstance(stage.conductor, CountingConductor)
    looks = stage.conductor.looks
    for _ in range(100):
        stage.hub.serve()
        stage.hub.tell_change()
    assert stage.conductor.looks == looks
    assert stage.hub.wait_s is None


def test_a_process_that_dies_leaves_the_run_and_the_other_ways_in(stage: Stage) -> None:
    stage.pass_s(10)
    stage.child.die()
    stage.hub.serve()
    assert not stage.ear.status.is_listening and stage.taken == [()]
    stage.taken.clear()
    for _ in range(10):
        stage.hub.serve()
    assert stage.taken == []
    assert stage.hub.fileno() is not None
    assert stage.conductor.run.phase is Phase.RUNNING


def test_after_a_stop_of_the_program_it_listens_again(stage: Stage) -> None:
    stage.pass_s(10)
    first = stage.child
    first.tell(ProgramStopped())
    first.die()
    stage.hub.serve()
    assert first.is_closed and stage.child is not first
    stage.child.open()
    stage.hub.serve()
    assert stage.ear.status.words == LISTENS
    assert kinds(stage.clap()) == [Paused]


def test_a_microphone_that_never_opens_is_given_up_in_time() -> None:
    on = Stage()
    try:
        assert on.hub.wait_s == OPENS_WITHIN_MS / 1000
        on.machine.pass_s(OPENS_WITHIN_MS / 1000)
        assert on.hub.wait_s == 0
        on.hub.serve()
        assert "does not answer" in on.ear.status.words
        assert on.hub.wait_s is None
    finally:
        on.hub.close()


def test_a_process_that_cannot_be_started_is_no_refusal() -> None:
    on = Stage()
    on.hub.close()
    on.children.refusal = PermissionError(13, "Permission denied")
    assert on.hub.open(on.take) == ""
    assert on.ear.status.words.startswith("Not listening: ")
    on.hub.close()
