"""Real sound: what the speaker process plays into a real server, recorded and compared."""

import os
import signal
import subprocess
import sys
import wave
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from tests.real.listening import Sink, Waking, matched, until
from tests.real.speaking import (
    HERE,
    NEVER_OVER_MS,
    PLACED_BY_SAMPLES,
    SOUNDS,
    TICK,
    Opener,
    Sinks,
    Take,
    Takes,
    in_turn,
    now_ms,
    outcome,
    play_all,
    speaker_on,
)
from uncramp.audio.player import SoundStatus
from uncramp.audio.speaker import Speaker, open_speaker
from uncramp.cli.lateness_check import Measured, measure_lateness
from uncramp.core.routine.model import Sound


def pid(speaker: Speaker) -> int:
    assert until(lambda: speaker.pid is not None)
    assert speaker.pid is not None
    return speaker.pid


APART_MS = 140
"""Of the two hundred: as soon as a tick has faded the next one begins."""
FADED_MS = 25.0
"""How long it is quiet between two of them."""


def cues(speaker: Speaker, sink: Sink) -> Take:
    begin = now_ms() + 1_500
    moments = [begin + 300 * place + place * 7 % 13 for place in range(20)]
    play_all(speaker, moments)
    sink.wait_until(moments[-1] + 400)
    return Take(moments, sink.heard(begin - 500), speaker.status())


def two_at_once(speaker: Speaker, sink: Sink) -> Take:
    begin = now_ms() + 2_000
    speaker.play_at(Sound("finish"), 0.5, begin)
    speaker.play_at(TICK, 1.0, begin + 1_500)
    sink.wait_until(begin + 4_000)
    return Take([begin, begin + 1_500], sink.heard(begin - 500), speaker.status())


def silenced(speaker: Speaker, sink: Sink) -> Take:
    begin = now_ms() + 1_200
    speaker.play_at(Sound("finish"), 1.0, begin)
    speaker.play_at(TICK, 1.0, begin + 1_500)
    sink.wait_until(begin + 700)
    asked = now_ms()
    speaker.cancel()
    sink.wait_until(begin + 2_000)
    return Take([begin, asked], sink.heard(begin - 500), speaker.status())


def two_hundred(speaker: Speaker, sink: Sink) -> Take:
    begin = now_ms() + 1_500
    moments = [begin + APART_MS * place for place in range(200)]
    play_all(speaker, moments)
    sink.wait_until(moments[-1] + 400)
    return Take(moments, sink.heard(begin - 500), speaker.status())


def killed(speaker: Speaker, sink: Sink) -> Take:
    begin = now_ms() + 1_200
    later = begin + 6_000
    for at in (begin, later):
        speaker.play_at(TICK, 1.0, at)
    sink.wait_until(begin + 400)
    first = pid(speaker)
    os.kill(first, signal.SIGKILL)
    sink.wait_until(later + 400)
    assert pid(speaker) != first
    return Take([begin, later], sink.heard(begin - 500), speaker.status())


def server_goes(speaker: Speaker, sink: Sink) -> Take:
    first = now_ms() + 1_200
    speaker.play_at(TICK, 1.0, first)
    sink.wait_until(first + 400)
    heard = sink.heard(first - 500)
    sink.stop()
    speaker.play_at(TICK, 1.0, now_ms() + 1_200)
    assert until(lambda: speaker.status().backend == "bell")
    return Take([first], heard, speaker.status())


def server_comes_back(speaker: Speaker, sink: Sink) -> Take:
    sink.start()

    def is_tried_again() -> bool:
        # The order is tried again at a cue, some seconds after it failed.
        speaker.play_at(TICK, 1.0, now_ms() + 200)
        return until(lambda: speaker.status().backend == "miniaudio", 1)

    assert until(is_tried_again)
    again = now_ms() + 2_500
    speaker.play_at(TICK, 1.0, again)
    sink.wait_until(again + 400)
    return Take([again], sink.heard(again - 300), speaker.status())


def measured() -> list[Measured]:
    """What the doctor finds of a player as it is, and of one that is 60 ms early."""
    return [
        measure_lateness(
            open_speaker(SOUNDS, order=["paplay"], lateness={"paplay": off_ms}), "paplay"
        )
        for off_ms in (0.0, 60.0)
    ]


@pytest.fixture(scope="module")
def performances(sinks: Sinks) -> tuple[Takes, Future[list[Measured]]]:
    """Every scene of each player, recorded side by side: each performer has its own sink."""
    performers = {
        name: partial(in_turn, sinks, name, [name], *SCENES[name in PLACED_BY_SAMPLES])
        for name in HERE
    }
    goes = ["miniaudio", "paplay", "bell"]
    performers |= {
        "hundreds": partial(in_turn, sinks, "hundreds", ["miniaudio"], two_hundred),
        "killed": partial(in_turn, sinks, "killed", ["paplay"], killed),
        "server": partial(in_turn, sinks, "server", goes, server_goes, server_comes_back),
    }
    with pytest.MonkeyPatch.context() as patch, ThreadPoolExecutor(1) as pool:
        # The doctor plays where the program does.
        for name, value in sinks("doctor").environment.items():
            patch.setenv(name, value)
        patch.delenv("UNCRAMP_SOUND", raising=False)
        doctor = pool.submit(measured)
        return Takes(performers | {"doctor": partial(awaited, doctor)}), doctor


def awaited(doctor: Future[list[Measured]]) -> dict[str, Future[Take]]:
    """Nothing more: until then its speakers' folders are there."""
    doctor.exception()
    return {}


@pytest.fixture
def takes(performances: tuple[Takes, Future[list[Measured]]]) -> Takes:
    """What the players were heard to play."""
    return performances[0]


SCENES = {True: (cues, two_at_once, silenced), False: (cues, silenced)}
"""By whether a player's sounds are placed by samples."""


@pytest.mark.parametrize("name", HERE)
def test_each_cue_sounds_once_and_at_its_moment(name: str, takes: Takes, waking: Waking) -> None:
    take = takes.of(name, cues)
    assert take.status == SoundStatus(True, name, f"Sound: {name}.")
    late = matched(take.moments, take.heard.onsets())
    assert max(abs(ms) for ms in late) <= NEVER_OVER_MS + take.machine_delay_ms(waking), late


@pytest.fixture(scope="module")
def takes_on_a_busy_machine(sinks: Sinks, waking: Waking) -> dict[str, Future[tuple[Take, float]]]:
    """Many cues by each player in turn, beside two processes: one for each of two cores."""
    names = [name for name in HERE if name in PLACED_BY_SAMPLES]
    busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(2)]
    try:
        return {name: outcome(partial(beside_busy, name, sinks("busy"), waking)) for name in names}
    finally:
        for process in busy:
            process.kill()
            process.wait()


def beside_busy(name: str, sink: Sink, waking: Waking) -> tuple[Take, float]:
    """A take, and what the machine did meanwhile to anybody, in ms."""
    with speaker_on(sink, name) as speaker:
        begin = now_ms() + 2_500
        moments = [begin + 200 * place + place * 7 % 13 for place in range(40)]
        with sink.control(14):
            play_all(speaker, moments)
            sink.wait_until(moments[-1] + 400)
        # What the server and the recording did to a stream that nobody touched meanwhile, and
        # what the machine did to a thread that asked for nothing: with two processes, some ms.
        control = np.abs(sink.control_errors(begin, moments[-1])).max()
        control += waking.usual_ms(begin - 1_000, moments[-1])
        return Take(moments, sink.heard(begin - 500), speaker.status()), control


@pytest.mark.parametrize("name", [name for name in HERE if name in PLACED_BY_SAMPLES])
def test_on_a_busy_machine_each_cue_sounds_at_its_moment(
    name: str, takes_on_a_busy_machine: dict[str, Future[tuple[Take, float]]]
) -> None:
    take, control = takes_on_a_busy_machine[name].result()
    assert take.status == SoundStatus(True, name, f"Sound: {name}.")
    late = np.abs(matched(take.moments, take.heard.onsets()))
    assert late.max() <= NEVER_OVER_MS + control, (control, late)
    assert np.percentile(late, 95) <= 15 + control, (control, late)


@pytest.mark.parametrize("name", [name for name in HERE if name in PLACED_BY_SAMPLES])
def test_two_sounds_at_once_are_both_heard(name: str, takes: Takes, waking: Waking) -> None:
    take = takes.of(name, two_at_once)
    together = take.heard
    with wave.open(str(SOUNDS["finish"])) as file:
        finish = np.frombuffer(file.readframes(file.getnframes()), "<i2") / 65_536
    with wave.open(str(SOUNDS["tick"])) as file:
        tick = np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32_768
    first = round((take.moments[0] - together.began_ms) * 48)
    reach = round((40 + take.machine_delay_ms(waking)) * 48)
    for form, place in ((finish, first), (tick, first + 72_000)):
        stretch = together.samples[max(place - reach, 0) : place + len(form) + reach]
        fit = np.correlate(stretch, form, "valid").max() / np.dot(form, form)
        assert 0.8 < fit < 1.2


PARENT = """
import os, sys, time
from pathlib import Path
from uncramp.audio.speaker import open_speaker
speaker = open_speaker({})
while speaker.pid is None or speaker.status().backend is None:
    time.sleep(0.01)
if os.fork() == 0:
    time.sleep(300)
    os._exit(0)
print(speaker.pid, flush=True)
time.sleep(300)
"""


def test_killed_with_9_the_program_leaves_no_speaker_behind(sink: Sink, opened: Opener) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT], stdout=subprocess.PIPE, start_new_session=True
    )
    try:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert Path(f"/proc/{child}").exists()
        os.kill(parent.pid, signal.SIGKILL)
        parent.wait()
        # Its own child lives on, and holds the speaker's input open.
        assert until(lambda: not is_running(child)), "the speaker process lives on"
    finally:
        with suppress(OSError):
            os.killpg(parent.pid, signal.SIGKILL)
        assert parent.stdout is not None
        parent.stdout.close()


def is_running(pid: int) -> bool:
    """Is there such a process, and not only its status to be read?"""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_two_hundred_cues_in_one_go(takes: Takes, waking: Waking) -> None:
    take = takes.of("hundreds", two_hundred)
    late = np.abs(matched(take.moments, take.heard.onsets(FADED_MS)))
    assert late.max() <= NEVER_OVER_MS + take.machine_delay_ms(waking), late
    usual_ms = waking.usual_ms(take.moments[0], take.moments[-1])
    assert np.percentile(late, 99) <= 15 + usual_ms, (usual_ms, late)


@pytest.mark.parametrize("name", HERE)
def test_silent_within_50_ms_of_being_told(name: str, takes: Takes, waking: Waking) -> None:
    take = takes.of(name, silenced)
    begin, asked = take.moments
    loud = np.flatnonzero(np.abs(take.heard.samples) > 0.005)
    last = take.heard.began_ms + loud[-1] / 48
    assert begin + 300 < last < asked + 50 + waking.worst_ms(asked - 100, asked + 500)


def test_a_process_that_is_killed_is_started_again(takes: Takes) -> None:
    take = takes.of("killed", killed)
    matched(take.moments, take.heard.onsets())


def test_no_server_at_all(
    waking: Waking, opened: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path / 'nowhere'}")
    rung: list[float] = []
    speaker = opened("paplay", "bell", bell=lambda: rung.append(now_ms()))
    status = speaker.status()
    assert (status.is_heard, status.backend) == (False, "bell")
    assert status.words == (
        "No sound: this machine has no sound device that answers (tried paplay). "
        "The terminal's bell is used instead."
    )
    assert status.details[0].startswith("paplay said: ")
    at = now_ms() + 700
    speaker.play_at(TICK, 1.0, at)
    assert until(lambda: bool(rung))
    assert -100 < rung[0] - at < 100 + waking.worst_ms(at - 500)


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("exec sleep 60", "paplay did not"),
        ("exit 1", "paplay ended with status 1"),
        ("cat >/dev/null; echo '{rubbish' ; echo rubbish >&2; exit 3", "paplay said: rubbish"),
        ("cat >/dev/null; exit 0", "paplay ended before it could have played anything"),
    ],
)
def test_a_player_that_does_not_play(
    script: str, words: str, opened: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = tmp_path / "paplay"
    fake.write_text(f"#!/bin/sh\n{script}\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    speaker = opened("paplay", "bell", bell=lambda: None)
    assert speaker.status().backend == "bell"
    assert words in speaker.status().details[0]


def test_the_server_goes_and_comes_back(takes: Takes) -> None:
    for scene in (server_goes, server_comes_back):
        take = takes.of("server", scene)
        matched(take.moments, take.heard.onsets())


def test_doctor_finds_how_late_a_backend_is_and_that_is_taken_off(
    performances: tuple[Takes, Future[list[Measured]]],
) -> None:
    found = [measured.lateness for measured in performances[1].result()]
    assert found[0] is not None
    assert found[1] is not None
    assert abs(found[0].median_ms - found[1].median_ms - 60) <= 10, found
