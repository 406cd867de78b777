"""Players that do not play, and what is reported about them."""

import sys
import threading
from pathlib import Path
from typing import Literal

import pytest

from uncramp.audio.child import program_backends
from uncramp.audio.child.backend import NoSound, Playback
from uncramp.audio.child.program_backends import Program, ProgramBackend, system_programs
from uncramp.audio.samples.clip import Clip, silent_clip
from uncramp.system.clocks import steady_ms

READS_ALL = "import sys; data = sys.stdin.buffer.read()"
SOUND = Clip(1_000, 1, b"\1\0" * 50)

Reads = Literal["samples", "wav", "file", "moment"]


def backend(script: str, reads: Reads = "samples", folder: Path | None = None) -> ProgramBackend:
    program = Program("fake", lambda clip: [], 0.0, 0.0, reads)
    return ProgramBackend(program, [sys.executable, "-c", script], folder)


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("raise SystemExit(1)", "fake ended with status 1"),
        (f"{READS_ALL[:10]}; import os; os.kill(os.getpid(), 9)", "fake ended with status -9"),
        (f"{READS_ALL}; sys.exit('no\\a such\\ndevice\\n')", "fake said: device"),
        (READS_ALL, "fake ended before it could have played anything"),
    ],
)
def test_a_player_that_fails_is_told_in_its_own_words(script: str, words: str) -> None:
    with pytest.raises(NoSound) as problem:
        # A minute of silence, which no player that ends now can have played.
        backend(script).play(silent_clip(60_000), Playback(steady_ms()))
    assert str(problem.value) == words


@pytest.mark.parametrize("reads", ["samples", "wav", "file", "moment"])
def test_a_player_that_hangs_is_ended(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, reads: Reads
) -> None:
    monkeypatch.setattr(program_backends, "GRACE_MS", 50)
    hangs = f"{READS_ALL}; import time; time.sleep(60)"
    with pytest.raises(NoSound, match=r"fake did not (finish|accept any sound)"):
        backend(hangs, reads, tmp_path).play(SOUND, Playback(steady_ms()))
    assert list(tmp_path.iterdir()) == []


def test_a_player_that_is_not_there_is_told() -> None:
    program = Program("fake", lambda clip: [], 0.0, 0.0)
    with pytest.raises(NoSound, match="fake cannot be started: there is no such file or folder"):
        ProgramBackend(program, ["/nowhere/fake"]).prove()


def test_stopped_it_is_ended_and_no_failure() -> None:
    playback = Playback(steady_ms())
    hangs = f"{READS_ALL}; import time; time.sleep(60)"
    player = threading.Thread(target=backend(hangs).play, args=(SOUND, playback))
    player.start()
    playback.stop()
    player.join(30)
    assert not player.is_alive()


def test_a_player_gets_the_sound_and_nothing_is_left(tmp_path: Path) -> None:
    got = tmp_path / "got"
    script = f"import sys, shutil; shutil.copy(sys.argv[1], {str(got)!r})"
    folder = tmp_path / "files"
    folder.mkdir()
    backend(script, "file", folder).play(SOUND, Playback(steady_ms() - 10_000))
    assert got.read_bytes().endswith(SOUND.frames)
    assert list(folder.iterdir()) == []


def test_only_players_that_are_there_are_found(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "aplay").write_text("#!/bin/sh\n")
    (tmp_path / "aplay").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert list(system_programs(None)) == ["aplay"]
