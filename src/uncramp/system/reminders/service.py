"""Which service of this machine can remind; setting a reminder up with it, and removing it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from uncramp.core.lazy.dataclass import dataclass
from uncramp.system.files import private_folder, put_file
from uncramp.system.os_errors import reason_of
from uncramp.system.reminders import launchd, systemd, task_scheduler
from uncramp.system.reminders.reminder import Reminder, Setup, reminder_in

LONGEST_S = 30
"""How long one command may take."""


class CannotRemind(Exception):
    """The reminder could not be added or removed; the text says why, and what remains."""


@dataclass(frozen=True, slots=True)
class ReminderService:
    """What reminds on this machine, and where its files are."""

    name: str
    """`systemd`, `launchd` or `Task Scheduler`."""
    folder: Path

    def setup(self, reminder: Reminder, first_day: str) -> Setup:
        """What makes the reminder work; `first_day` is today, as `2026-11-21`."""
        if self.name == "launchd":
            return launchd.setup(reminder, self.folder, _user_number())
        if self.name == "systemd":
            return systemd.setup(reminder, self.folder)
        return task_scheduler.setup(reminder, self.folder, first_day)

    def reminders(self) -> tuple[Reminder, ...]:
        """Those that are set up, by the time of the day. Raises OSError."""
        found = {"launchd": launchd, "systemd": systemd}.get(self.name, task_scheduler)
        known = map(reminder_in, found.found_in(self.folder))
        return tuple(sorted((r for r in known if r), key=lambda r: (r.minute, r.routine_id)))


def reminder_service(home: Path, own_folder: Path) -> ReminderService | str:
    """What can remind on this machine, or a sentence on why nothing can.

    `own_folder` is for files that have no other folder.
    """
    if sys.platform == "darwin":
        return ReminderService("launchd", home / "Library" / "LaunchAgents")
    if sys.platform == "win32":
        return ReminderService("Task Scheduler", own_folder)
    config = os.environ.get("XDG_CONFIG_HOME") or ""
    folder = Path(config) if Path(config).is_absolute() else home / ".config"
    service = ReminderService("systemd", folder / "systemd" / "user")
    if shutil.which("systemctl") is None:
        return "This machine has no systemd, which shows reminders on Linux."
    try:
        _run(("systemctl", "--user", "show-environment"))
    except CannotRemind:
        return "systemd does not run for your user here, so it can show no reminder."
    return service


def set_up(setup: Setup) -> None:
    """Write the files and run the commands. Raises CannotRemind, and then nothing is left."""
    try:
        for file in setup.files:
            private_folder(file.path.parent)
            put_file(file.path, file.data)
        for command in setup.commands:
            _run(command)
    except (CannotRemind, OSError) as error:
        _delete_files(setup)
        why = str(error) if isinstance(error, CannotRemind) else f"{reason_of(error)}."
        raise CannotRemind(f"{why} No reminder was set up.") from None


def is_seen(setup: Setup) -> bool:
    """Would the reminder be seen if its time were now? If unknown, yes."""
    try:
        if setup.check:
            _run(setup.check)
    except CannotRemind:
        return False
    return True


def take_away(setup: Setup) -> None:
    """Undo what `set_up` did. Raises CannotRemind."""
    try:
        for command in setup.undo_commands:
            _run(command, may_fail=True)
        for file in setup.files:
            file.path.unlink(missing_ok=True)
        for command in setup.after_undo:
            _run(command, may_fail=True)
    except OSError as error:
        raise CannotRemind(f"{reason_of(error)}. The reminder is still there.") from None


def _delete_files(setup: Setup) -> None:
    for file in setup.files:
        try:
            file.path.unlink(missing_ok=True)
        except OSError:
            continue


def _run(command: Sequence[str], *, may_fail: bool = False) -> None:
    """Run a command, without a shell. Raises CannotRemind if it fails."""
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace",
            timeout=LONGEST_S, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        done = None
    if not may_fail and (done is None or done.returncode):
        said = " ".join(done.stderr.split())[:200] if done else ""
        what = " ".join(command[:3])
        raise CannotRemind(f"{what} did not work{f' ({said})' if said else ''}.")


def _user_number() -> int:
    if sys.platform == "win32":
        raise CannotRemind("Windows has no launchd.")
    return os.getuid()
