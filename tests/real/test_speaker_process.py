"""The speaker process: its memory, its wake-ups, and what happens when it hangs."""

import os
import signal
import subprocess
import sys
import time
import wave
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.real.listening import Recording, Sink, matched, until
from tests.real.speaking import SOUNDS, TICK, Sinks, now_ms, side_by_side, speaker_on
from uncramp.audio.speaker import Speaker, open_speaker
from uncramp.core.routine.model import Sound


def peak_mb(pid: int) -> float:
    """The most memory that a process ever had, in MB."""
    return _status(pid, "VmHWM") / 1000


def switches(pid: int) -> int:
    """How often the threads of a process went to sleep, all together."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return sum(_status(int(task.name), "voluntary_ctxt_switches") for task in tasks)


def _status(pid: int, key: str) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(key))


def bare_python_mb() -> float:
    command = "print(open('/proc/self/status').read().split('VmHWM:')[1].split()[0])"
    told = subprocess.run([sys.executable, "-c", command], stdout=subprocess.PIPE, check=True)
    return int(told.stdout) / 1000


def running(speaker: Speaker) -> int:
    """The number of the speaker process, once it runs."""
    assert until(lambda: speaker.pid is not None)
    assert speaker.pid is not None
    return speaker.pid


def own_sound(file: Path, seconds: float, rate: int, channels: int) -> Path:
    with wave.open(str(file), "wb") as wav:
        wav.setnchannels(channels)
        wav.setsampwidth(2)
        wav.setframerate(rate)
        wav.writeframes(b"\x00\x10\x00\xf0" * round(seconds * rate * channels / 2))
    return file


@dataclass(frozen=True, slots=True)
class Stopped:
    words: list[str]
    """The statuses that a person sees."""
    is_another: bool
    moment_ms: float
    heard: Recording


def stopped(sink: Sink) -> Stopped:
    told: list[str] = []
    with speaker_on(sink, "miniaudio", on_status=lambda status: told.append(status.words)) as one:
        first = running(one)
        os.kill(first, signal.SIGSTOP)
        one.play_at(TICK, 1.0, now_ms() + 1_000)
        assert until(lambda: told[-1] == "Sound: miniaudio." and len(told) == 3), told
        is_another = running(one) != first
        at = now_ms() + 1_500
        one.play_at(TICK, 1.0, at)
        sink.wait_until(at + 400)
        return Stopped(told, is_another, at, sink.heard(at - 500))


@dataclass(frozen=True, slots=True)
class Resting:
    switches: int
    """How often its threads were woken."""
    peak_mb: float


def is_calm(pid: int) -> bool:
    """Does a second and a half pass in which it is not woken?"""
    before = switches(pid)
    time.sleep(1.5)
    return switches(pid) == before


def resting(sink: Sink) -> Resting:
    with speaker_on(sink, "miniaudio") as speaker:
        pid = running(speaker)
        at = now_ms() + 1_500
        speaker.play_at(TICK, 0.5, at)
        sink.wait_until(at + 400)
        assert until(lambda: speaker.sounded == 1)
        far = now_ms() + 60_000
        speaker.play_at(TICK, 0.5, far)
        assert until(lambda: is_calm(pid)), "it never came to rest"
        before = switches(pid)
        time.sleep(3)
        return Resting(switches(pid) - before, peak_mb(pid))


@dataclass(frozen=True, slots=True)
class Large:
    words: list[str]
    backend: str | None
    moments: list[float]
    heard: Recording


def large(sink: Sink) -> Large:
    told: list[str] = []
    with speaker_on(sink, "miniaudio", on_status=lambda status: told.append(status.words)) as one:
        file = own_sound(sink.folder / "large.wav", 49, 96_000, 2)
        assert 18_000_000 < file.stat().st_size < 20_000_000
        own = Sound("./large.wav", str(sink.folder))
        begin = now_ms() + 3_000
        one.play_at(own, 0.5, begin + 30_000, instead="start")
        moments = [begin + 400 * place for place in range(5)]
        for at in moments:
            one.play_at(TICK, 1.0, at)
        sink.wait_until(moments[-1] + 400)
        return Large(told, one.status().backend, moments, sink.heard(begin - 500))


@dataclass(frozen=True, slots=True)
class Filled:
    peak_mb: float
    is_the_first: bool
    """Was it never started again?"""


def filled(folder: Path, many: int, seconds: float, rate: int, channels: int) -> Filled:
    """A speaker that was given many sounds for later."""
    first = own_sound(folder / "0.wav", seconds, rate, channels)
    for number in range(1, many):
        (folder / f"{number}.wav").symlink_to(first)
    speaker = open_speaker(SOUNDS, order=("bell",), bell=lambda: None)
    try:
        pid = running(speaker)
        for number in range(many):
            own = Sound(f"./{number}.wav", str(folder))
            speaker.play_at(own, 0.7, now_ms() + 60_000, instead="start")
        time.sleep(10)
        return Filled(peak_mb(pid), speaker.pid == pid)
    finally:
        speaker.close()


@pytest.fixture(scope="module")
def scenes(sinks: Sinks, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Future[Any]]:
    """What each of several processes was seen to do, all at the same time."""
    long, phrases = (tmp_path_factory.mktemp(name) for name in ("long", "phrases"))
    return side_by_side(
        {
            "stopped": lambda: stopped(sinks("stopped")),
            "resting": lambda: resting(sinks("resting")),
            "large": lambda: large(sinks("large")),
            "25-long-sounds": lambda: filled(long, 25, 59, 48_000, 2),
            "150-phrases": lambda: filled(phrases, 150, 4, 22_050, 1),
        }
    )


def test_one_that_is_stopped_is_told_and_another_plays(scenes: dict[str, Future[Any]]) -> None:
    scene: Stopped = scenes["stopped"].result()
    assert scene.words[1] == "The speaker process does not answer. It is started again."
    assert scene.is_another
    matched([scene.moment_ms], scene.heard.onsets())


def test_it_is_small_and_sleeps_between_cues(scenes: dict[str, Future[Any]]) -> None:
    scene: Resting = scenes["resting"].result()
    assert scene.switches == 0
    assert scene.peak_mb <= 3 * bare_python_mb(), (scene.peak_mb, bare_python_mb())


def test_a_large_own_sound_is_played_in_part_or_blamed_and_cues_go_on(
    scenes: dict[str, Future[Any]],
) -> None:
    scene: Large = scenes["large"].result()
    matched(scene.moments, scene.heard.onsets())
    assert scene.backend == "miniaudio"
    assert all(words.startswith(("Sound: miniaudio.", "large.wav ")) for words in scene.words)


@pytest.mark.parametrize(("name", "most_mb"), [("25-long-sounds", 150), ("150-phrases", 70)])
def test_its_memory_stays_bounded(
    name: str, most_mb: float, scenes: dict[str, Future[Any]]
) -> None:
    scene: Filled = scenes[name].result()
    assert scene.peak_mb < most_mb
    assert scene.is_the_first


def clients(sink: Sink) -> int:
    told = subprocess.run(
        ["pactl", "list", "short", "clients"],
        env=os.environ | sink.environment,
        stdout=subprocess.PIPE,
        check=True,
    )
    return len(told.stdout.splitlines())


OPEN = """
import sys
from uncramp.audio.child.backend import NoSound
from uncramp.audio.child.library_backends import MiniaudioBackend
backend = MiniaudioBackend()
for _ in range(20):
    try:
        backend.prove()
    except NoSound:
        pass
print("failed", flush=True)
sys.stdin.read()
"""


def test_a_server_without_a_sink_keeps_no_connection_of_a_failed_open(sink: Sink) -> None:
    environment = os.environ | sink.environment
    subprocess.run(["pactl", "unload-module", "module-null-sink"], env=environment, check=True)
    before = clients(sink)
    with subprocess.Popen(
        [sys.executable, "-c", OPEN],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
    ) as process:
        assert process.stdout is not None and process.stdin is not None
        assert process.stdout.readline() == b"failed\n"
        left = clients(sink)
        process.stdin.close()
        process.wait()
    sink.stop()
    sink.start()
    assert left <= before + 1
