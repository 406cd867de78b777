"""Real sound: beside other programs' music, at night, a person's own, and taken back in time."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from tests.real.listening import RATE, Recording, Samples, Sink, Waking, matched, until
from tests.real.speaking import (
    HERE,
    NEVER_OVER_MS,
    PLACED_BY_SAMPLES,
    Sinks,
    Take,
    Takes,
    in_turn,
    now_ms,
    outcome,
)
from uncramp.audio.player import SoundStatus
from uncramp.audio.samples.sound_file import read_clip
from uncramp.audio.speaker import Speaker
from uncramp.audio.volume import gain
from uncramp.core.routine.model import Sound
from uncramp.system.resources import at_night, sound_set

GONGS = Path(__file__).parents[1] / "audio" / "fixtures"
MUSIC_HZ = 100.0
WINDOW = RATE // 50


def bundled(name: str) -> Samples:
    return np.frombuffer(read_clip(sound_set()[name]).frames, "<i2") / 32_768


def night_form(of: str, name: str) -> Samples:
    """A bundled sound as it is at night, at the rate of the recording."""
    clip = read_clip(at_night(sound_set(of)[name]))
    samples = np.frombuffer(clip.frames, "<i2") / 32_768
    return np.repeat(samples, RATE // clip.rate)


def fits(samples: Samples, form: Samples) -> Samples:
    """How well a sound of that form fits, at each place."""
    size = 1 << (len(samples) + len(form)).bit_length()
    return np.fft.irfft(np.fft.rfft(samples, size) * np.conj(np.fft.rfft(form, size)), size)


def level_at(heard: Recording, form: Samples, at_ms: float, within_ms: float = 120.0) -> float:
    """How loud a sound of that form is near a moment, of its own loudness."""
    first = round((at_ms - within_ms - heard.began_ms) * RATE / 1000)
    stretch = heard.samples[first : first + len(form) + round(2 * within_ms * RATE / 1000)]
    best = fits(stretch, form)[: len(stretch) - len(form) + 1].max()
    return float(best / np.dot(form, form))


@contextmanager
def music(sink: Sink) -> Iterator["subprocess.Popen[bytes]"]:
    """Another program that plays a low tone all the time."""
    turn = 2 * np.pi * MUSIC_HZ / RATE
    tone = (np.sin(turn * np.arange(RATE * 30)) * 3_000).astype("<i2").tobytes()
    form = ["--raw", "--format=s16le", f"--rate={RATE}", "--channels=1"]
    file = sink.folder / "music.raw"
    file.write_bytes(tone)
    with subprocess.Popen(["paplay", *form, str(file)], env=os.environ | sink.environment) as other:
        try:
            yield other
        finally:
            other.kill()


def tone_in_each_window(heard: Recording) -> Samples:
    """How strong the music is in each 20 ms, two of its waves."""
    windows = heard.samples[: len(heard.samples) // WINDOW * WINDOW].reshape(-1, WINDOW)
    turn = 2 * np.pi * MUSIC_HZ / RATE * np.arange(WINDOW)
    return np.asarray(2 * np.abs(windows @ np.exp(1j * turn)) / WINDOW)


OWN = ("gong.wav", "gong.flac", "gong.mp3", "gong.ogg")


def beside_music(speaker: Speaker, sink: Sink) -> Take:
    with music(sink) as other:
        time.sleep(0.5)
        begin = now_ms() + 1_500
        moments = [begin, begin + 500, begin + 1_000]
        for at in moments:
            speaker.play_at(Sound("tick"), 1.0, at)
        sink.wait_until(begin + 1_500)
        assert other.poll() is None, "the other program was ended"
    return Take(moments, sink.heard(begin - 700), speaker.status())


def at_night_and_softer(speaker: Speaker, sink: Sink) -> Take:
    begin = now_ms() + 1_700
    moments = [begin + 450 * place for place in range(4)]
    for at in moments:
        speaker.play_at(Sound("tick"), 0.8, at, is_night=True)
    sink.wait_until(moments[-1] + 400)
    return Take(moments, sink.heard(begin - 500), speaker.status())


def own_sounds(speaker: Speaker, sink: Sink) -> Take:
    (sink.folder / "broken.ogg").write_bytes(b"No sound.")
    begin = now_ms() + 1_700
    for place, gong in enumerate(OWN):
        speaker.play_at(Sound(f"./{gong}", str(GONGS)), 1.0, begin + 800 * place, instead="start")
    last = begin + 800 * len(OWN)
    speaker.play_at(Sound("./broken.ogg", str(sink.folder)), 1.0, last, instead="start")
    sink.wait_until(last + 900)
    heard = sink.heard(begin - 500)
    assert until(lambda: "broken.ogg" in speaker.status().words)
    return Take([begin + 800 * place for place in range(len(OWN) + 1)], heard, speaker.status())


def another_volume(speaker: Speaker, sink: Sink) -> Take:
    begin = now_ms() + 1_700
    speaker.play_at(Sound("finish"), 0.5, begin)
    speaker.play_at(Sound("tick"), 1.0, begin + 1_500)
    # Now the tick's player is up, and stands on silence.
    sink.wait_until(begin + 900)
    speaker.withdraw(begin + 1_300)
    speaker.play_at(Sound("tick"), 0.3, begin + 1_500)
    sink.wait_until(begin + 2_700)
    return Take([begin, begin + 1_500], sink.heard(begin - 500), speaker.status())


ROUTINE = """\
title = "Short"

[defaults]
get_ready = 0

[cues]
halfway = false
countdown = 0

[[steps]]
name = "Rub"
time = "4s"
"""


def the_program(sink: Sink) -> Take:
    home = sink.folder
    file = home / "short.toml"
    file.write_text(ROUTINE)
    environment = {k: v for k, v in os.environ.items() if k != "UNCRAMP_SOUND"}
    for name in ("config", "state", "cache", "data"):
        environment[f"XDG_{name.upper()}_HOME"] = str(home / name)
    runtime = home / "runtime"
    runtime.mkdir(mode=0o700)
    environment |= sink.environment | {"XDG_RUNTIME_DIR": str(runtime)}
    settings = home / "config" / "uncramp" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text("[volume]\nstart = 60\n[night]\nvolume = 100\n")
    options = ["--sounds", "beep", "--volume", "50", "--night", "--speed", "2", "--sound"]
    begun = now_ms()
    subprocess.run(
        [sys.executable, "-m", "uncramp", "run", str(file), "--plain", *options],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        env=environment,
        check=True,
    )
    sink.wait_until(now_ms())
    return Take([begun], sink.heard(begun), SoundStatus(True, None, ""))


SCENES = {
    True: (beside_music, at_night_and_softer, another_volume, own_sounds),
    False: (beside_music, at_night_and_softer, own_sounds),
}
"""By whether a player's sounds are placed by samples."""


@pytest.fixture(scope="module")
def takes(sinks: Sinks) -> Takes:
    """Every scene of each player, recorded side by side: each player has its own sink."""
    performers: dict[str, Callable[[], Mapping[str, Future[Take]]]] = {
        name: partial(in_turn, sinks, name, [name], *SCENES[name in PLACED_BY_SAMPLES])
        for name in HERE
    }
    own = sinks("program")
    performers["program"] = lambda: {the_program.__name__: outcome(partial(the_program, own))}
    return Takes(performers)


@pytest.mark.parametrize("name", HERE)
def test_other_programs_music_plays_on_beside_our_sounds(name: str, takes: Takes) -> None:
    take = takes.of(name, beside_music)
    played = Recording(take.heard.samples[: round(2.1 * RATE)], take.heard.began_ms)
    strength = tone_in_each_window(played)
    assert strength.min() > 0.5 * np.median(strength), "the music had a gap"
    assert strength.max() < 1.5 * np.median(strength)
    for at in take.moments:
        assert 0.7 < level_at(take.heard, bundled("tick"), at - 6.4) < 1.3


@pytest.mark.parametrize("name", HERE)
def test_at_night_and_softer_it_is_still_at_its_moment(
    name: str, takes: Takes, waking: Waking
) -> None:
    take = takes.of(name, at_night_and_softer)
    late = matched(take.moments, take.heard.onsets())
    assert max(abs(ms) for ms in late) <= NEVER_OVER_MS + take.machine_delay_ms(waking), late


@pytest.mark.parametrize("name", HERE)
def test_a_persons_own_sounds_are_played_whatever_they_are(
    name: str, takes: Takes, waking: Waking
) -> None:
    take = takes.of(name, own_sounds)
    # They begin in 10 ms, and what is heard first of them is a matter of the level.
    late = matched(take.moments, take.heard.onsets(150))
    assert max(abs(ms) for ms in late) <= 50 + take.machine_delay_ms(waking), late
    assert 0.7 < level_at(take.heard, bundled("start"), take.moments[-1]) < 1.3
    assert "broken.ogg" in take.status.words


@pytest.mark.parametrize("name", [name for name in HERE if name in PLACED_BY_SAMPLES])
def test_another_volume_counts_for_what_was_sent_and_cuts_nothing(name: str, takes: Takes) -> None:
    take = takes.of(name, another_volume)
    begin, later = take.moments
    finish, tick = 0.5 * bundled("finish"), bundled("tick")
    assert 0.8 < level_at(take.heard, finish, begin - 6.5) < 1.2
    assert 0.2 < level_at(take.heard, tick, later - 6.4) < 0.4


def found(samples: Samples, form: Samples) -> tuple[int, float]:
    """Where a sound of that form fits best, and how loud it is there, of its own loudness."""
    fit = fits(samples, form)
    return int(fit.argmax()), float(fit.max() / np.dot(form, form))


def test_the_program_plays_the_set_the_night_and_the_volume_that_are_asked_for(
    takes: Takes,
) -> None:
    heard = takes.of("program", the_program).heard
    finish, start = (night_form("beep", name) for name in ("finish", "start"))
    place, level = found(heard.samples, finish)
    assert level == pytest.approx(gain(0.5), rel=0.2)
    # They have notes in common: the one is looked for in front of the other.
    _, level = found(heard.samples[:place], start)
    assert level == pytest.approx(gain(0.5 * 0.6), rel=0.2)
