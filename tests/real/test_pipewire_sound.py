"""Real sound on PipeWire, which runs without a desktop: each player at its moments."""

import shutil
from importlib.util import find_spec

import pytest

from tests.real.listening import PipeWireSink, Sink, Waking, matched
from tests.real.speaking import NEVER_OVER_MS, Take, now_ms, play_all, speaker_on
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
    moments = [begin + 200 * place + place * 7 % 13 for place in range(12)]
    play_all(speaker, moments)
    sink.wait_until(moments[-1] + 400)
    return Take(moments, sink.heard(begin - 500), speaker.status())


@pytest.mark.parametrize("name", HERE)
def test_each_cue_sounds_once_and_at_its_moment(name: str, sink: Sink, waking: Waking) -> None:
    # In turn: several such servers at the same time hold each other up.
    with speaker_on(sink, name) as speaker:
        take = cues(speaker, sink)
    assert take.status == SoundStatus(True, name, f"Sound: {name}.")
    late = matched(take.moments, take.heard.onsets())
    assert max(abs(ms) for ms in late) <= NEVER_OVER_MS + take.machine_delay_ms(waking), late
