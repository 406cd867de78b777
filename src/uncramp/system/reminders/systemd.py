"""Reminders by a user's systemd, on Linux: a timer, and a service that shows a notification.

Quoting follows systemd.syntax(7) and systemd.service(5), "Command lines"; the notification is
one of the Desktop Notifications Specification 1.2.
"""

from collections.abc import Iterable
from html import escape
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

STAYS_MS = 3_600_000
"""How long it stays where the desktop lets it: nobody sits in front of it all evening."""

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
        f"ExecStart={_command(_notification(reminder))}",
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
        check=_call("GetServerInformation"),
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


def _notification(reminder: Reminder) -> tuple[str, ...]:
    """A call of the desktop's notifications by systemd's own program, which is always there."""
    # Its program, none that it replaces, no icon, the two texts, no actions, no hints, and how
    # long it stays. Only the second text is read as markup.
    values = ("susssasa{sv}i", "uncramp", "0", "", reminder.headline,
              escape(reminder.words, quote=False), "0", "0", str(STAYS_MS))  # fmt: skip
    return _call("Notify", *values)


def _call(*words: str) -> tuple[str, ...]:
    service = "org.freedesktop.Notifications"
    # After "--" a negative number is no option, which busctl would refuse.
    place = ("--", service, f"/{service.replace('.', '/')}", service)
    return ("busctl", "--user", "call", *place, *words)


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
