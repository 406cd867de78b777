"""`uncramp export`: what it writes, and what it says if it cannot."""

import io
import sys
from pathlib import Path

import pytest

from tests.cli.said import Said
from uncramp.cli.rendering import ExportProgress


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


def test_a_hyphen_is_no_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    said = Said(capsys, "export", "calf-rub", "--to", "text", "-o", "-")
    assert said.status == 2 and "uncramp show" in said.err
    assert not list(tmp_path.iterdir())


def test_a_calendar_entry_needs_an_hour(capsys: pytest.CaptureFixture[str]) -> None:
    assert "--at 21:30" in Said(capsys, "export", "calf-rub", "--to", "ics").err
    assert "25:00" in Said(capsys, "export", "calf-rub", "--to", "ics", "--at", "25:00").err
    words = ("export", "calf-rub", "--to", "ics", "--at", "21:30", "--days", "mon,wed")
    assert Said(capsys, *words).status == 0
    written = Path("calf-rub.ics").read_bytes().decode()
    assert "RRULE:FREQ=WEEKLY;BYDAY=MO,WE\r\n" in written
    assert written.count("\n") == written.count("\r\n")


def test_the_ending_of_the_file_or_an_hour_names_the_kind(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert Said(capsys, "export", "calf-rub", "-o", "a.SVG").status == 0
    assert Said(capsys, "export", "calf-rub", "-o", "a.txt").status == 0
    assert Said(capsys, "export", "calf-rub", "--at", "21:30").status == 0
    assert {path.name for path in Path().iterdir()} == {"a.SVG", "a.txt", "calf-rub.ics"}
    assert "--to ics" in Said(capsys, "export", "calf-rub", "-o", "b.txt", "--at", "21:30").err


def test_an_ending_that_cannot_be_written_names_those_that_can(
    capsys: pytest.CaptureFixture[str],
) -> None:
    said = Said(capsys, "export", "calf-rub", "--to", "card", "-o", "card.png")
    assert said.status == 2
    assert ".svg, .pdf" in said.err and ".html" not in said.err
    # Without --to any kind may have been meant.
    said = Said(capsys, "export", "calf-rub", "-o", "card.docx")
    assert said.status == 2
    assert all(ending in said.err for ending in (".wav", ".html", ".ics", ".pdf", ".svg", ".txt"))
    assert list(Path().iterdir()) == []


def test_a_folder_that_is_not_there_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    said = Said(capsys, "export", "calf-rub", "--to", "text", "-o", "~nouser-of-uncramp/x.txt")
    assert said.status == 2 and "could not be written" in said.err


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_bar_is_drawn_in_one_line_after_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    screen, now_ms = Screen(), [0.0]
    monkeypatch.setattr(sys, "stderr", screen)
    with ExportProgress(1_000.0, lambda: now_ms[0]) as progress:
        progress(100.0)
        assert screen.getvalue() == ""
        for now_ms[0], done_ms in ((1_000.0, 500.0), (1_100.0, 600.0), (1_300.0, 990.0)):
            progress(done_ms)
    bars = screen.getvalue().split("\r")
    assert [bar.strip() for bar in bars if bar.strip()] == [
        f" 50% [{'#' * 15}{'.' * 15}]".strip(),
        f" 99% [{'#' * 30}]".strip(),
    ]
    assert bars[-2].isspace(), "it is wiped off at the end"
