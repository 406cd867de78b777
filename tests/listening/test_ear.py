"""The program's side of listening, with a process that says what a test wants."""

import sys
from collections.abc import Iterator

import pytest

from tests.listening.fake_child import OPENED, FakeChild, FakeChildren
from uncramp.core.claps.detector import ClapPair
from uncramp.core.lazy.dataclass import replace
from uncramp.listening.ear import HEARS_NOTHING, LISTENS, OPENS_WITHIN_MS, STALE_MS, Ear
from uncramp.listening.ear_process import LONGEST_LINE
from uncramp.listening.ear_status import EarStatus
from uncramp.listening.messages import Cannot, Level, ProgramStopped, Silent

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="it waits for pipes")

LISTENING = EarStatus(
    is_listening=True, words=LISTENS, system=OPENED.system, microphones=OPENED.microphones
)


class Stage:
    def __init__(self) -> None:
        self.now_ms = 1_000_000.0
        self.sounds: list[tuple[float, float]] = []
        self.children = FakeChildren()
        self.ear = Ear(
            lambda: self.sounds,
            tells_level=True,
            now_ms=lambda: self.now_ms,
            launch=self.children.launch,
        )

    @property
    def child(self) -> FakeChild:
        return self.children.last


@pytest.fixture
def stage() -> Iterator[Stage]:
    on = Stage()
    yield on
    on.ear.close()


def opened(on: Stage) -> FakeChild:
    on.ear.open()
    on.child.open()
    assert on.ear.read() == ()
    return on.child


def test_nothing_is_started_before_it_is_opened(stage: Stage) -> None:
    assert stage.children.started == []
    assert stage.ear.descriptor is None and stage.ear.wait_s is None
    assert stage.ear.status == EarStatus()
    stage.ear.open()
    assert stage.children.tells_level == [True]
    assert stage.ear.status == EarStatus()


def test_it_says_that_it_listens_and_that_nothing_is_kept(stage: Stage) -> None:
    opened(stage)
    assert stage.ear.status == LISTENING
    assert stage.ear.wait_s is None
    assert "kept or sent" in LISTENS


def test_two_claps_come_with_their_moments(stage: Stage) -> None:
    child = opened(stage)
    child.clap(stage.now_ms - 300)
    assert stage.ear.read() == (ClapPair(stage.now_ms - 600, stage.now_ms - 300),)


def test_its_own_sounds_are_no_claps(stage: Stage) -> None:
    child = opened(stage)
    stage.sounds = [(stage.now_ms - 700, stage.now_ms - 500)]
    child.clap(stage.now_ms - 300)
    assert stage.ear.read() == ()
    stage.sounds = [(stage.now_ms - 5_000, stage.now_ms - 4_000), (stage.now_ms + 100, 2e6)]
    child.clap(stage.now_ms - 300)
    assert len(stage.ear.read()) == 1


def test_a_third_clap_before_them_may_have_been_its_own_sound(stage: Stage) -> None:
    child = opened(stage)
    third_ms = stage.now_ms - 1_400
    child.clap(stage.now_ms - 300, 300.0, third_ms)
    assert stage.ear.read() == ()
    stage.sounds = [(third_ms, third_ms + 100)]
    child.clap(stage.now_ms - 300, 300.0, third_ms)
    assert len(stage.ear.read()) == 1


def test_claps_of_long_ago_are_dropped_because_the_program_was_stopped(stage: Stage) -> None:
    child = opened(stage)
    child.clap(stage.now_ms - STALE_MS - 1)
    child.clap(stage.now_ms - STALE_MS + 1)
    assert [pair.second_ms for pair in stage.ear.read()] == [stage.now_ms - STALE_MS + 1]


def test_how_loud_it_is(stage: Stage) -> None:
    child = opened(stage)
    child.tell(Level(3))
    stage.ear.read()
    assert stage.ear.status == replace(LISTENING, level=3)
    child.tell(Level(99))
    stage.ear.read()
    assert stage.ear.status.level == 7


def test_a_microphone_that_hears_nothing_is_named(stage: Stage) -> None:
    child = opened(stage)
    child.tell(Silent(True))
    stage.ear.read()
    assert stage.ear.status == replace(LISTENING, words=HEARS_NOTHING, is_silent=True)
    child.tell(Silent(False))
    stage.ear.read()
    assert stage.ear.status == LISTENING


def test_what_is_no_message_is_left_out(stage: Stage) -> None:
    child = opened(stage)
    child.write(b'nonsense\n\n{}\n[1]\n{"clapped": {"first_ms": "1"}}\n{"dance": {}}\n\xff\n')
    assert stage.ear.read() == ()
    assert stage.ear.status.is_listening


def test_half_a_line_waits_for_its_end(stage: Stage) -> None:
    child = opened(stage)
    child.write(b'{"level": {"le')
    stage.ear.read()
    assert stage.ear.status.level is None
    child.write(b'vel": 2}}\n')
    stage.ear.read()
    assert stage.ear.status.level == 2


def test_a_line_without_an_end_is_not_kept(stage: Stage) -> None:
    child = opened(stage)
    for _ in range(3):
        child.write(b"x" * LONGEST_LINE)
        stage.ear.read()
    child.write(b'\n{"level": {"level": 1}}\n')
    stage.ear.read()
    assert stage.ear.status.level == 1


def test_a_process_that_dies_is_told_once_and_let_go(stage: Stage) -> None:
    child = opened(stage)
    child.write(b'{"clapped": {"first_ms"')
    stage.ear.read()
    child.die()
    assert stage.ear.read() == ()
    words = "No longer listening for claps: the listening process has ended."
    assert stage.ear.status == EarStatus(words=words)
    assert stage.ear.descriptor is None and child.is_closed
    assert stage.ear.read() == ()
    assert stage.ear.status == EarStatus(words=words)


def test_a_process_that_dies_at_its_start(stage: Stage) -> None:
    stage.ear.open()
    stage.child.die()
    stage.ear.read()
    assert stage.ear.status.words == "Not listening: the listening process ended at its start."


def test_why_it_cannot_listen_is_told(stage: Stage) -> None:
    stage.ear.open()
    stage.child.tell(Cannot("this machine has no microphone."))
    stage.child.die()
    assert stage.ear.read() == ()
    assert stage.ear.status == EarStatus(words="Not listening: this machine has no microphone.")
    assert stage.ear.descriptor is None


def test_a_process_that_cannot_be_started(stage: Stage) -> None:
    stage.children.refusal = FileNotFoundError(2, "No such file or directory")
    stage.ear.open()
    assert stage.ear.status.words.startswith("Not listening: the listening process cannot be")
    assert stage.ear.descriptor is None and stage.ear.wait_s is None


def test_a_microphone_that_never_opens_is_given_up(stage: Stage) -> None:
    stage.ear.open()
    assert stage.ear.wait_s == OPENS_WITHIN_MS / 1000
    stage.now_ms += OPENS_WITHIN_MS - 1
    stage.ear.give_up_late()
    assert stage.ear.status == EarStatus()
    stage.now_ms += 1
    stage.ear.give_up_late()
    assert stage.ear.status == EarStatus(words="Not listening: the microphone does not answer.")
    assert stage.child.is_closed and stage.ear.wait_s is None


def test_closed_and_opened_again_it_listens_anew(stage: Stage) -> None:
    first = opened(stage)
    stage.ear.close()
    assert first.is_closed
    second = opened(stage)
    assert second is not first
    assert stage.ear.status.is_listening


def test_while_the_program_is_stopped_nothing_listens(stage: Stage) -> None:
    child = opened(stage)
    assert not stage.ear.was_stopped
    child.tell(ProgramStopped())
    child.die()
    assert stage.ear.read() == ()
    assert stage.ear.was_stopped and child.is_closed
    assert (stage.ear.descriptor, stage.ear.status) == (None, EarStatus())
    opened(stage)
    assert not stage.ear.was_stopped
    assert stage.ear.status == LISTENING
