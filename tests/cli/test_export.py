"""`uncramp export`: what it writes, and what it says if it cannot."""

from pathlib import Path

import pytest

from tests.cli.said import Said


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_each_kind_of_file_is_written_once(capsys: pytest.CaptureFixture[str]) -> None:
    for kind, name in (
        ("card", "calf-rub.svg"),
        ("text", "calf-rub.txt"),
        ("json", "calf-rub.json"),
    ):
        said = Said(capsys, "export", "calf-rub", "--to", kind)
        assert (said.status, said.lines) == (0, [f"Written: {name}"])
        again = Said(capsys, "export", "calf-rub", "--to", kind)
        assert again.status == 2 and "--force" in again.err
        assert Said(capsys, "export", "calf-rub", "--to", kind, "--force").status == 0


def test_a_calendar_entry_needs_an_hour(capsys: pytest.CaptureFixture[str]) -> None:
    assert "--at 21:30" in Said(capsys, "export", "calf-rub", "--to", "ics").err
    assert "25:00" in Said(capsys, "export", "calf-rub", "--to", "ics", "--at", "25:00").err
    words = ("export", "calf-rub", "--to", "ics", "--at", "21:30", "--days", "mon,wed")
    assert Said(capsys, *words).status == 0
    written = Path("calf-rub.ics").read_bytes().decode()
    assert "RRULE:FREQ=WEEKLY;BYDAY=MO,WE\r\n" in written
    assert written.count("\n") == written.count("\r\n")


def test_an_ending_that_cannot_be_written_names_those_that_can(
    capsys: pytest.CaptureFixture[str],
) -> None:
    said = Said(capsys, "export", "calf-rub", "--to", "card", "-o", "card.png")
    assert said.status == 2
    assert ".svg, .pdf" in said.err
    assert list(Path().iterdir()) == []
