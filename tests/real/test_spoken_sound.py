"""Runs that speak with real engines into a real sound server, recorded."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Self

import numpy as np
import pytest

from tests.real.listening import PATIENCE_S, RATE, Recording, Samples, Sink, Waking, until
from tests.real.unmixing import explained
from uncramp.audio.samples.clip import samples_of
from uncramp.audio.samples.sound_file import read_clip
from uncramp.core.plan.plan import Plan, make_plan
from uncramp.core.plan.sound_priority import phrase_begins_ms
from uncramp.core.routine.model import Choices, Routine, Sides, Step
from uncramp.core.run.events import CueDue
from uncramp.core.run.timeline import timeline
from uncramp.speech.clip_cache import ClipCache
from uncramp.speech.engine import Engine, VoiceOptions
from uncramp.speech.engine_choice import Speech
from uncramp.speech.engine_programs import EspeakProgram
from uncramp.speech.espeak_process import from_wheel
from uncramp.system.resources import sound_set

NEVER_OVER_MS = 30.0
SPOKEN = """
title = "SpokenClip"

[[steps]]
name = "Rub the sole"
time = "3s"
get_ready = "4s"
sides = "each"
"""
LONG = """
title = "Long"

[[steps]]
name = "Listen"
say = "This is one long sentence that goes on and on, and on, until somebody pauses it for good."
time = "20s"
get_ready = 0
"""


@dataclass(frozen=True, slots=True)
class Home:
    """A person's home for a run, with its settings and its cache."""

    folder: Path
    environment: dict[str, str]

    @property
    def cache(self) -> ClipCache:
        return ClipCache(self.folder / "cache" / "uncramp" / "speech")

    def run(self, routine: str, *options: str) -> "subprocess.Popen[bytes]":
        file = self.folder / "routine.toml"
        file.write_text(routine)
        return subprocess.Popen(
            [sys.executable, "-m", "uncramp", "run", str(file), "--json", *options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=self.environment,
            cwd=self.folder,
            start_new_session=True,
        )


def home_of(engine: str, sink: Sink, outer: Mapping[str, str]) -> Home:
    """A home, in the sink's folder, whose person chose this engine."""
    environment = {k: v for k, v in outer.items() if k != "UNCRAMP_SOUND"} | sink.environment
    runtime = sink.folder / "runtime"
    runtime.mkdir(mode=0o700)
    environment["XDG_RUNTIME_DIR"] = str(runtime)
    for name in ("config", "state", "cache", "data"):
        environment[f"XDG_{name.upper()}_HOME"] = str(sink.folder / name)
    settings = sink.folder / "config" / "uncramp" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text(f'[voice]\nengine = "{engine}"\n')
    return Home(sink.folder, environment)


def needed(name: str) -> Engine:
    """The engine of this name, which CI has."""
    engine = from_wheel() if name == "espeakng-loader" else EspeakProgram()
    if not engine.is_there():
        if os.environ.get("CI") == "true":
            pytest.fail(f"{name} is not here")
        pytest.skip(f"{name} is not here")
    return engine


@dataclass(frozen=True, slots=True)
class Planned:
    """A sound of the plan: its samples, and when it is to be heard, from the beginning."""

    name: str
    form: Samples
    at_ms: float


def planned(plan: Plan, speech: Speech) -> list[Planned]:
    sounds, spoken_until_ms, found = sound_set("bowl"), None, []
    for event in timeline(plan):
        if not isinstance(event, CueDue):
            continue
        cue, chime_at_ms = event.cue, None
        if cue.sound:
            chime_at_ms = float(event.sounds_at)
            found.append(heard_as(cue.sound.name, sounds[cue.sound.name], chime_at_ms))
        if cue.say:
            begins_ms = phrase_begins_ms(event.sounds_at, chime_at_ms, spoken_until_ms)
            clip = speech.clip(cue.say)
            assert begins_ms is not None and clip is not None
            found.append(heard_as(cue.say, clip.path, begins_ms))
            spoken_until_ms = begins_ms + clip.length_ms
    return found


def heard_as(name: str, file: Path, at_ms: float) -> Planned:
    clip = read_clip(file)
    samples = np.array(samples_of(clip)[:: clip.channels], dtype=float) / 32_768
    places = np.arange(round(len(samples) * RATE / clip.rate)) * clip.rate / RATE
    form = np.interp(places, np.arange(len(samples)), samples)
    return Planned(name, form, at_ms - clip.onset_ms)


def late_ms(
    heard: Samples, began_ms: float, sounds: list[Planned], origin_ms: float
) -> list[float]:
    """How late each sound is. Raises AssertionError where one is missing, or one too many."""
    at = [round((origin_ms + sound.at_ms - began_ms) * RATE / 1000) for sound in sounds]
    reach = round(2 * NEVER_OVER_MS * RATE / 1000)
    found = explained(heard, [sound.form for sound in sounds], at, reach)
    late = [(place - want) * 1000 / RATE for place, want in zip(found.places, at, strict=True)]
    told = "\n".join(
        f"{s.name} at {s.at_ms:.0f} ms: {ms:+.1f} ms, level {level:.2f}"
        for s, ms, level in zip(sounds, late, found.levels, strict=True)
    )
    middle = sorted(found.levels)[len(found.levels) // 2]
    assert all(0.7 < level / middle < 1.3 for level in found.levels), told
    assert found.left_over < 0.05, f"{found.left_over:.3f} is not in the plan\n{told}"
    print(f"\n{told}\nleft over {found.left_over:.4f}")
    return late


def session_of(process: "subprocess.Popen[bytes]") -> list[str]:
    """What runs in the session that the process began."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            command = (folder / "cmdline").read_text()
        except OSError:
            continue
        if int(fields[3]) == process.pid and fields[0] != "Z":
            found.append(command)
    return found


@dataclass(frozen=True, slots=True)
class Run:
    """A run that was listened to."""

    home: Home
    moment_ms: float
    """When its plan began, or when it was paused."""
    heard: Recording


class HeardRun:
    """A run on a sink of its own, from its start to its end; recorded beside other tests."""

    def __init__(self, scene: Callable[[Sink, Mapping[str, str]], Run]) -> None:
        """Start nothing yet."""
        self._scene = scene
        self._stack = ExitStack()
        self._starting = Lock()
        self._run: Future[Run] | None = None

    def __enter__(self) -> Self:
        folder = tempfile.TemporaryDirectory(prefix="uncramp-ci-")
        self._folder = Path(self._stack.enter_context(folder))
        self._pool = self._stack.enter_context(ThreadPoolExecutor(1))
        return self

    def __exit__(self, *problem: object) -> None:
        self._stack.close()

    def start(self, environment: Mapping[str, str] | None = None) -> None:
        """Start the run in this environment, or in the present one; once."""
        with self._starting:
            if self._run is None:
                self._run = self._pool.submit(
                    self._perform, dict(os.environ if environment is None else environment)
                )

    def result(self) -> Run:
        """Wait for its end. Raises what went wrong in it."""
        self.start()
        assert self._run is not None
        return self._run.result()

    def _perform(self, environment: Mapping[str, str]) -> Run:
        with Sink(self._folder) as sink:
            return self._scene(sink, environment)


def whole_run(sink: Sink, environment: Mapping[str, str]) -> Run:
    home = home_of("espeakng-loader", sink, environment)
    begun = time.monotonic() * 1000
    process = home.run(SPOKEN)
    assert process.stdin is not None and process.stdout is not None
    process.stdin.close()
    origins = []
    for line in process.stdout:
        now, event = time.monotonic() * 1000, json.loads(line)
        if event["event"] == "cue" and event["at_ms"] > 0:
            origins.append(now - event["at_ms"])
    assert process.wait(PATIENCE_S) == 0
    process.stdout.close()
    sink.wait_until(time.monotonic() * 1000)
    assert until(lambda: not session_of(process)), session_of(process)
    return Run(home, min(origins), sink.heard(begun))


def paused_run(sink: Sink, environment: Mapping[str, str]) -> Run:
    home = home_of("espeak-ng", sink, environment)
    process = home.run(LONG)
    assert process.stdin is not None and process.stdout is not None
    _read_to("cue", process)
    clips = home.cache
    assert until(lambda: clips.size()[0] > 0)
    time.sleep(1.5 + 2.5)
    process.stdin.write(b"pause\n")
    process.stdin.flush()
    _read_to("paused", process)
    paused = time.monotonic() * 1000
    sink.wait_until(paused + 4_000)
    process.kill()
    process.wait()
    assert until(lambda: not session_of(process)), session_of(process)
    process.stdin.close()
    process.stdout.close()
    return Run(home, paused, sink.heard(paused - 2_000))


def _read_to(name: str, process: "subprocess.Popen[bytes]") -> None:
    assert process.stdout is not None
    for line in process.stdout:
        if json.loads(line)["event"] == name:
            return
    raise AssertionError(f"it ended without {name}")


WHOLE, PAUSED = HeardRun(whole_run), HeardRun(paused_run)


@pytest.mark.recorded("spoken", WHOLE)
@pytest.mark.usefixtures("sinks", "recorded_runs")
def test_every_phrase_and_every_chime_is_heard_at_its_moment_and_nothing_else(
    waking: Waking,
) -> None:
    engine = needed("espeakng-loader")
    run = WHOLE.result()
    step = Step("steps[0]", "Rub the sole", 3_000, get_ready_ms=4_000, sides=Sides.EACH)
    plan = make_plan(Routine("r", "SpokenClip", (step,)), Choices(is_first_time=True))
    # What the run kept is what it spoke.
    speech = Speech(run.home.cache, VoiceOptions(), {}, lambda: [engine])
    sounds = planned(plan, speech)
    assert [s.name for s in sounds if " " in s.name or s.name.endswith(".")] == [
        "Rub the sole. Left side. 3 seconds.",
        "Change to the right side. Rub the sole. Right side. 3 seconds.",
        "Finished.",
    ]
    late = late_ms(run.heard.samples, run.heard.began_ms, sounds, run.moment_ms)
    machine_delay_ms = waking.worst_ms(run.moment_ms - 3_000, run.moment_ms + sounds[-1].at_ms)
    assert max(map(abs, late)) < NEVER_OVER_MS + machine_delay_ms


@pytest.mark.recorded("paused", PAUSED)
@pytest.mark.usefixtures("sinks", "recorded_runs")
def test_a_pause_ends_a_phrase_in_the_middle() -> None:
    needed("espeak-ng")
    run = PAUSED.result()
    samples, paused = run.heard.samples, run.moment_ms

    def loudest(from_ms: float, to_ms: float) -> float:
        low, high = (round((ms - run.heard.began_ms) * RATE / 1000) for ms in (from_ms, to_ms))
        return float(np.max(np.abs(samples[low:high])))

    assert loudest(paused - 1_000, paused) > 0.02
    # The sound of pausing comes in between.
    assert loudest(paused + 1_000, paused + 3_500) < 0.001
