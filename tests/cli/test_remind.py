"""`uncramp remind`: shown before it is written, listed, and taken away without a trace."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.said import Said, at_terminal
from uncramp.system import paths

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="systemd is of Linux")


@pytest.fixture
def units(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the user's units."""
    folder = tmp_path / "config"
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder))
    return folder / "systemd" / "user"


@pytest.fixture
def systemctl(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Lets `systemctl` and `busctl` be a script that notes what it is asked; returns where."""

    def stands_for(does: str) -> Path:
        folder, log = tmp_path / "bin", tmp_path / "asked.txt"
        folder.mkdir(exist_ok=True)
        for name in ("systemctl", "busctl"):
            script = folder / name
            script.write_text(f'#!/bin/sh\necho "$@" >> "{log}"\n{does}\n', "utf-8")
            script.chmod(0o755)
        monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
        return log

    return stands_for


SET = ("remind", "bedtime", "--at", "21:30", "--days", "mon-fri")


def test_it_is_shown_set_up_listed_and_taken_away(
    capsys: pytest.CaptureFixture[str], units: Path, systemctl: Callable[[str], Path]
) -> None:
    log = systemctl("exit 0")
    said = Said(capsys, *SET, "--yes")
    assert said.status == 0
    for name in ("uncramp-remind-bedtime.service", "uncramp-remind-bedtime.timer"):
        file = units / name
        assert f"To be written: {file}" in said.lines
        for line in file.read_text("utf-8").splitlines():
            assert f"    {line}" in said.lines
    assert "To be run: systemctl --user enable --now uncramp-remind-bedtime.timer" in said.lines
    *_, enabled, looked = log.read_text("utf-8").splitlines()
    assert enabled == "--user enable --now uncramp-remind-bedtime.timer"
    assert looked.endswith("org.freedesktop.Notifications GetServerInformation")
    assert not any("Nothing shows notifications" in line for line in said.lines)
    assert Said(capsys, "remind", "--list").lines == ["21:30  bedtime  Mon-Fri"]
    assert Said(capsys, "remind", "bedtime", "--at", "22:00", "--yes").status == 0
    assert Said(capsys, "remind", "--list").lines == ["22:00  bedtime  every day"]
    assert Said(capsys, "remind", "bedtime", "--remove").status == 0
    assert list(units.iterdir()) == []
    assert "--user disable --now uncramp-remind-bedtime.timer" in log.read_text("utf-8")
    assert Said(capsys, "remind", "--list").lines == ["No reminder is set up."]
    assert "no reminder of bedtime" in Said(capsys, "remind", "bedtime", "--remove").err


def test_where_nothing_would_show_it_now_it_says_so(
    capsys: pytest.CaptureFixture[str], units: Path, systemctl: Callable[[str], Path]
) -> None:
    systemctl('case "$*" in *GetServerInformation) exit 1;; esac')
    said = Said(capsys, *SET, "--yes")
    assert said.status == 0
    assert said.lines[-1].startswith("Nothing shows notifications here now.")
    assert Said(capsys, "remind", "--list").lines == ["21:30  bedtime  Mon-Fri"]


def test_a_routine_with_an_error_gets_no_reminder(
    capsys: pytest.CaptureFixture[str], units: Path, systemctl: Callable[[str], Path]
) -> None:
    systemctl("exit 0")
    paths.routines_folder().mkdir(parents=True)
    (paths.routines_folder() / "mine.toml").write_text("steps = 3\n", "utf-8")
    for words in ((), ("--ics", "mine.ics")):
        said = Said(capsys, "remind", "mine", "--at", "21:30", "--yes", *words)
        assert said.status == 2
        assert "its file has an error. uncramp check says which." in said.err
    assert not units.exists()


@pytest.mark.parametrize("typed", [None, "n"])
def test_nothing_is_written_without_a_yes(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, units: Path,
    systemctl: Callable[[str], Path], typed: str | None,
) -> None:  # fmt: skip
    systemctl("exit 0")
    if typed is not None:
        at_terminal(monkeypatch, [typed])
    assert Said(capsys, *SET).status == 2
    assert not units.exists()


def test_what_fails_halfway_leaves_nothing(
    capsys: pytest.CaptureFixture[str], units: Path, systemctl: Callable[[str], Path]
) -> None:
    systemctl('case "$2" in enable) echo "no bus" >&2; exit 1;; esac')
    said = Said(capsys, *SET, "--yes")
    assert said.status == 2
    assert "systemctl --user enable did not work (no bus). No reminder was set up." in said.err
    assert list(units.iterdir()) == []


@pytest.mark.parametrize("does", ["exit 1", None])
def test_where_none_can_work_it_says_so(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
    units: Path, systemctl: Callable[[str], Path], does: str | None,
) -> None:  # fmt: skip
    if does:
        systemctl(does)
    else:
        monkeypatch.setenv("PATH", str(tmp_path / "nowhere"))
    for words in (SET, ("remind", "--list"), ("remind", "bedtime", "--remove")):
        said = Said(capsys, *words)
        assert said.status == 2
        assert "systemd" in said.err and "--ics FILE" in said.err
    assert not units.exists()


def test_a_calendar_entry_needs_no_service(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "nowhere"))
    file = tmp_path / "bedtime.ics"
    assert Said(capsys, *SET, "--ics", str(file)).status == 0
    text = file.read_bytes().decode()
    assert "RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR\r\n" in text
    assert "BEGIN:VALARM\r\n" in text
    again = Said(capsys, *SET, "--ics", str(file))
    assert (again.status, again.err) == (
        2, f"uncramp: {file} is there already. Use another name with --ics.\n",
    )  # fmt: skip
    assert file.read_bytes().decode() == text
    nowhere = Said(capsys, *SET, "--ics", str(tmp_path / "no" / "x.ics"))
    assert nowhere.status == 2
    assert "x.ics could not be written: there is no such file or folder." in nowhere.err


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("remind",), "Say which routine"),
        (("remind", "bedtime"), "Say when: --at 21:30."),
        (("remind", "bedtmie", "--at", "21:30"), "bedtime"),
        (("remind", "bedtime", "--at", "25:00"), "is not a time of day"),
        (("remind", "bedtime", "--at", "21:30", "--days", "frday"), "names no days"),
    ],
)
def test_what_is_missing_is_said(
    capsys: pytest.CaptureFixture[str], systemctl: Callable[[str], Path], units: Path,
    words: tuple[str, ...], why: str,
) -> None:  # fmt: skip
    systemctl("exit 0")
    said = Said(capsys, *words)
    assert said.status == 2
    assert why in said.err
    assert not units.exists()
