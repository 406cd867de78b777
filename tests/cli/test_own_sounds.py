"""A person's own sounds: `check` reports those that cannot be played, with their lines."""

import json
from pathlib import Path

import pytest

from tests.cli.said import Said

FIXTURES = Path(__file__).parents[1] / "audio" / "fixtures"

ROUTINE = """\
title = "Mine"

[cues]
ready = "./gong.wav"
start = "./gong.flac"
halfway = "./gong.mp3"
end = "./gong.ogg"
finish = "{finish}"

[[steps]]
name = "Rub"
time = "1m"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    for path in FIXTURES.glob("gong.*"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    return tmp_path / "mine.toml"


def checked(capsys: pytest.CaptureFixture[str], file: Path) -> list[dict[str, object]]:
    said = Said(capsys, "check", str(file), "--json")
    problems: list[dict[str, object]] = json.loads(said.out)
    assert said.status == (2 if problems else 0)
    return problems


def test_the_four_kinds_are_fine(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(ROUTINE.format(finish="./gong.wav"))
    assert checked(capsys, file) == []


@pytest.mark.slow
@pytest.mark.parametrize("length", [0, 20, 40])
def test_what_holds_no_sound_is_told_with_its_line(
    file: Path, length: int, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_text(ROUTINE.format(finish="./last.flac"))
    (file.parent / "last.flac").write_bytes((FIXTURES / "gong.flac").read_bytes()[:length])
    (problem,) = checked(capsys, file)
    assert (problem["line"], problem["column"], problem["key"]) == (8, 10, "cues.finish")
    assert str(problem["message"]).endswith("Save it as WAV, FLAC, MP3 or OGG.")


def test_who_only_lists_looks_at_the_first_bytes_alone(
    file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text(ROUTINE.format(finish="./last.flac"))
    (file.parent / "last.flac").write_bytes((FIXTURES / "gong.flac").read_bytes()[:40])
    assert Said(capsys, "show", str(file)).status == 0
    (file.parent / "last.flac").write_bytes(b"No sound.")
    assert Said(capsys, "show", str(file)).status == 2
