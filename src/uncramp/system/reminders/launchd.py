"""Reminders by launchd, on macOS: an agent of the user that shows a notification."""

import plistlib
from pathlib import Path
from typing import Any

from uncramp.core.text.weekdays import EVERY_DAY
from uncramp.system.reminders.reminder import (
    PlannedFile,
    Reminder,
    Setup,
    file_name,
    marker_of,
    reminder_in,
)

LABEL = "uncramp.remind."
_MARKER = "UncrampReminder"
_SCRIPT = (
    "on run argv",
    "display notification (item 2 of argv) with title (item 1 of argv)",
    "end run",
)
"""The words are handed over as arguments: nothing in them is code."""


def setup(reminder: Reminder, folder: Path, user_number: int) -> Setup:
    """What makes the reminder work; `folder` is that of the user's agents."""
    label = f"{LABEL}{file_name(reminder.routine_id)}"
    path = folder / f"{label}.plist"
    lines = [word for line in _SCRIPT for word in ("-e", line)]
    texts = (reminder.headline, reminder.words)
    fields: dict[str, Any] = {
        "Label": label,
        "ProgramArguments": ["/usr/bin/osascript", *lines, *texts],
        "StartCalendarInterval": _intervals(reminder),
        # launchd ignores unknown keys.
        _MARKER: marker_of(reminder),
    }
    data = plistlib.dumps(fields, sort_keys=False)
    domain = f"gui/{user_number}"
    return Setup(
        files=(PlannedFile(path, data, data.decode()),),
        commands=(("launchctl", "bootstrap", domain, str(path)),),
        undo_commands=(("launchctl", "bootout", f"{domain}/{label}"),),
    )


def found_in(folder: Path) -> dict[str, Path]:
    """The files of agents that are there, each by its marker."""
    found = {}
    for path in sorted(folder.glob(f"{LABEL}*.plist")):
        try:
            marker = plistlib.loads(path.read_bytes()).get(_MARKER)
        except (ValueError, OSError, AttributeError, plistlib.InvalidFileException):
            continue
        if isinstance(marker, str) and reminder_in(marker):
            found[marker] = path
    return found


def _intervals(reminder: Reminder) -> list[dict[str, int]]:
    hour, minute = divmod(reminder.minute, 60)
    at = {"Hour": hour, "Minute": minute}
    if reminder.days == EVERY_DAY:
        return [at]
    # launchd counts the days from Sunday, 0.
    return [{"Weekday": (day + 1) % 7, **at} for day in reminder.days]
