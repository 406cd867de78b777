"""A saved run as a file: written as JSON, and read with care.

A file may contain anything by the time it is read: `checkpoint_from` returns a complete value, or
raises an error.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from uncramp.core.lazy.dataclass import dataclass, field_values
from uncramp.core.routine.model import Choices, Side
from uncramp.core.run.record import Record, count_of, gaps_in
from uncramp.core.run.saved import Saved
from uncramp.core.text.durations import HOUR_MS
from uncramp.core.text.safe_text import unseen_in
from uncramp.core.toml.file_kind import LARGEST_FILE as LARGEST_ROUTINE

FORMAT = 1
"""The version of the files; a newer one is left to a newer program."""

LARGEST_FILE = 4 << 20
"""In bytes: none of our files comes near it."""

_LONGEST_TEXT = 10_000
_LONGEST_PATH = 40_000
_MOST_MS = 10_000 * HOUR_MS
"""More than anybody can play, without pauses."""
_MOST = 10**9
_FIRST_S = -2_208_988_800.0
"""The beginning of 1900: a machine whose clock has lost its battery shows 1970, or before."""
_LAST_S = 253_402_300_799.0
"""The end of the year 9999: no clock shows a later one."""


_Value = TypeVar("_Value")


class NotACheckpoint(ValueError):
    """The text is not a saved run: cut off, damaged or from another program."""


class NewerFormat(ValueError):
    """A newer version of the program wrote the file."""


@dataclass(frozen=True, slots=True)
class Location:
    """Where a run takes place."""

    host: str
    tty: str | None
    """The name of its terminal; None if it has none."""
    pid: int


@dataclass(frozen=True, slots=True)
class About:
    """What stays the same about a run as long as it is saved."""

    routine_id: str
    title: str
    file: str
    """The absolute path of the routine's file; empty if unknown."""
    is_urgent: bool
    choices: Choices
    total_ms: int
    """How long the plan is, with open steps up to their first prompt."""
    steps: int
    started_s: float
    """When it began, in seconds since the epoch."""
    location: Location
    text: str = ""
    """The whole routine, if it is not in a file; else empty."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The last saved state of a run."""

    about: About
    saved: Saved
    step: str
    """The name of the step, with placeholders filled in."""
    step_number: int
    """The number of the step, counted from 1."""
    side: Side | None
    round: int
    seen_s: float
    """When it was saved, in seconds since the epoch."""
    ended: Record | None = None
    """How far it got, if it is over and the history could not take it yet."""

    @property
    def record(self) -> Record:
        """The record for the history if nobody resumes it."""
        if self.ended is not None:
            return self.ended
        chosen = self.about.choices
        return Record(
            routine_id=self.about.routine_id,
            title=self.about.title,
            fingerprint=self.saved.fingerprint,
            is_complete=False,
            played_ms=self.saved.played_ms,
            total_ms=self.about.total_ms,
            steps_done=count_of(self.saved.done),
            steps=self.about.steps,
            steps_skipped=count_of(gaps_in(self.saved.done, self.step_number - 1)),
            lengthened=count_of(self.saved.longer),
            shortened=count_of(self.saved.shorter),
            is_urgent=self.about.is_urgent,
            side=chosen.affected.value if chosen.affected else "",
            conditions=tuple(sorted(chosen.conditions)),
            is_cut_off=True,
        )


def beginning_of(alive_ms: int, seen_s: float) -> str:
    """The beginning of a run's text, always of the same length.

    It is all that changes while the run goes on and nothing else happens: how long it has done
    so since the rest was written, and when it was saved. It can be written over the old one:
    it fits into the first sector of a disk.
    """
    return f'{{"alive_ms": {alive_ms:>11}, "seen": {seen_s!r:>24}, '


def text_of(checkpoint: Checkpoint) -> str:
    """The run as JSON, in ASCII."""
    about = checkpoint.about
    chosen = about.choices
    rest = json.dumps(
        {
            "format": FORMAT,
            "routine": about.routine_id,
            "title": about.title,
            "file": about.file,
            "urgent": about.is_urgent,
            "choices": {
                "first_side": chosen.first_side.value,
                "affected": chosen.affected.value if chosen.affected else None,
                "conditions": sorted(chosen.conditions),
                "is_known": chosen.is_known,
                "times_ms": dict(chosen.times_ms),
                "left_out": sorted(chosen.left_out),
                "get_ready_ms": chosen.get_ready_ms,
                "is_first_time": chosen.is_first_time,
                "language": chosen.language,
                "is_fahrenheit": chosen.is_fahrenheit,
            },
            "total_ms": about.total_ms,
            "steps": about.steps,
            "started": about.started_s,
            "host": about.location.host,
            "tty": about.location.tty,
            "pid": about.location.pid,
            "step": checkpoint.step,
            "step_number": checkpoint.step_number,
            "side": checkpoint.side.value if checkpoint.side else None,
            "round": checkpoint.round,
            "saved": field_values(checkpoint.saved),
        }
        | ({"text": about.text} if about.text else {})
        | ({"ended": field_values(checkpoint.ended)} if checkpoint.ended else {})
    )
    return beginning_of(0, checkpoint.seen_s) + rest[1:]


def checkpoint_from(data: bytes) -> Checkpoint:
    """The run in a file's bytes. Raises NotACheckpoint or NewerFormat."""
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        raise NotACheckpoint("it is not complete JSON") from None
    if not isinstance(found, dict):
        raise NotACheckpoint("it is not a JSON object")
    table = _Table(found)
    if table.whole("format", 1, _MOST) > FORMAT:
        raise NewerFormat("made for a newer version of uncramp")
    location = Location(
        table.text("host"), table.maybe("tty", table.text), table.whole("pid", 0, _MOST)
    )
    about = About(
        routine_id=table.text("routine"),
        title=table.text("title"),
        file=table.path("file"),
        is_urgent=table.flag("urgent"),
        choices=_choices_from(table.table("choices")),
        total_ms=table.whole("total_ms", 0, _MOST_MS),
        steps=table.whole("steps", 0, _MOST),
        started_s=table.moment("started"),
        location=location,
        text=table.toml("text") if table.has("text") else "",
    )
    alive_ms = table.whole("alive_ms", 0, _MOST_MS) if table.has("alive_ms") else 0
    return Checkpoint(
        about=about,
        saved=_saved_from(table.table("saved")).gone_on(alive_ms),
        step=table.text("step"),
        step_number=table.whole("step_number", 0, _MOST),
        side=table.maybe("side", table.side),
        round=table.whole("round", 1, _MOST),
        seen_s=table.moment("seen"),
        ended=_ended_from(table.table("ended")) if table.is_given("ended") else None,
    )


def _choices_from(table: "_Table") -> Choices:
    return Choices(
        first_side=table.side("first_side"),
        affected=table.maybe("affected", table.side),
        conditions=frozenset(table.texts("conditions")),
        is_known=table.has("is_known") and table.flag("is_known"),
        times_ms=table.numbers("times_ms"),
        left_out=frozenset(table.texts("left_out")),
        get_ready_ms=table.maybe("get_ready_ms", lambda name: table.whole(name, 0, _MOST_MS)),
        is_first_time=table.has("is_first_time") and table.flag("is_first_time"),
        language=table.maybe("language", table.text),
        is_fahrenheit=table.has("is_fahrenheit") and table.flag("is_fahrenheit"),
    )


_LEAST = {"heard_ms": -1}
"""The fields that may be less than 0."""


def _saved_from(table: "_Table") -> Saved:
    found = _columns_from(table, Saved)
    found.setdefault("cramp_ms", found["played_ms"])
    return Saved(**found)


def _ended_from(table: "_Table") -> Record:
    return Record(**_columns_from(table, Record))


def _columns_from(table: "_Table", kind: type[Saved | Record]) -> dict[str, Any]:
    """The values of a dataclass, read by their types; one with a default may be missing."""
    from dataclasses import MISSING, fields

    columns = fields(kind)
    if not table.names() <= {column.name for column in columns}:
        raise NotACheckpoint("its state is not what this version saves")
    found: dict[str, Any] = {}
    for column in columns:
        name = column.name
        if column.default is not MISSING and not table.has(name):
            continue
        if column.type is bool:
            found[name] = table.flag(name)
        elif column.type is str:
            found[name] = table.text(name)
        elif column.type is int:
            most = _MOST_MS if name.endswith("_ms") else _MOST
            found[name] = table.whole(name, _LEAST.get(name, 0), most)
        elif column.type == tuple[str, ...]:
            found[name] = tuple(table.texts(name))
        else:
            found[name] = table.ranges(name)
    return found


class _Table:
    """A table of a file, read one value at a time. Raises NotACheckpoint for a bad one."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = values

    def names(self) -> set[str]:
        return set(self._values)

    def is_given(self, name: str) -> bool:
        return self._values.get(name) is not None

    def has(self, name: str) -> bool:
        return name in self._values

    def maybe(self, name: str, of: Callable[[str], _Value]) -> _Value | None:
        return None if self._at(name) is None else of(name)

    def table(self, name: str) -> "_Table":
        value = self._at(name)
        if not isinstance(value, dict):
            raise NotACheckpoint(f"its {name} is not a table")
        return _Table(value)

    def flag(self, name: str) -> bool:
        value = self._at(name)
        if not isinstance(value, bool):
            raise NotACheckpoint(f"its {name} is neither true nor false")
        return value

    def whole(self, name: str, low: int, high: int) -> int:
        return _whole(self._at(name), name, low, high)

    def moment(self, name: str) -> float:
        value = self._at(name)
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number or not _FIRST_S <= value <= _LAST_S:
            raise NotACheckpoint(f"its {name} is not a time")
        return float(value)

    def text(self, name: str) -> str:
        return _text(self._at(name), name)

    def toml(self, name: str) -> str:
        # The routine reader checks its content.
        value = self._at(name)
        if not isinstance(value, str) or len(value) > LARGEST_ROUTINE:
            raise NotACheckpoint(f"its {name} is not a routine")
        return value

    def path(self, name: str) -> str:
        # A path may contain characters that a title may not; it is shown with care.
        value = self._at(name)
        if not isinstance(value, str) or len(value) > _LONGEST_PATH or "\0" in value:
            raise NotACheckpoint(f"its {name} is not a path")
        return value

    def side(self, name: str) -> Side:
        value = self._at(name)
        try:
            return Side(value)
        except ValueError:
            raise NotACheckpoint(f"its {name} is not a side") from None

    def texts(self, name: str) -> list[str]:
        value = self._at(name)
        if not isinstance(value, list):
            raise NotACheckpoint(f"its {name} is not a list")
        return [_text(word, name) for word in value]

    def numbers(self, name: str) -> dict[str, int]:
        values = self.table(name)._values
        return {_text(key, name): _whole(n, name, 0, _MOST_MS) for key, n in values.items()}

    def ranges(self, name: str) -> tuple[tuple[int, int], ...]:
        value = self._at(name)
        found, least = [], 0
        for pair in value if isinstance(value, list) else [None]:
            if not isinstance(pair, list) or len(pair) != 2:
                raise NotACheckpoint(f"its {name} is not a list of ranges")
            first = _whole(pair[0], name, least, _MOST)
            found.append((first, _whole(pair[1], name, first, _MOST)))
            least = found[-1][1] + 1
        return tuple(found)

    def _at(self, name: str) -> Any:
        if name not in self._values:
            raise NotACheckpoint(f"it has no {name}")
        return self._values[name]


def _whole(value: object, name: str, low: int, high: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise NotACheckpoint(f"its {name} is not a possible number")
    return value


def _text(value: object, name: str) -> str:
    is_text = isinstance(value, str) and len(value) <= _LONGEST_TEXT
    if not is_text or unseen_in(str(value), may_break=False):
        raise NotACheckpoint(f"its {name} is not text")
    return str(value)
