"""`uncramp doctor` reports what it found without naming the person or the machine."""

import getpass
import json
import socket
from pathlib import Path
from typing import Self

import pytest

from tests.cli.said import Said, at_terminal
from uncramp.audio.calibration import CannotRecord, MeasuredLateness, Recording
from uncramp.audio.lateness import read_lateness
from uncramp.audio.player import SoundStatus
from uncramp.cli.commands import doctor as page
from uncramp.cli.lateness_check import Measured, measure_lateness
from uncramp.cli.machine_report import anonymous, terminal
from uncramp.cli.microphone_check import NOT_OPENED, MicrophoneFound
from uncramp.core.routine.model import Sound
from uncramp.speech.voice_report import SpeechReport
from uncramp.system import paths
from uncramp.system.files import private_folder

WORKS = SoundStatus(
    True, "paplay", "Sound: paplay (tried first: miniaudio).",
    ("miniaudio found no device",), ("miniaudio",), ("simpleaudio", "afplay"),
)  # fmt: skip
NOTHING = SoundStatus(
    False, None, "No sound: this machine has no sound device that answers. Watch the screen.",
    ("miniaudio found no device", "paplay said: refused"), ("miniaudio", "paplay"), ("aplay",),
)  # fmt: skip


class FakeSpeaker:
    """A fake speaker with a given status."""

    is_choosing = False

    def __init__(self, status: SoundStatus, takes: bool = True) -> None:
        self.now = status
        self.takes = takes
        self.sounded = 0
        self.played: list[str] = []

    def status(self) -> SoundStatus:
        return self.now

    def play_at(self, sound: Sound, volume: float, steady_ms: float) -> None:
        self.played.append(sound.name)
        if self.takes:
            self.sounded += 1
        else:
            self.now = NOTHING

    def close(self) -> None:
        pass


@pytest.fixture
def no_voice(monkeypatch: pytest.MonkeyPatch) -> None:
    report = SpeechReport("No voice.", None, "en", ("say: not here",), 0, 0, None)
    monkeypatch.setattr(page, "speech_report", lambda settings, cache_folder: report)
    monkeypatch.setattr(page, "wake_lock_report", lambda is_wanted: "It is kept awake.")


def with_speaker(monkeypatch: pytest.MonkeyPatch, speaker: FakeSpeaker) -> FakeSpeaker:
    monkeypatch.setattr(page, "open_speaker", lambda *_, **__: speaker)
    return speaker


def test_what_was_tried_stands_there_in_its_order(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, no_voice: None
) -> None:
    speaker = with_speaker(monkeypatch, FakeSpeaker(WORKS))
    said = Said(capsys, "doctor")
    assert said.status == 0
    assert speaker.played == ["finish"]
    begin = said.lines.index("Sound")
    assert said.lines[begin:] == [
        "Sound",
        "  Sound: paplay (tried first: miniaudio).",
        "  miniaudio:             miniaudio found no device",
        "  paplay:                is used",
        "  not needed, not tried: just-playback, pw-play, aplay, winsound, bell",
        "  not on this machine:   simpleaudio, afplay",
        "  A sound was played to its end.",
        "Voice",
        "  No voice.",
        "  say: not here",
        "Microphone",
        f"  {NOT_OPENED}",
    ]


def test_a_sound_that_nothing_took_is_no_sound_whatever_was_promised(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, no_voice: None
) -> None:
    with_speaker(monkeypatch, FakeSpeaker(WORKS, takes=False))
    said = Said(capsys, "doctor")
    assert said.status == 1
    assert "  paplay:                paplay said: refused" in said.lines
    assert "played to its end" not in said.out


@pytest.mark.parametrize(
    ("answer", "status", "words"),
    [("y", 0, "and you heard it"), ("n", 1, "but you did not hear it")],
)
def test_at_a_terminal_the_person_is_asked(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    no_voice: None,
    answer: str,
    status: int,
    words: str,
) -> None:
    with_speaker(monkeypatch, FakeSpeaker(WORKS))
    at_terminal(monkeypatch, [answer])
    said = Said(capsys, "doctor")
    assert "Did you hear it?" in said.out
    assert (said.status, words in said.out) == (status, True)


def test_with_no_sound_the_status_is_1_and_the_page_says_so(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, no_voice: None
) -> None:
    monkeypatch.setenv("UNCRAMP_SOUND", "none")
    said = Said(capsys, "doctor")
    assert said.status == 1
    assert "  Sound is off." in said.lines
    assert "Playing" not in said.out


def test_a_program_gets_an_object_and_nobody_is_asked(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, no_voice: None
) -> None:
    with_speaker(monkeypatch, FakeSpeaker(WORKS))
    at_terminal(monkeypatch)
    found = json.loads(Said(capsys, "doctor", "--json").out)
    assert set(found) == {
        "versions",
        "terminal",
        "folders",
        "awake",
        "sound",
        "voice",
        "microphone",
    }
    assert found["sound"]["was_accepted"] is True
    assert found["sound"]["was_heard"] is None
    assert list(found["sound"]["order"])[:2] == ["miniaudio", "simpleaudio"]
    assert found["voice"]["engine"] is None
    assert found["microphone"] is None


HEARS = MicrophoneFound(True, "Opened by ALSA: A.", "ALSA", ("A",), (-54.0, -12.0), False, True)


@pytest.mark.parametrize(("option", "said"), [(["--microphone"], ""), ([], "listen = true")])
def test_the_microphone_is_opened_if_that_is_asked_for_or_runs_listen(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    no_voice: None,
    option: list[str],
    said: str,
) -> None:
    with_speaker(monkeypatch, FakeSpeaker(WORKS))
    monkeypatch.setattr(page, "check_microphone", lambda ask: HEARS)
    private_folder(paths.settings_file().parent)
    paths.settings_file().write_text(said)
    lines = Said(capsys, "doctor", *option).lines
    assert lines[lines.index("Microphone") + 1 :] == [
        "  Opened by ALSA: A.",
        "  It heard -54 to -12 dB, where 0 is the loudest there is. Two claps need -38 dB.",
        "  Two claps were heard.",
    ]
    found = json.loads(Said(capsys, "doctor", "--json", *option).out)["microphone"]
    assert (found["system"], found["loudness_db"]) == ("ALSA", [-54.0, -12.0])


def test_what_is_found_to_be_late_is_kept_and_added_to_what_was_known(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, no_voice: None
) -> None:
    heard = {
        "paplay": MeasuredLateness(42.0, 3.0, 6, 6),
        "aplay": MeasuredLateness(2.0, 1.0, 6, 6),
        "pw-play": None,
    }

    def measure(speaker: FakeSpeaker, name: str) -> Measured:
        return Measured(heard.get(name), "")

    monkeypatch.setattr(page, "measure_lateness", measure)
    with_speaker(monkeypatch, FakeSpeaker(WORKS))
    for known in (42.0, 84.0):
        found = json.loads(Said(capsys, "doctor", "--json", "--sound").out)["sound"]["lateness"]
        assert {"paplay", "aplay", "pw-play"} <= set(found)
        assert not {"miniaudio", "afplay", "bell"} & set(found)
        assert read_lateness(paths.lateness_file()) == {"paplay": known}


def test_where_nothing_can_be_recorded_it_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    class Deaf(Recording):
        def __enter__(self) -> Self:
            raise CannotRecord("there is no parec here")

        def __exit__(self, *problem: object) -> None:
            pass

    speaker = with_speaker(monkeypatch, FakeSpeaker(WORKS))
    measured = measure_lateness(speaker, "paplay", Deaf)  # type: ignore[arg-type]
    assert measured == Measured(None, "cannot be measured: there is no parec here")


def test_the_page_names_no_home_no_person_and_no_machine() -> None:
    assert anonymous(f"{Path.home()}/.config/uncramp") == "~/.config/uncramp"
    assert anonymous(f"/media/{getpass.getuser()}/a") == "/media/you/a"
    assert anonymous(f"no answer from {socket.gethostname()}:4713") == (
        "no answer from this-machine:4713"
    )


@pytest.mark.parametrize(
    ("environment", "colours", "through"),
    [
        ({"TERM": "xterm-256color"}, "256", None),
        (
            {"TERM": "xterm", "COLORTERM": "truecolor", "TMUX": "x"},
            "16 million (truecolor)",
            "tmux",
        ),
        ({"TERM": "screen", "STY": "1", "SSH_TTY": "/dev/pts/0"}, "16", "screen, SSH"),
        ({"TERM": "dumb"}, "none", None),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, "none: NO_COLOR is set", None),
    ],
)
def test_the_terminal_is_told_as_it_calls_itself(
    environment: dict[str, str], colours: str, through: str | None
) -> None:
    found = terminal(environment)
    assert (found["colours"], found.get("through")) == (colours, through)
