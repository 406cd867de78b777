"""Reminders by a user's systemd, on Linux: a timer, and a service that shows a notification.

Quoting follows systemd.syntax(7) and systemd.service(5), "Command lines".
"""

from collections.abc import Iterable
from pathlib import Path

from uncramp.core.text.weekdays import EVERY_DAY, WEEKDAYS, clock_time
from uncramp.system.reminders.reminder import (
    PREFIX,
    PlannedFile,
    Reminder,
    Setup,
    file_name,
    marker_of,
    reminder_in,
)

_MARKER = "X-Uncramp="


def setup(reminder: Reminder, folder: Path) -> Setup:
    """What makes the reminder work; `folder` is that of the user's units."""
    name = f"{PREFIX}{file_name(reminder.routine_id)}"
    about = _value(f"uncramp: remind of {reminder.title}")
    service = (
        "[Unit]",
        f"Description={about}",
        "",
        "[Service]",
        "Type=oneshot",
        f"ExecStart={_command(_notification(reminder.words))}",
    )
    timer = (
        "[Unit]",
        f"Description={about}",
        f"{_MARKER}{marker_of(reminder)}",
        "",
        "[Timer]",
        f"OnCalendar={_calendar(reminder)}",
        "AccuracySec=1s",
        "",
        "[Install]",
        "WantedBy=timers.target",
    )
    unit = f"{name}.timer"
    return Setup(
        files=(_file(folder / f"{name}.service", service), _file(folder / unit, timer)),
        commands=(_systemctl("daemon-reload"), _systemctl("enable", "--now", unit)),
        undo_commands=(_systemctl("disable", "--now", unit),),
        after_undo=(_systemctl("daemon-reload"),),
    )


def found_in(folder: Path) -> dict[str, Path]:
    """The files of timers that are there, each by its marker."""
    found = {}
    for path in sorted(folder.glob(f"{PREFIX}*.timer")):
        for line in path.read_text("utf-8", "replace").splitlines():
            if line.startswith(_MARKER) and reminder_in(line.removeprefix(_MARKER)):
                found[line.removeprefix(_MARKER)] = path
    return found


def _file(path: Path, lines: Iterable[str]) -> PlannedFile:
    text = "".join(f"{line}\n" for line in lines)
    return PlannedFile(path, text.encode("utf-8", "replace"), text)


def _systemctl(*words: str) -> tuple[str, ...]:
    return ("systemctl", "--user", *words)


def _calendar(reminder: Reminder) -> str:
    days = ",".join(WEEKDAYS[day].capitalize() for day in reminder.days)
    at = f"*-*-* {clock_time(reminder.minute)}:00"
    return at if reminder.days == EVERY_DAY else f"{days} {at}"


def _notification(words: str) -> tuple[str, ...]:
    """A call of the desktop's notifications by systemd's own program, which is always there."""
    service = "org.freedesktop.Notifications"
    # Its program, none that it replaces, no icon, the two texts, no actions, no hints, and how
    # long it stays: as the desktop has it.
    values = ("susssasa{sv}i", "uncramp", "0", "", "uncramp", words, "0", "0", "-1")
    return ("busctl", "--user", "call", service, f"/{service.replace('.', '/')}", service,
            "Notify", *values)  # fmt: skip


def _command(words: Iterable[str]) -> str:
    return " ".join(_quoted(word) for word in words)


def _quoted(word: str) -> str:
    """A word of a command line: nothing in it is expanded."""
    for sign, written in (("\\", "\\\\"), ('"', '\\"'), ("%", "%%"), ("$", "$$")):
        word = word.replace(sign, written)
    is_plain = word and all(c.isascii() and (c.isalnum() or c in "-./_{}") for c in word)
    return word if is_plain else f'"{word}"'


def _value(text: str) -> str:
    """A value of a unit, in which `%` would stand for something, and `\\` at its end goes on."""
    return text.replace("%", "%%").rstrip("\\")
