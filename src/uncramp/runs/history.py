"""The history: a line of JSON for each run that ended, in one file that only grows."""

import errno
import json
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from uncramp.core.run.events import Event, RunEnded, Started
from uncramp.core.run.record import Record
from uncramp.core.suitability.search import Moment, Use

FILE_NAME = "runs.jsonl"
"""The name of the file, in the history's folder."""


class History:
    """Writes down each run that ends; listens to the runs of a conductor."""

    def __init__(self, folder: Path, wall: Callable[[], float]) -> None:
        """Write into `folder`, made when the first run ends. `wall` is the time of day."""
        self.file = folder / FILE_NAME
        self.problem: str | None = None
        """A sentence on why the last run could not be written down; None if it was."""
        self._wall = wall
        self._started_s = wall()

    def take_up(self, started_s: float) -> None:
        """The run that is listened to began at `started_s`, and is only gone on with."""
        self._started_s = started_s

    def listen(self, event: Event) -> None:
        """Take note of a run's beginning, and write it down at its end."""
        match event:
            case Started():
                self._started_s = self._wall()
            case RunEnded():
                self.problem = self.append(event.record, self._started_s, self._wall())

    def append(self, record: Record, started_s: float, ended_s: float) -> str | None:
        """Write one run down; times are seconds since the epoch.

        Returns a sentence for the person where that failed: nothing is raised.
        """
        times = {"started": _local(started_s), "ended": _local(ended_s)}
        line = json.dumps(record.as_dict() | times, ensure_ascii=False) + "\n"
        try:
            self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _append(self.file, line.encode("utf-8", "backslashreplace"))
        except OSError as error:
            reason = error.strerror or str(error)
            return f"This run could not be written into the history, {self.file}: {reason}."
        return None


def uses_in(folder: Path) -> tuple[Use, ...]:
    """Which routine was begun when, as far as the history's last quarter of a MiB tells.

    Lines that cannot be read are passed over. Never raises.
    """
    try:
        with (folder / FILE_NAME).open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(size - _LOOKED_BACK, 0))
            lines = file.read(_LOOKED_BACK).splitlines()
    except OSError:
        return ()
    found = (_use(line) for line in lines)
    return tuple(use for use in found if use)


_LOOKED_BACK = 256 * 1024


def _use(line: bytes) -> Use | None:
    try:
        fields = json.loads(line)
        began = datetime.fromisoformat(fields["started"])
        return Use(fields["routine_id"], _moment(began))
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return None


def moment_at(epoch_s: float) -> Moment:
    """The moment, as the clocks here show it."""
    return _moment(datetime.fromtimestamp(epoch_s).astimezone())


def _moment(local: datetime) -> Moment:
    return Moment(local.timestamp(), local.hour * 60 + local.minute)


def _append(file: Path, data: bytes) -> None:
    # One write of a file opened for appending: two programs never mix their lines.
    # A pipe put in the file's place must not hold up the end of a run.
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NONBLOCK", 0)
    descriptor = os.open(file, flags | getattr(os, "O_BINARY", 0), 0o600)
    try:
        before = os.fstat(descriptor).st_size
        if os.write(descriptor, data) < len(data):
            os.ftruncate(descriptor, before)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    finally:
        os.close(descriptor)


def _local(epoch_s: float) -> str:
    """The moment as people's clocks here show it, with the offset: `2026-11-21T03:04:05+01:00`."""
    return datetime.fromtimestamp(epoch_s).astimezone().isoformat(timespec="seconds")
