"""The program's side of the speaker process, with processes that are none."""

import json
import queue
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, cast

import pytest

from uncramp.audio.player import SoundStatus
from uncramp.audio.speaker import DEATHS_IN_A_MINUTE, Launch, Speaker, open_speaker
from uncramp.core.routine.model import Sound
from uncramp.system.clocks import steady_ms

WITHIN_S = 5.0
SOUNDS = {"tick": Path("/sounds/tick.wav")}


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
    """What a process is told."""

    def __init__(self) -> None:
        self.told: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()

    def write(self, line: bytes) -> None:
        self.told.put(json.loads(line))

    def flush(self) -> None:
        pass

    def close(self) -> None:
        pass


class Process:
    """A speaker process that does nothing by itself, and has ended as far as the system knows."""

    returncode = 0
    pid = -1

    def __init__(self, order: Sequence[str]) -> None:
        self.order = list(order)
        self.stdin = Input()
        self.stdout = Output()

    def says(self, **words: object) -> None:
        self.stdout.lines.put(json.dumps(words).encode())

    def chooses(self, back_end: str, **reasons: str) -> None:
        self.says(back_end=back_end, reasons=list(reasons.values()), tried=list(reasons))

    def dies(self) -> None:
        self.stdout.lines.put(None)

    def wait(self, timeout: float | None = None) -> int:
        return 0


class Stage:
    """A speaker, its processes in the order of their start, and what it said of itself."""

    def __init__(self) -> None:
        self.started: queue.SimpleQueue[Process] = queue.SimpleQueue()
        self.statuses: queue.SimpleQueue[SoundStatus] = queue.SimpleQueue()

    def launch(self, order: Sequence[str], folder: Path | None) -> Process:
        process = Process(order)
        self.started.put(process)
        return process

    def open(self, bell: Callable[[], None] | None = None) -> Speaker:
        launch = cast(Launch, self.launch)
        return Speaker(SOUNDS, self.statuses.put, ("one", "two", "bell"), bell, launch)

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
    told = stage.process().stdin.told.get(timeout=WITHIN_S)["play"]
    assert (told["path"], told["volume"], told["at_ms"]) == (str(SOUNDS["tick"]), 1.0, at)
    speaker.close()


def test_cancelled_is_told_and_what_was_sent_is_not_sent_again(stage: Stage) -> None:
    speaker = stage.open()
    first = stage.process()
    speaker.play_at(Sound("tick"), 1.0, steady_ms() + 60_000)
    speaker.cancel()
    assert "play" in first.stdin.told.get(timeout=WITHIN_S)
    assert first.stdin.told.get(timeout=WITHIN_S) == {"cancel": True}
    first.dies()
    second = stage.process()
    speaker.play_at(Sound("tick"), 0.5, steady_ms() + 60_000)
    assert second.stdin.told.get(timeout=WITHIN_S)["play"]["volume"] == 0.5
    speaker.close()


def test_withdrawn_is_told_and_not_sent_again_and_sounds_are_prepared_anew(stage: Stage) -> None:
    speaker = stage.open()
    first = stage.process()
    soon, late = steady_ms() + 50_000, steady_ms() + 60_000
    speaker.prepare(True)
    for at in (soon, late):
        speaker.play_at(Sound("tick"), 1.0, at)
    speaker.withdraw(late)
    prepared = {"prepare": [str(SOUNDS["tick"])], "is_night": True}
    assert first.stdin.told.get(timeout=WITHIN_S) == prepared
    assert [first.stdin.told.get(timeout=WITHIN_S)["play"]["at_ms"] for _ in "12"] == [soon, late]
    assert first.stdin.told.get(timeout=WITHIN_S) == {"withdraw": late}
    first.dies()
    told = stage.process().stdin.told
    assert told.get(timeout=WITHIN_S) == prepared
    assert told.get(timeout=WITHIN_S)["play"]["at_ms"] == soon
    assert told.empty()
    speaker.close()


def test_a_persons_own_sound_is_sent_with_what_stands_in_for_it(stage: Stage) -> None:
    speaker = stage.open()
    own = Sound("./gong.ogg", "/routines")
    speaker.play_at(own, 1.0, steady_ms() + 3_000, is_night=True, instead="tick")
    told = stage.process().stdin.told.get(timeout=WITHIN_S)["play"]
    assert Path(told["path"]) == Path("/routines/gong.ogg")
    assert (told["is_ours"], told["is_night"], told["instead"]) == (False, True, "/sounds/tick.wav")
    speaker.close()


def test_a_process_that_died_is_started_again_and_told_what_is_to_come(stage: Stage) -> None:
    speaker = stage.open()
    first = stage.process()
    over, to_come = steady_ms() - 1, steady_ms() + 60_000
    for at in (over, to_come):
        speaker.play_at(Sound("tick"), 1.0, at)
        first.stdin.told.get(timeout=WITHIN_S)
    first.dies()
    told = stage.process().stdin.told
    assert told.get(timeout=WITHIN_S)["play"]["at_ms"] == to_come
    assert told.empty()
    speaker.close()


def test_a_back_end_that_kills_the_process_again_and_again_is_left_out(stage: Stage) -> None:
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
    process.says(rubbish=1)
    process.stdout.lines.put(b"{rubbish\n")
    process.chooses("bell", one="one: -401", two="two said: no")
    status = stage.status()
    assert status.words == (
        "No sound: this machine has no sound device that answers (tried one, two). "
        "The terminal's bell is used."
    )
    assert status.details == ("one: -401", "two said: no")
    process.says(bell=True)
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
    speaker = Speaker(
        SOUNDS,
        stage.statuses.put,
        ("one",),
        None,
        cast(Launch, stage.launch),
        lateness={"one": 4.5},
    )
    process = stage.process()
    assert process.stdin.told.get(timeout=WITHIN_S) == {"lateness": {"one": 4.5}}
    process.says(sounded=True)
    process.chooses("one")
    stage.status()
    assert speaker.sounded == 1
    speaker.close()


def test_a_process_that_cannot_be_started_is_said(stage: Stage) -> None:
    def launch(order: Sequence[str], folder: Path | None) -> Process:
        raise OSError(12, "no memory")

    speaker = Speaker(SOUNDS, stage.statuses.put, ("one",), None, cast(Launch, launch))
    assert stage.status().words == (
        "No sound: the speaker process cannot be started: no memory. Watch the screen."
    )
    speaker.close()


def test_closed_it_takes_nothing_more(stage: Stage) -> None:
    speaker = stage.open()
    told = stage.process().stdin.told
    speaker.close(ring_out=True)
    assert told.get(timeout=WITHIN_S) == {"close": True}
    speaker.play_at(Sound("tick"), 1.0, steady_ms() + 1_000)
    speaker.cancel()
    speaker.close()
    assert told.empty()


def test_the_delay_of_the_speaker_is_sent_with_each_sound(stage: Stage) -> None:
    launch = cast(Launch, stage.launch)
    speaker = Speaker(SOUNDS, order=("one",), launch=launch, delay_ms=180)
    speaker.play_at(Sound("tick"), 1.0, steady_ms() + 3_000)
    assert stage.process().stdin.told.get(timeout=WITHIN_S)["play"]["delay_ms"] == 180
    speaker.close()


@pytest.mark.parametrize("name", ["bell", "afplay"])
def test_what_is_set_is_tried_and_the_rest_where_it_is_not_here(
    monkeypatch: pytest.MonkeyPatch, stage: Stage, name: str
) -> None:
    monkeypatch.delenv("UNCRAMP_SOUND", raising=False)
    monkeypatch.setenv("PATH", "/nowhere")
    speaker = open_speaker(SOUNDS, stage.statuses.put, ("bell",), bell=lambda: None, back_end=name)
    words = stage.statuses.get(timeout=30).words
    assert (
        words
        == {
            "bell": "Sound: the terminal's bell, as it is set.",
            "afplay": "No sound: no sound library and no player was found on this machine. "
            "The terminal's bell is used. afplay, which is set, is not on this machine.",
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
