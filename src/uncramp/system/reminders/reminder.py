"""A reminder, and what a system keeps of it: files, and the commands that make it count."""

import json
import shlex
from pathlib import Path

from uncramp.core.lazy.dataclass import dataclass
from uncramp.core.text.weekdays import (
    EVERY_DAY,
    WEEKDAYS,
    clock_time,
    minute_in,
    weekdays_in,
)

PREFIX = "uncramp-remind-"


@dataclass(frozen=True, slots=True)
class Reminder:
    """A routine that a person wants to be reminded of."""

    routine_id: str
    title: str
    minute: int
    """The minute of the day, 0 to 1439."""
    days: tuple[int, ...] = EVERY_DAY
    """Days of the week, 0 for Monday."""

    @property
    def headline(self) -> str:
        """What is shown first when its time has come."""
        return f"Time for: {self.title}"

    @property
    def words(self) -> str:
        """What is shown below that: what to type."""
        return f"Start it with: uncramp {shlex.quote(self.routine_id)}"


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """A file that is to be written."""

    path: Path
    data: bytes
    text: str
    """The same, for a person to read."""


@dataclass(frozen=True, slots=True)
class Setup:
    """All that makes one reminder work."""

    files: tuple[PlannedFile, ...]
    commands: tuple[tuple[str, ...], ...]
    """The commands to run after the files are written, in this order."""
    undo_commands: tuple[tuple[str, ...], ...]
    """The commands to run before the files are deleted."""
    after_undo: tuple[tuple[str, ...], ...] = ()
    """The commands to run after that."""
    check: tuple[str, ...] = ()
    """A command that fails if a reminder would not be seen now; empty if there is none."""


def marker_of(reminder: Reminder) -> str:
    """The reminder on one line of ASCII, to be found again in a file."""
    fields = {
        "id": reminder.routine_id,
        "title": reminder.title,
        "at": clock_time(reminder.minute),
        "days": ",".join(WEEKDAYS[day] for day in reminder.days),
    }
    return json.dumps(fields)


def reminder_in(marker: str) -> Reminder | None:
    """The reminder of a marker; None if it is no marker."""
    try:
        fields = json.loads(marker)
        return Reminder(
            str(fields["id"]),
            str(fields["title"]),
            minute_in(fields["at"]),
            weekdays_in(fields["days"]),
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def file_name(routine_id: str) -> str:
    """The routine's id as part of a name of a file or unit, of ASCII letters, digits and `-`.

    Every other character is `_` and its number in hexadecimal, so that no two ids are alike.
    """
    return "".join(
        character if character.isascii() and (character.isalnum() or character == "-")
        else f"_{ord(character):x}_"
        for character in routine_id
    )  # fmt: skip
