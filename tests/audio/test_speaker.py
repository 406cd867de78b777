"""The program's side of the speaker process, with fake processes."""

import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, cast

import pytest

from uncramp.audio.messages import (
    Acknowledged,
    Cancel,
    Chosen,
    Close,
    FromSpeaker,
    Play,
    RingBell,
    SetLateness,
    Sounded,
    Withdraw,
    decode_to_speaker,
    encode,
)
from uncramp.audio.player import SoundStatus
from uncramp.audio.speaker import DEATHS_IN_A_MINUTE, Speaker, SpeakerOptions, open_speaker
from uncramp.audio.speaker_process import Launch
from uncramp.core.routine.model import Sound
from uncramp.system.clocks import steady_ms

WITHIN_S = 5.0
SOUNDS = {"tick": Path("/sounds/tick.wav")}
NIGHT_TICK = Path("/sounds/night/tick.wav")


class Output:
    """What a process says: lines, until it is dead."""

    def __init__(self) -> None:
        self.lines: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()

    def __iter__(self) -> Iterator[bytes]:
        while (line := self.lines.get()) is not None:
            yield line

    def close(self) -> None:
        self.lines.put(None)


class Input:
    """The messages to a process."""

    def __init__(self) -> None:
        self.told: queue.SimpleQueue[Any] = queue.SimpleQueue()

    def write(self, line: bytes) -> None:
        self.told.put(decode_to_speaker(line))

    def flush(self) -> None:
        pass

    def close(self) -> None:
        pass


class Process:
    """A fake speaker process, which for the system has already ended."""

    returncode = 0
    pid = -1

    def __init__(self, order: Sequence[str]) -> None:
        self.order = list(order)
        self.stdin = Input()
        self.stdout = Output()

    def says(self, message: FromSpeaker) -> None:
        self.stdout.lines.put(encode(message))

    def chooses(self, backend: str, **reasons: str) -> None:
        self.says(Chosen(backend, tuple(reasons), tuple(reasons.values())))

    def hears(self) -> Any:
        """The next message to it."""
        return self.stdin.told.get(timeout=WITHIN_S)

    def dies(self) -> None:
        self.stdout.lines.put(None)

    def wait(self, timeout: float | None = None) -> int:
        return 0


class Stage:
    """A speaker, its processes in the order of their start, and its statuses."""

    def __init__(self) -> None:
        self.started: queue.SimpleQueue[Process] = queue.SimpleQueue()
        self.statuses: queue.SimpleQueue[SoundStatus] = queue.SimpleQueue()

    def launch(self, order: Sequence[str], folder: Path | None) -> Process:
        process = Process(order)
        self.started.put(process)
        return process

    def open(self, bell: Callable[[], None] | None = None) -> Speaker:
        return self.open_with(SpeakerOptions(("one", "two", "bell")), bell)

    def open_with(self, options: SpeakerOptions, bell: Callable[[], None] | None = None) -> Speaker:
        launch = cast(Launch, self.launch)
        return Speaker(SOUNDS, options, self.statuses.put, bell, launch)

    def process(self) -> Process:
        return self.started.get(timeout=WITHIN_S)

    def status(self) -> SoundStatus:
        return self.statuses.get(timeout=WITHIN_S)


@pytest.fixture
def stage() -> Stage:
    return Stage()


def test_a_sound_is_sent_with_its_file_its_volume_and_its_moment(stage: Stage) -> None:
    speaker = stage.open()
    at = steady_ms() + 3_000
    speaker.play_at(Sound("tick"), 1.7, at)
    told = stage.process().hears()
    assert (told.path, told.volume, told.at_ms) == (str(SOUNDS["tick"]), 1.0, at)
    speaker.close()


def test_cancelled_is_told_and_what_was_sent_is_not_sent_again(stage: Stage) -> None:
    speaker = stage.open()
    first = stage.process()
    speaker.play_at(Sound("tick"), 1.0, steady_ms() + 60_000)
    speaker.cancel()
    assert isinstance(first.hears(), Play)
    assert first.hears() == Cancel()
    first.dies()
    second = stage.process()
    speaker.play_at(Sound("tick"), 0.5, steady_ms() + 60_000)
    assert second.hears().volume == 0.5
    speaker.close()


def test_withdrawn_is_told_and_not_sent_again(stage: Stage) -> None:
    speaker = stage.open()
    first = stage.process()
    soon, late = steady_ms() + 50_000, steady_ms() + 60_000
    for at in (soon, late):
        speaker.play_at(Sound("tick"), 1.0, at)
    speaker.withdraw(late)
    assert [first.hears().at_ms for _ in "12"] == [soon, late]
    assert first.hears() == Withdraw(late)
    first.dies()
    second = stage.process()
    assert second.hears().at_ms == soon
    assert second.stdin.told.empty()
    speaker.close()


def test_a_persons_own_sound_is_sent_with_what_stands_in_for_it(stage: Stage) -> None:
    speaker = stage.open()
    own = Sound("./gong.ogg", "/routines")
    speaker.play_at(own, 1.0, steady_ms() + 3_000, is_night=True, instead="tick")
    told = stage.process().hears()
    assert Path(told.path) == Path("/routines/gong.ogg")
    assert (told.begins_softly, told.instead) == (True, str(NIGHT_TICK))
    speaker.close()


@pytest.mark.parametrize(("is_night", "path"), [(False, SOUNDS["tick"]), (True, NIGHT_TICK)])
def test_a_bundled_sound_has_a_file_for_the_night(stage: Stage, is_night: bool, path: Path) -> None:
    speaker = stage.open()
    speaker.play_at(Sound("tick"), 1.0, steady_ms() + 3_000, is_night=is_night)
    told = stage.process().hears()
    assert (Path(told.path), told.begins_softly) == (path, False)
    speaker.close()


def test_a_process_that_died_is_started_again_and_told_what_is_to_come(stage: Stage) -> None:
    speaker = stage.open()
    first = stage.process()
    over, to_come = steady_ms() - 1, steady_ms() + 60_000
    for at in (over, to_come):
        speaker.play_at(Sound("tick"), 1.0, at)
        first.hears()
    first.dies()
    second = stage.process()
    assert second.hears().at_ms == to_come
    assert second.stdin.told.empty()
    speaker.close()


IMPATIENT = SpeakerOptions(("one", "bell"), answer_within_s=0.1, first_answer_within_s=0.2)
HUNG = "The speaker process does not answer. It is started again."


@pytest.mark.parametrize("has_spoken", [True, False])
def test_a_process_that_hangs_is_told_and_started_again(stage: Stage, has_spoken: bool) -> None:
    speaker = stage.open_with(IMPATIENT)
    first = stage.process()
    if has_spoken:
        first.chooses("one")
        assert stage.status().words == "Sound: one."
    at = steady_ms() + 60_000
    speaker.play_at(Sound("tick"), 1.0, at)
    second = stage.process()
    status = stage.status()
    assert (status.is_heard, status.words) == (False, HUNG)
    assert second.hears().at_ms == at
    second.says(Acknowledged(1))
    second.chooses("one")
    assert stage.status().words == "Sound: one."
    speaker.close()


def test_one_that_answers_is_left_alone_and_asked_for_nothing(stage: Stage) -> None:
    speaker = stage.open_with(IMPATIENT)
    process = stage.process()
    process.chooses("one")
    stage.status()
    speaker.play_at(Sound("tick"), 1.0, steady_ms() + 60_000)
    process.hears()
    process.says(Acknowledged(1))
    with pytest.raises(queue.Empty):
        stage.started.get(timeout=3 * IMPATIENT.answer_within_s)
    assert process.stdin.told.empty()
    speaker.close()


def test_one_that_hangs_again_and_again_is_started_with_another_backend(stage: Stage) -> None:
    speaker = stage.open_with(IMPATIENT)
    speaker.play_at(Sound("tick"), 1.0, steady_ms() + 60_000)
    for _ in range(DEATHS_IN_A_MINUTE):
        process = stage.process()
        assert process.order == ["one", "bell"]
        process.chooses("one")
    assert stage.process().order == ["bell"]
    speaker.close()


def test_a_backend_that_kills_the_process_again_and_again_is_left_out(stage: Stage) -> None:
    speaker = stage.open()
    for _ in range(DEATHS_IN_A_MINUTE):
        process = stage.process()
        assert process.order == ["one", "two", "bell"]
        process.chooses("one")
        stage.status()
        process.dies()
    assert stage.process().order == ["two", "bell"]
    speaker.close()


def test_what_it_says_of_itself_is_plain_and_the_details_are_apart(stage: Stage) -> None:
    rung: queue.SimpleQueue[bool] = queue.SimpleQueue()
    speaker = stage.open(bell=lambda: rung.put(True))
    process = stage.process()
    process.chooses("two", one="one: failed to init device, -401")
    assert stage.status() == SoundStatus(
        True,
        "two",
        "Sound: two (tried first: one).",
        ("one: failed to init device, -401",),
        ("one",),
    )
    for rubbish in (b"{rubbish\n", b'{"rubbish": {}}\n', b"\xff\n"):
        process.stdout.lines.put(rubbish)
    process.chooses("bell", one="one: -401", two="two said: no")
    status = stage.status()
    assert status.words == (
        "No sound: this machine has no sound device that answers (tried one, two). "
        "The terminal's bell is used instead."
    )
    assert status.details == ("one: -401", "two said: no")
    process.says(RingBell())
    assert rung.get(timeout=WITHIN_S)
    speaker.close()


def test_where_the_sound_is_not_heard_is_said_with_it(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("uncramp.audio.speaker.place_words", lambda environment, is_heard: "Far.")
    speaker = stage.open()
    stage.process().chooses("one")
    assert stage.status().words == "Sound: one. Far."
    speaker.close()


def test_what_is_known_of_lateness_is_told_first_and_what_sounded_is_counted(stage: Stage) -> None:
    speaker = stage.open_with(SpeakerOptions(("one",), lateness_ms={"one": 4.5}))
    process = stage.process()
    assert process.hears() == SetLateness({"one": 4.5})
    process.says(Sounded())
    process.chooses("one")
    stage.status()
    assert speaker.sounded == 1
    speaker.close()


def test_a_process_that_cannot_be_started_is_said(stage: Stage) -> None:
    def launch(order: Sequence[str], folder: Path | None) -> Process:
        raise OSError(12, "no memory")

    speaker = Speaker(
        SOUNDS, SpeakerOptions(("one",)), stage.statuses.put, launch=cast(Launch, launch)
    )
    assert stage.status().words == (
        "No sound: the speaker process cannot be started: no memory. Watch the screen."
    )
    speaker.close()


def test_closed_it_takes_nothing_more(stage: Stage) -> None:
    speaker = stage.open()
    process = stage.process()
    speaker.close(ring_out=True)
    assert process.hears() == Close()
    speaker.play_at(Sound("tick"), 1.0, steady_ms() + 1_000)
    speaker.cancel()
    speaker.close()
    assert process.stdin.told.empty()


def test_the_delay_of_the_speaker_is_sent_with_each_sound(stage: Stage) -> None:
    speaker = stage.open_with(SpeakerOptions(("one",), delay_ms=180))
    speaker.play_at(Sound("tick"), 1.0, steady_ms() + 3_000)
    assert stage.process().hears().delay_ms == 180
    speaker.close()


@pytest.mark.parametrize("name", ["bell", "afplay"])
def test_what_is_set_is_tried_and_the_rest_where_it_is_not_here(
    monkeypatch: pytest.MonkeyPatch, stage: Stage, name: str
) -> None:
    monkeypatch.delenv("UNCRAMP_SOUND", raising=False)
    monkeypatch.setenv("PATH", "/nowhere")
    speaker = open_speaker(SOUNDS, stage.statuses.put, ("bell",), bell=lambda: None, backend=name)
    words = stage.statuses.get(timeout=30).words
    assert (
        words
        == {
            "bell": "Sound: the terminal's bell, as set.",
            "afplay": "No sound: no sound library and no player was found on this machine. "
            "The terminal's bell is used instead. afplay, which is set, is not on this machine.",
        }[name]
    )
    speaker.close()


def test_none_is_no_sound_and_an_unknown_name_is_told(
    monkeypatch: pytest.MonkeyPatch, stage: Stage
) -> None:
    monkeypatch.setenv("UNCRAMP_SOUND", "none")
    assert open_speaker(SOUNDS).status() == SoundStatus(False, None, "Sound is off.")
    monkeypatch.setenv("UNCRAMP_SOUND", "paplya")
    # Only the bell is tried, so that no device is touched.
    speaker = open_speaker(SOUNDS, stage.statuses.put, ("bell",))
    words = stage.statuses.get(timeout=30).words
    assert 'UNCRAMP_SOUND says "paplya". Set it to one of: miniaudio, simpleaudio,' in words
    speaker.close()


def test_where_no_thread_can_be_started_it_says_so_and_the_run_goes_on(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = threading.Thread.start

    def first_only(thread: threading.Thread) -> None:
        if thread.name != "speaker":
            raise RuntimeError("can't start new thread")
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", first_only)
    speaker = stage.open()
    try:
        status = stage.status()
        assert not status.is_heard
        assert status.words.startswith("No sound: this machine starts no more threads.")
        speaker.play_at(Sound("tick"), 1.0, 0.0)
        assert speaker.pid is None
    finally:
        speaker.close()
