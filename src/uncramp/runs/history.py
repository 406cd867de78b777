"""What a run writes at its end: a line of JSON, in one file that only grows.

A run is first kept in this line, which needs no database: it is one write that reaches the disk,
and no other program can delay it. Opening the history takes in the lines that it does not have
yet (`runs/history_intake.py`). The library reads here when routines were begun, without SQLite.
"""

import json
import os
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from uncramp.core.lazy.dataclass import dataclass
from uncramp.core.run.events import Event, RunEnded, Started
from uncramp.core.run.record import Record
from uncramp.runs.file_names import FILE_NAME
from uncramp.runs.unkept import NotWritten
from uncramp.system.files import append_line, read_end
from uncramp.system.os_errors import reason_of

if TYPE_CHECKING:
    from uncramp.core.history.entries import CrampEntry, RunEntry
    from uncramp.core.suitability.search import Moment, Use


@dataclass(frozen=True, slots=True)
class KeptRun:
    """A run that is in the history."""

    uid: str
    began_s: float
    """Seconds since the epoch."""


class History:
    """Writes down each run that ends, as a listener of a conductor."""

    def __init__(self, folder: Path, wall: Callable[[], float]) -> None:
        """Write into `folder`, created when the first run ends. `wall` gives epoch seconds."""
        self.file = folder / FILE_NAME
        self.problem: NotWritten | None = None
        """Why the last run could not be written down; None if it was."""
        self.last: KeptRun | None = None
        """The last run that ended, as far as it was written down."""
        self._wall = wall
        self._started_s = wall()

    def resume(self, started_s: float) -> None:
        """Note that the run is a resumed one, which began at `started_s`."""
        self._started_s = started_s

    def listen(self, event: Event) -> None:
        """Note when a run begins, and write it down when it ends."""
        match event:
            case Started():
                self._started_s = self._wall()
            case RunEnded():
                self.problem = self.append(event.record, self._started_s, self._wall())

    def append(self, record: Record, started_s: float, ended_s: float) -> NotWritten | None:
        """Write one run down; times are seconds since the epoch.

        Returns why that failed, or None. Never raises.
        """
        if ended_s < started_s:
            # The clock was set back meanwhile: use its later time.
            started_s = ended_s - record.played_ms / 1000
        times = {"started": _local(started_s), "ended": _local(ended_s)}
        uid = os.urandom(16).hex()
        problem = self._write({"uid": uid} | record.as_dict() | times)
        self.last = None if problem else KeptRun(uid, started_s)
        return problem

    def append_cramp(self, cramp: "CrampEntry", run_uid: str) -> NotWritten | None:
        """Write down a person's answers about a cramp, after the run with that uid.

        Returns why that failed, or None. Never raises.
        """
        from uncramp.runs.history_exchange import fields_of

        return self._write(fields_of(os.urandom(16).hex(), cramp, run_uid))

    def _write(self, fields: dict[str, Any]) -> NotWritten | None:
        """Write a line that reaches the disk."""
        line = json.dumps(fields, ensure_ascii=False)
        try:
            append_line(self.file, line.encode("utf-8", "backslashreplace"), is_durable=True)
        except OSError as error:
            return NotWritten(self.file, reason_of(error))
        return None


def uses_in(folder: Path) -> "tuple[Use, ...]":
    """When each routine was begun, from the last quarter of a MiB of the history.

    Lines that cannot be read are ignored. Never raises.
    """
    found = (_use(line) for line in _last_lines(folder))
    return tuple(use for use in found if use)


def runs_of(folder: Path, routine_id: str) -> "tuple[RunEntry, ...]":
    """The runs of a routine, oldest first, as far as the same lines tell. Never raises."""
    from uncramp.runs.run_records import object_in, run_in

    found = []
    for line in _last_lines(folder):
        # Most lines are of others: they need not be read.
        if routine_id.encode("utf-8", "replace") not in line:
            continue
        with suppress(ValueError, TypeError, KeyError, OverflowError, RecursionError):
            run = run_in(object_in(line))
            found += [run] if run.routine_id == routine_id else []
    return tuple(found)


_LOOKED_BACK = 256 * 1024


def _last_lines(folder: Path) -> list[bytes]:
    try:
        return read_end(folder / FILE_NAME, _LOOKED_BACK).splitlines()
    except OSError:
        return []


def _use(line: bytes) -> "Use | None":
    from uncramp.core.suitability.search import Use

    try:
        fields = json.loads(line)
        began = datetime.fromisoformat(fields["started"])
        return Use(fields["routine_id"], _moment(began), fields.get("is_complete") is not False)
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return None


def moment_at(epoch_s: float) -> "Moment":
    """The moment with its local time."""
    return _moment(datetime.fromtimestamp(epoch_s).astimezone())


def _moment(local: datetime) -> "Moment":
    from uncramp.core.suitability.search import Moment

    return Moment(local.timestamp(), local.hour * 60 + local.minute)


def _local(epoch_s: float) -> str:
    """The moment in local time, with the offset: `2026-11-21T03:04:05+01:00`."""
    return datetime.fromtimestamp(epoch_s).astimezone().isoformat(timespec="seconds")
