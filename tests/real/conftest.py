"""A sound server for the tests of real sound: one for each module, ended after it."""

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.real.listening import Sink, missing_tools, until
from tests.real.speaking import SOUNDS, Opener, processes_of_ours
from uncramp.audio.speaker import Speaker, open_speaker

if sys.platform == "win32":
    # They need pseudo-terminals, signals and a sound server that Windows has not.
    collect_ignore_glob = ["test_*"]


@pytest.fixture(scope="module")
def sink() -> Iterator[Sink]:
    """A recorded sink; left out only where a tool is missing, and never with CI=true."""
    if missing := missing_tools():
        words = (
            f"real sound needs {', '.join(missing)}: apt-get install pulseaudio-utils pulseaudio"
        )
        if os.environ.get("CI") == "true":
            pytest.fail(words)
        pytest.skip(words)
    with tempfile.TemporaryDirectory(prefix="uncramp-ci-") as folder, Sink(Path(folder)) as sink:
        yield sink


@pytest.fixture
def opened(sink: Sink, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opener]:
    """Opens speakers on the recorded sink, and sees that nothing of them is left."""
    for name, value in sink.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("UNCRAMP_SOUND", raising=False)
    before = set(Path("/tmp").glob("uncramp-sound-*"))
    speakers: list[Speaker] = []

    def open_one(*order: str, **others: object) -> Speaker:
        speaker = open_speaker(SOUNDS, order=list(order) or None, **others)  # type: ignore[arg-type]
        speakers.append(speaker)
        assert until(lambda: speaker.status().back_end is not None, 10)
        return speaker

    yield open_one
    for speaker in speakers:
        speaker.close()
    assert until(lambda: not processes_of_ours(sink), 2), processes_of_ours(sink)
    assert set(Path("/tmp").glob("uncramp-sound-*")) == before
