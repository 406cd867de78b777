"""What is written for a reminder: a routine's words are never code, and all is found again."""

import base64
import plistlib
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncramp.core.text.weekdays import EVERY_DAY
from uncramp.system.reminders import launchd, systemd, task_scheduler
from uncramp.system.reminders.reminder import (
    PlannedFile,
    Reminder,
    Setup,
    file_name,
    marker_of,
    reminder_in,
)

EVIL = Reminder(
    "my.evening'; $(reboot) %n",
    'Bad\\ "night" %h $HOME $(reboot) `reboot` \' ’ <b>&amp; ü 太溪 \\',
    21 * 60 + 30,
    (0, 2, 6),
)
PLAIN = Reminder("bedtime", "Strong bedtime routine", 7 * 60 + 5)
TASK = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"

Made = Callable[[Reminder, Path], Setup]
Found = Callable[[Path], dict[str, Path]]
WAYS: list[tuple[Made, Found]] = [
    (systemd.setup, systemd.found_in),
    (lambda reminder, folder: launchd.setup(reminder, folder, 501), launchd.found_in),
    (
        lambda reminder, folder: task_scheduler.setup(reminder, folder, "2026-11-21"),
        task_scheduler.found_in,
    ),
]
# As a routine's reader leaves them: words on one line, with nothing that steers a terminal.
WORDS = st.text(
    st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp", "Co", "Cn")), max_size=60
)


def write(setup: Setup) -> None:
    for file in setup.files:
        file.path.write_bytes(file.data)


@pytest.mark.parametrize(("made", "found"), WAYS)
@given(routine_id=WORDS.filter(bool), title=WORDS, minute=st.integers(0, 1439))
def test_every_reminder_is_found_again(
    tmp_path_factory: pytest.TempPathFactory, made: Made, found: Found, routine_id: str,
    title: str, minute: int,
) -> None:  # fmt: skip
    folder = tmp_path_factory.mktemp("units")
    reminder = Reminder(routine_id, title, minute, (1, 5))
    try:
        setup = made(reminder, folder)
        assert all(re.fullmatch(r"[\w.-]+", file.path.name, re.ASCII) for file in setup.files)
        if max(len(file.path.name) for file in setup.files) < 255:
            write(setup)
            assert [reminder_in(marker) for marker in found(folder)] == [reminder]
    finally:
        shutil.rmtree(folder)


def test_no_two_routines_share_a_file() -> None:
    ids = ["a", "A", "a_b", "a b", "a-b", "a.b", "ä", "a_62_", "_", "__"]
    assert len({file_name(id_) for id_ in ids}) == len(ids)


@pytest.mark.parametrize("marker", ["", "{", "[]", "null", '{"id": "a"}', '{"id": 1, "at": 3}'])
def test_what_is_no_marker_is_passed_over(tmp_path: Path, marker: str) -> None:
    assert reminder_in(marker) is None
    (tmp_path / "uncramp-remind-a.timer").write_text(f"[Unit]\nX-Uncramp={marker}\n", "utf-8")
    (tmp_path / "uncramp.remind.a.plist").write_text("no plist", "utf-8")
    (tmp_path / "uncramp-remind-a.xml").write_bytes(b"<Task")
    for _, found in WAYS:
        assert found(tmp_path) == {}


def files(made: Made, reminder: Reminder, folder: Path) -> dict[str, PlannedFile]:
    return {file.path.suffix: file for file in made(reminder, folder).files}


def unquoted(line: str) -> list[str]:
    """The words of a command line, as systemd.syntax(7) reads them."""
    found = []
    for quoted, bare in re.findall(r'"((?:[^"\\]|\\.)*)"|(\S+)', line):
        word = bare or re.sub(r"\\(.)", r"\1", quoted)
        assert not re.search(r"(?<!%)(?:%%)*%(?!%)|(?<!\$)(?:\$\$)*\$(?!\$)", word)
        found.append(word.replace("%%", "%").replace("$$", "$"))
    return found


def test_systemd_hands_the_words_over_as_they_are(tmp_path: Path) -> None:
    made = files(systemd.setup, EVIL, tmp_path)
    service = made[".service"].text.splitlines()
    (command,) = (line for line in service if line.startswith("ExecStart="))
    words = unquoted(command.removeprefix("ExecStart="))
    assert words[:3] == ["busctl", "--user", "call"]
    title, command = EVIL.headline, "uncramp 'my.evening'\"'\"'; $(reboot) %n'"
    assert words[-5:-3] == [title, f"Start it with: {command}"]
    assert "OnCalendar=Mon,Wed,Sun *-*-* 21:30:00" in made[".timer"].text
    plain = files(systemd.setup, PLAIN, tmp_path)
    assert "OnCalendar=*-*-* 07:05:00" in plain[".timer"].text


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not here")
@pytest.mark.parametrize("reminder", [EVIL, PLAIN])
def test_systemd_itself_reads_them(tmp_path: Path, reminder: Reminder) -> None:
    setup = systemd.setup(reminder, tmp_path)
    write(setup)
    names = [str(file.path) for file in setup.files]
    told = subprocess.run(
        ["systemd-analyze", "verify", "--user", "--man=no", *names],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    # It also reports units of the machine that have nothing to do with ours.
    assert not [line for line in told.stderr.splitlines() if "uncramp" in line]
    calendar = next(
        line.removeprefix("OnCalendar=")
        for line in setup.files[1].text.splitlines()
        if line.startswith("OnCalendar=")
    )
    told = subprocess.run(
        ["systemd-analyze", "calendar", calendar], capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stderr


def test_launchd_gets_the_words_as_an_argument(tmp_path: Path) -> None:
    (file,) = launchd.setup(EVIL, tmp_path, 501).files
    fields = plistlib.loads(file.data)
    assert fields["ProgramArguments"][-2:] == [EVIL.headline, EVIL.words]
    assert not any("reboot" in word for word in fields["ProgramArguments"][:-2])
    # Sunday is 0 there.
    days = [(at["Weekday"], at["Hour"], at["Minute"]) for at in fields["StartCalendarInterval"]]
    assert days == [(1, 21, 30), (3, 21, 30), (0, 21, 30)]
    assert f"{fields['Label']}.plist" == file.path.name
    (daily,) = launchd.setup(PLAIN, tmp_path, 501).files
    at = plistlib.loads(daily.data)["StartCalendarInterval"]
    assert at == [{"Hour": 7, "Minute": 5}]


def test_task_scheduler_gets_the_words_as_a_text(tmp_path: Path) -> None:
    (file,) = task_scheduler.setup(EVIL, tmp_path, "2026-11-21").files
    assert file.data.startswith((b"\xff\xfe", b"\xfe\xff"))
    task = ElementTree.fromstring(file.data.decode("utf-16"))
    arguments = task.findtext(f"{TASK}Actions/{TASK}Exec/{TASK}Arguments") or ""
    script = base64.b64decode(arguments.rpartition(" ")[2]).decode("utf-16-le")
    # In a text between apostrophes PowerShell expands nothing; a doubled one is one.
    found = re.findall(r"CreateTextNode\('((?:''|’’|[^'’])*)'\)\)\n", script)
    texts = [text.replace("''", "'").replace("’’", "’") for text in found]
    assert texts == [EVIL.headline, EVIL.words]
    assert task.findtext(f"{TASK}Triggers/{TASK}CalendarTrigger/{TASK}StartBoundary") == (
        "2026-11-21T21:30:00"
    )
    days = task.find(f"{TASK}Triggers/{TASK}CalendarTrigger/{TASK}ScheduleByWeek/{TASK}DaysOfWeek")
    assert days is not None
    assert [day.tag.removeprefix(TASK) for day in days] == ["Monday", "Wednesday", "Sunday"]


def test_a_marker_keeps_all_of_it() -> None:
    for reminder in (EVIL, PLAIN):
        assert reminder_in(marker_of(reminder)) == reminder
    assert PLAIN.days == EVERY_DAY
