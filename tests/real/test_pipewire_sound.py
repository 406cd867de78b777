"""Real sound on PipeWire, which runs without a desktop: each player at its moments."""

import shutil
from functools import partial
from importlib.util import find_spec

import pytest

from tests.real.listening import PipeWireSink, Sink, matched
from tests.real.speaking import NEVER_OVER_MS, Sinks, Take, Takes, in_turn, now_ms, play_all
from uncramp.audio.player import SoundStatus
from uncramp.audio.speaker import Speaker

HERE = ["miniaudio"] if find_spec("miniaudio") else []
HERE += [name for name in ("pw-play", "paplay", "aplay") if shutil.which(name)]


@pytest.fixture(scope="module")
def sink_kind() -> type[Sink]:
    """PipeWire in place of PulseAudio."""
    return PipeWireSink


def cues(speaker: Speaker, sink: Sink) -> Take:
    begin = now_ms() + 1_800
    moments = [begin + 400 * place + place * 7 % 13 for place in range(12)]
    play_all(speaker, moments)
    sink.wait_until(moments[-1] + 400)
    return Take(moments, sink.heard(begin - 500), speaker.status())


@pytest.fixture(scope="module")
def takes(sinks: Sinks) -> Takes:
    """Every player's cues, recorded side by side: each has a server of its own."""
    return Takes({name: partial(in_turn, sinks, name, [name], cues) for name in HERE})


@pytest.mark.parametrize("name", HERE)
def test_each_cue_sounds_once_and_at_its_moment(name: str, takes: Takes) -> None:
    take = takes.of(name, cues)
    assert take.status == SoundStatus(True, name, f"Sound: {name}.")
    late = matched(take.moments, take.heard.onsets())
    assert max(abs(ms) for ms in late) <= NEVER_OVER_MS, late
