"""Real sound on PipeWire, which runs without a desktop: each player at its moments."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.real.listening import NEEDED, PipeWireSink, Sink, matched, missing_tools
from tests.real.speaking import NEVER_OVER_MS, Opener, now_ms, play_all
from uncramp.audio.player import SoundStatus

TOOLS = ("pipewire", "pipewire-pulse", "wireplumber", "pw-play", "dbus-run-session", *NEEDED[1:])
HERE = ["miniaudio"] if find_spec("miniaudio") else []
HERE += [name for name in ("pw-play", "paplay", "aplay") if shutil.which(name)]


@pytest.fixture(scope="module")
def sink() -> Iterator[Sink]:
    """PipeWire in place of PulseAudio."""
    if missing := missing_tools(TOOLS):
        words = f"PipeWire's sound needs {', '.join(missing)}: see the packages in .ci/run"
        if os.environ.get("CI") == "true":
            pytest.fail(words)
        pytest.skip(words)
    with (
        tempfile.TemporaryDirectory(prefix="uncramp-ci-") as folder,
        PipeWireSink(Path(folder)) as sink,
    ):
        yield sink


@pytest.mark.parametrize("name", HERE)
def test_each_cue_sounds_once_and_at_its_moment(name: str, sink: Sink, opened: Opener) -> None:
    speaker = opened(name)
    begin = now_ms() + 1_800
    moments = [begin + 400 * place + place * 7 % 13 for place in range(12)]
    play_all(speaker, moments)
    sink.wait_until(moments[-1] + 400)
    assert speaker.status() == SoundStatus(True, name, f"Sound: {name}.")
    late = matched(moments, sink.heard(begin - 500).onsets())
    assert max(abs(ms) for ms in late) <= NEVER_OVER_MS, late
