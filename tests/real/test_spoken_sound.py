"""Runs that speak with real engines into a real sound server, recorded."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from tests.content.bundled import routine
from tests.real.listening import RATE, Recording, Samples, Sink, until
from tests.real.speaking import Sinks, side_by_side
from tests.real.unmixing import explained
from uncramp.audio.samples.clip import Clip, samples_of
from uncramp.audio.samples.loudness import loudness_lufs
from uncramp.audio.samples.sound_file import read_clip
from uncramp.core.plan.plan import Plan, make_plan
from uncramp.core.plan.sound_priority import phrase_begins_ms
from uncramp.core.routine.model import Choices, Routine, Sides, Step
from uncramp.core.run.events import CueDue
from uncramp.core.run.timeline import timeline
from uncramp.core.text.saying import saying_ms
from uncramp.speech.clip_cache import ClipCache
from uncramp.speech.clip_trimming import LOUDNESS_LUFS, ready_to_play
from uncramp.speech.engine import Engine, NoVoice, VoiceOptions, plain_text
from uncramp.speech.engine_choice import Speech, system_engines
from uncramp.speech.engine_programs import EspeakProgram
from uncramp.speech.espeak_process import from_wheel
from uncramp.speech.pronunciation import read_out
from uncramp.speech.voice import phrases_from
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


def home_of(engine: str, sink: Sink) -> Home:
    """A home, in the sink's folder, whose person chose this engine."""
    environment = {k: v for k, v in os.environ.items() if k != "UNCRAMP_SOUND"} | sink.environment
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


def whole_run(sinks: Sinks) -> Run:
    sink = sinks("whole")
    home = home_of("espeakng-loader", sink)
    begun = time.monotonic() * 1000
    process = home.run(SPOKEN)
    assert process.stdin is not None and process.stdout is not None
    process.stdin.close()
    origins = []
    for line in process.stdout:
        now, event = time.monotonic() * 1000, json.loads(line)
        if event["event"] == "cue" and event["at_ms"] > 0:
            origins.append(now - event["at_ms"])
    assert process.wait(10) == 0
    process.stdout.close()
    sink.wait_until(time.monotonic() * 1000)
    assert until(lambda: not session_of(process), 2), session_of(process)
    return Run(home, min(origins), sink.heard(begun))


def paused_run(sinks: Sinks) -> Run:
    sink = sinks("paused")
    home = home_of("espeak-ng", sink)
    process = home.run(LONG)
    assert process.stdin is not None and process.stdout is not None
    for line in process.stdout:
        if json.loads(line)["event"] == "cue":
            break
    clips = home.cache
    assert until(lambda: clips.size()[0] > 0, 10)
    time.sleep(1.5 + 2.5)
    paused = time.monotonic() * 1000
    process.stdin.write(b"pause\n")
    process.stdin.flush()
    time.sleep(4)
    process.kill()
    process.wait()
    assert until(lambda: not session_of(process), 5), session_of(process)
    process.stdin.close()
    process.stdout.close()
    return Run(home, paused, sink.heard(paused - 2_000))


@pytest.fixture(scope="module")
def runs(sinks: Sinks) -> dict[str, Future[Run]]:
    """Both runs, recorded side by side."""
    return side_by_side({"whole": partial(whole_run, sinks), "paused": partial(paused_run, sinks)})


def test_every_phrase_and_every_chime_is_heard_at_its_moment_and_nothing_else(
    runs: dict[str, Future[Run]],
) -> None:
    engine = needed("espeakng-loader")
    run = runs["whole"].result()
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
    assert max(map(abs, late)) < NEVER_OVER_MS


def test_a_pause_ends_a_phrase_in_the_middle(runs: dict[str, Future[Run]]) -> None:
    needed("espeak-ng")
    run = runs["paused"].result()
    samples, paused = run.heard.samples, run.moment_ms

    def loudest(from_ms: float, to_ms: float) -> float:
        low, high = (round((ms - run.heard.began_ms) * RATE / 1000) for ms in (from_ms, to_ms))
        return float(np.max(np.abs(samples[low:high])))

    assert loudest(paused - 1_000, paused) > 0.02
    # The sound of pausing comes in between.
    assert loudest(paused + 1_000, paused + 3_500) < 0.001


@pytest.fixture(params=["espeakng-loader", "espeak-ng"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    found = needed(request.param)
    yield found
    found.close()


def made(engine: Engine, text: str, options: VoiceOptions | None = None) -> Clip:
    clip = ready_to_play(engine.make(plain_text(text), options or VoiceOptions()))
    assert clip is not None
    return clip


def test_an_engine_speaks_as_loud_as_a_chime(engine: Engine) -> None:
    clip = made(engine, "Outer leg, dip in front of and below the knob. Left leg. thirty seconds.")
    assert 2_000 < clip.length_ms < 7_000
    loudness = loudness_lufs([sample / 32_768 for sample in samples_of(clip)], clip.rate)
    assert loudness == pytest.approx(LOUDNESS_LUFS, abs=1.0)


@pytest.mark.parametrize(
    "text",
    [
        "--version",
        "-f /etc/passwd Rub",
        "<speak><break time='30s'/>Rub</speak>",
        "Rub [[slnc 30000]] now",
        "R\x00u\x1bb\r\n\r\nnow",
        "Süß 你好 \U0001f9b6 Rub \ud800",
        "Rub " * 300,
    ],
    ids=["option", "file", "markup", "phonemes", "control", "not-ascii", "long"],
)
def test_hostile_text_is_read_out_and_no_more(engine: Engine, text: str) -> None:
    assert 100 < made(engine, text).length_ms < 60_000


def test_pace_and_language_are_heard(engine: Engine) -> None:
    text = "Rub the sole of your foot with your fist."
    slow, fast = (made(engine, text, VoiceOptions(rate=rate)).length_ms for rate in (80, 300))
    assert slow > 2 * fast
    clips = {
        made(engine, "Change", VoiceOptions(language)).frames for language in ("en", "fr-CA", "de")
    }
    assert len(clips) == 3
    with pytest.raises(NoVoice):
        engine.make("Qapla", VoiceOptions("tlh"))


def test_speech_goes_on_after_its_process_was_killed(tmp_path: Path) -> None:
    engine = from_wheel()
    needed(engine.name)
    speech = Speech(ClipCache(tmp_path), VoiceOptions(), {}, lambda: [engine])
    assert speech.clip("Rub.") is not None
    assert engine.pid is not None
    os.kill(engine.pid, signal.SIGKILL)
    assert speech.clip("Roll.") is not None
    assert speech.engine == engine.name
    speech.close()


def test_the_library_of_the_system_will_do_without_its_program(tmp_path: Path) -> None:
    needed("espeak-ng")
    assert shutil.which("espeak-ng")
    library = system_engines("espeak-ng")[-1]
    assert made(library, "Rub.").length_ms > 100
    library.close()


def test_no_phrase_of_ours_takes_longer_than_is_reckoned(engine: Engine) -> None:
    phrases = set[str]()
    for routine_id in ("acute-calf", "bedtime", "foot-relief", "knee-massage"):
        phrases |= set(phrases_from(make_plan(routine(routine_id)), 0))
    assert len(phrases) > 60
    for phrase in phrases:
        assert made(engine, read_out(phrase, {})).length_ms <= saying_ms(phrase), phrase
