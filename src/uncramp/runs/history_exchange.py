"""Entries as CSV and JSON for other programs, and back. docs/history.md lists the columns."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from typing import Any

from uncramp.core.history.entries import (
    LONGEST_NOTE,
    MOST_PAIN,
    CalmNight,
    CrampEntry,
    CrampPlace,
    Entry,
    Leg,
    RunEnding,
    RunEntry,
)
from uncramp.core.text.digests import digest
from uncramp.runs.local_times import from_iso, iso_time
from uncramp.runs.run_records import number_in, text_in, texts_in

COLUMNS = (
    "uid", "kind", "night", "at", "leg", "place", "pain", "lasted_s", "helped", "note", "run",
    "routine", "title", "fingerprint", "ended", "ending", "urgent", "side", "steps", "done",
    "skipped", "lengthened", "shortened", "active_ms", "paused_ms", "conditions", "skipped_steps",
)  # fmt: skip
_WORDS = ("helped", "conditions", "skipped_steps")
_NUMBERS = {
    "pain", "lasted_s", "steps", "done", "skipped", "lengthened", "shortened", "active_ms",
    "paused_ms",
}  # fmt: skip
_MOST = 1 << 53
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


TAKES = {
    "kind": "run, cramp or calm",
    "night": "a date such as 2026-11-20",
    "at": "a time such as 2026-11-20T03:10:00+00:00",
    "ended": "a time such as 2026-11-20T03:10:00+00:00",
    "leg": ", ".join(leg.value for leg in Leg),
    "place": ", ".join(place.value for place in CrampPlace),
    "ending": ", ".join(ending.value for ending in RunEnding),
    "urgent": "true or false",
    **dict.fromkeys(_WORDS, 'a list such as ["walking"]'),
    **dict.fromkeys(_NUMBERS, "a whole number, 0 or more"),
    "pain": f"a whole number from 0 to {MOST_PAIN}",
}
"""What each column takes, in words; the others take text."""


class NotHistory(ValueError):
    """The file is not a history; `places` says where.

    Each is a line (an entry, in JSON), counted from 1, and the name of a column of `COLUMNS`, or
    an empty text if the line is no entry at all.
    """

    def __init__(self, *places: tuple[int, str]) -> None:
        """Keep where."""
        super().__init__(places)
        self.places = places


class WrongCells(ValueError):
    """An entry has values that its columns cannot have."""

    def __init__(self, names: tuple[str, ...]) -> None:
        """Keep the names of the columns."""
        super().__init__(names)
        self.names = names


def fields_of(uid: str, entry: Entry, run_uid: str = "") -> dict[str, Any]:
    """The entry by the names of `COLUMNS`, only those for its kind."""
    match entry:
        case CalmNight():
            return {"uid": uid, "kind": "calm", "night": entry.night.isoformat()}
        case CrampEntry():
            return {
                "uid": uid, "kind": "cramp", "night": entry.at.night.isoformat(),
                "at": iso_time(entry.at), "leg": entry.leg and entry.leg.value,
                "place": entry.place and entry.place.value, "pain": entry.pain,
                "lasted_s": entry.lasted_s, "helped": list(entry.helped), "note": entry.note,
                "run": run_uid or None,
            }  # fmt: skip
        case RunEntry():
            return {
                "uid": uid, "kind": "run", "night": entry.began.night.isoformat(),
                "at": iso_time(entry.began), "routine": entry.routine_id, "title": entry.title,
                "fingerprint": entry.fingerprint, "ended": iso_time(entry.ended),
                "ending": entry.ending.value, "urgent": entry.is_urgent, "side": entry.side,
                "steps": entry.steps, "done": entry.steps_done, "skipped": entry.steps_skipped,
                "lengthened": entry.lengthened, "shortened": entry.shortened,
                "active_ms": entry.active_ms, "paused_ms": entry.paused_ms,
                "conditions": list(entry.conditions), "skipped_steps": list(entry.skipped),
            }  # fmt: skip


def json_text(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """The lines of a JSON array, an entry a line, in ASCII."""
    before = None
    yield "["
    for row in rows:
        if before is not None:
            yield f"{before},"
        before = f"  {json.dumps(row)}"
    if before is not None:
        yield before
    yield "]"


def csv_text(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """The lines of a CSV file with `COLUMNS` (RFC 4180); lists are JSON in their cell.

    A text that a spreadsheet would read as a formula gets an apostrophe in front; one that begins
    with an apostrophe gets another.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="")
    yield ",".join(COLUMNS)
    for row in rows:
        out.seek(0)
        out.truncate()
        writer.writerow([_cell(row.get(name)) for name in COLUMNS])
        yield out.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith((*_FORMULA, "'")) else text


def entries_in(text: str) -> list[tuple[str, Entry, str]]:
    """The entries of a CSV or JSON text: the uid, the entry, and the uid of a cramp's run.

    An entry without a uid is identified by its content. Raises NotHistory.
    """
    is_json = text.lstrip("\ufeff \t\r\n").startswith("[")
    rows = _json_rows(text) if is_json else _csv_rows(text)
    found: list[tuple[str, Entry, str]] = []
    wrong: list[tuple[int, str]] = []
    for number, row in rows:
        try:
            found.append(entry_in(row))
        except WrongCells as cells:
            wrong += ((number, name) for name in cells.names)
    if wrong:
        raise NotHistory(*wrong)
    return found


def _json_rows(text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        found = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise NotHistory((getattr(error, "lineno", 1), "")) from None
    for number, row in enumerate(found, 1):
        if not isinstance(row, dict):
            raise NotHistory((number, ""))
        yield number, row


def _csv_rows(text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    text = text.lstrip("\ufeff")
    # A spreadsheet writes semicolons where a comma is the decimal sign.
    delimiter = ";" if ";" in text.partition("\n")[0] else ","
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        names = reader.fieldnames
    except csv.Error:
        names = None
    if not names or "kind" not in names:
        raise NotHistory((1, ""))
    while True:
        try:
            row = next(reader, None)
        except csv.Error:
            raise NotHistory((reader.line_num, "")) from None
        if row is None:
            return
        yield reader.line_num, _typed(row)


def _typed(row: Mapping[Any, Any]) -> dict[str, Any]:
    """The cells as JSON values, without empty ones; a cell that is none stays text."""
    found: dict[str, Any] = {}
    for name, cell in row.items():
        if not isinstance(name, str) or not cell:
            continue
        found[name] = cell[1:] if cell.startswith("'") else cell
        with suppress(ValueError, KeyError, RecursionError):
            if name in _WORDS:
                found[name] = json.loads(cell)
            elif name in _NUMBERS:
                found[name] = int(cell)
            elif name == "urgent":
                found[name] = {"true": True, "false": False}[cell.casefold()]
    return found


def entry_in(row: Mapping[str, Any]) -> tuple[str, Entry, str]:
    """The uid, the entry, and the uid of a cramp's run, by the names of `COLUMNS`.

    Raises WrongCells if the row is not an entry.
    """
    wrong: list[str] = []

    def read(name: str, meaning: Callable[[Any], Any]) -> Any:
        try:
            return meaning(row.get(name))
        except (ValueError, TypeError, KeyError, OverflowError):
            wrong.append(name)
            return None

    entry: Entry
    match row.get("kind"):
        case "calm":
            entry = CalmNight(read("night", date.fromisoformat))
        case "cramp":
            entry = CrampEntry(
                at=read("at", from_iso),
                leg=read("leg", lambda word: Leg(word) if word else None),
                place=read("place", lambda word: CrampPlace(word) if word else None),
                pain=read("pain", lambda number: _maybe(number, MOST_PAIN)),
                lasted_s=read("lasted_s", _maybe),
                helped=read("helped", _texts),
                note=(read("note", _text) or "")[:LONGEST_NOTE],
            )
        case "run":
            entry = RunEntry(
                routine_id=read("routine", text_in),
                title=read("title", _text),
                fingerprint=read("fingerprint", _text),
                began=read("at", from_iso),
                ended=read("ended" if row.get("ended") else "at", from_iso),
                ending=read("ending", RunEnding),
                is_urgent=read("urgent", _flag),
                side=read("side", _text),
                steps=read("steps", _count),
                steps_done=read("done", _count),
                steps_skipped=read("skipped", _count),
                lengthened=read("lengthened", _count),
                shortened=read("shortened", _count),
                active_ms=read("active_ms", _count),
                paused_ms=read("paused_ms", _count),
                conditions=read("conditions", _texts),
                skipped=read("skipped_steps", _texts),
            )
        case _:
            raise WrongCells(("kind",))
    uid, run_uid = read("uid", _text), read("run", _text)
    if wrong:
        raise WrongCells(tuple(dict.fromkeys(wrong)))
    uid = uid or digest(repr(entry).encode(), 16)
    return uid, entry, run_uid


def _count(value: object) -> int:
    return _maybe(value) or 0


def _flag(value: object) -> bool:
    if not isinstance(value, bool | None):
        raise ValueError("neither true nor false")
    return value is True


def _maybe(value: object, most: int = _MOST) -> int | None:
    return None if value is None else number_in(value, most)


def _text(value: object) -> str:
    return "" if value is None else text_in(value)


def _texts(value: object) -> tuple[str, ...]:
    return () if value is None else texts_in(value)
