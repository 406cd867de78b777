"""The process of eSpeak NG's library, replaced by one line of Python."""

import subprocess
import sys
from collections.abc import Sequence

import pytest

from uncramp.speech import espeak_process
from uncramp.speech.engine import CannotSpeak, NoVoice, VoiceOptions
from uncramp.speech.espeak_process import EspeakLibrary

ANSWERS = """
import json, sys
for line in sys.stdin:
    asked = json.loads(line)
    samples = asked['text'].encode() * 2
    head = {'rate': 22050, 'length': len(samples)}
    sys.stdout.buffer.write(json.dumps(head).encode() + b'\\n' + samples)
    sys.stdout.buffer.flush()
"""
NO_VOICE = """
import sys
for line in sys.stdin:
    print('{"no_voice": true}', flush=True)
"""


class Launched:
    """Starts a script in place of the library, and keeps what it started."""

    def __init__(self, script: str) -> None:
        self._script = script
        self.processes: list[subprocess.Popen[bytes]] = []

    def __call__(self, arguments: Sequence[str]) -> "subprocess.Popen[bytes]":
        process = subprocess.Popen(
            [sys.executable, "-c", self._script],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        self.processes.append(process)
        return process


def test_one_process_answers_every_phrase_until_it_is_closed() -> None:
    launch = Launched(ANSWERS)
    engine = EspeakLibrary("fake", ["lib"], launch)
    assert not launch.processes
    texts = ["Rub", "Süß <b>\u2028", "-f"]
    assert [engine.make(text, VoiceOptions()).frames for text in texts] == [
        text.encode() * 2 for text in texts
    ]
    assert len(launch.processes) == 1
    engine.close()
    engine.close()
    assert launch.processes[0].returncode is not None


@pytest.mark.parametrize(
    "script",
    [
        "raise SystemExit(1)",
        "print('rubbish', flush=True)\nimport sys; sys.stdin.read()",
        'print(\'{"rate": 22050, "length": 9}\', flush=True)',
    ],
)
def test_a_process_that_dies_or_talks_rubbish_is_ended_and_started_anew(script: str) -> None:
    launch = Launched(script)
    engine = EspeakLibrary("fake", ["lib"], launch)
    for count in (1, 2):
        with pytest.raises(CannotSpeak, match="fake: its process ended"):
            engine.make("Rub", VoiceOptions())
        assert len(launch.processes) == count
        assert launch.processes[-1].returncode is not None


def test_a_process_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(espeak_process, "MAKE_WITHIN_S", 0.3)
    launch = Launched("import time; time.sleep(60)")
    with pytest.raises(CannotSpeak):
        EspeakLibrary("fake", ["lib"], launch).make("Rub", VoiceOptions())
    assert launch.processes[0].returncode is not None


def test_a_language_that_it_does_not_have_leaves_it_running() -> None:
    launch = Launched(NO_VOICE)
    engine = EspeakLibrary("fake", ["lib"], launch)
    for _ in range(2):
        with pytest.raises(NoVoice, match="fake has no voice tlh"):
            engine.make("Qapla", VoiceOptions("tlh"))
    assert len(launch.processes) == 1
    engine.close()


def test_a_library_that_cannot_be_loaded_says_why() -> None:
    engine = EspeakLibrary("espeak-ng", ["libnothing.so.9"])
    with pytest.raises(CannotSpeak, match="espeak-ng: libnothing"):
        engine.make("Rub", VoiceOptions())
    engine.close()


def test_one_that_is_not_there_says_so() -> None:
    engine = EspeakLibrary("fake", None)
    assert not engine.is_there()
    with pytest.raises(CannotSpeak, match="fake is not installed"):
        engine.make("Rub", VoiceOptions())


def test_a_process_that_cannot_be_started_says_so() -> None:
    def launch(arguments: Sequence[str]) -> "subprocess.Popen[bytes]":
        raise FileNotFoundError(2, "No such file or directory")

    with pytest.raises(CannotSpeak, match="fake cannot be started: there is no such file"):
        EspeakLibrary("fake", ["lib"], launch).make("Rub", VoiceOptions())
