"""`uncramp doctor` says what was found without saying whose machine it is."""

import json
from pathlib import Path

import pytest

from tests.commands.said import Said
from uncramp.commands.doctor import anonymous


def test_with_no_sound_the_status_is_1_and_the_page_says_so(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UNCRAMP_SOUND", "none")
    said = Said(capsys, "doctor")
    assert said.status == 1
    assert "  Sound is off." in said.lines
    assert "Playing" not in said.out


def test_a_program_gets_an_object(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UNCRAMP_SOUND", "none")
    found = json.loads(Said(capsys, "doctor", "--json").out)
    assert set(found) == {"versions", "terminal", "folders", "awake", "voice", "sound"}
    assert found["sound"]["was_accepted"] is False
    assert found["sound"]["was_heard"] is None


def test_what_speaks_is_told_or_what_would(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UNCRAMP_SOUND", "none")
    monkeypatch.setattr("uncramp.speech.report.system_engines", lambda wish: [])
    lines = Said(capsys, "doctor").lines
    at = lines.index("Voice")
    assert lines[at + 1].startswith("  No voice: no engine was found.")
    assert lines[at + 2 : at + 4] == ["  espeakng-loader: not here", "  espeak-ng: not here"]
    voice = json.loads(Said(capsys, "doctor", "--json").out)["voice"]
    assert (voice["engine"], voice["clips"]) == (None, 0)


def test_the_home_folder_is_not_named() -> None:
    assert anonymous(f"{Path.home()}/.config/uncramp") == "~/.config/uncramp"
