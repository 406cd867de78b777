"""Entries as CSV and JSON for other programs, and back. docs/history.md lists the columns."""

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Iterator, Mapping
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
from uncramp.runs.local_times import from_iso, iso_time

COLUMNS = (
    "uid", "kind", "night", "at", "leg", "place", "pain", "lasted_s", "helped", "note", "run",
    "routine", "title", "fingerprint", "ended", "ending", "urgent", "side", "steps", "done",
    "skipped", "lengthened", "shortened", "active_ms", "paused_ms", "conditions", "skipped_steps",
)  # fmt: skip
_WORDS = ("helped", "conditions", "skipped_steps")
_MOST = 1 << 53
_LONGEST_TEXT = 10_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class NotHistory(ValueError):
    """The file is not a history; `line` says where, counted from 1 (an entry, in JSON)."""

    def __init__(self, line: int) -> None:
        """Keep where."""
        super().__init__(line)
        self.line = line


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
    found = []
    for number, row in rows:
        try:
            found.append(entry_in(row))
        except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
            raise NotHistory(number) from None
    return found


def _json_rows(text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        found = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise NotHistory(getattr(error, "lineno", 1)) from None
    for number, row in enumerate(found, 1):
        if not isinstance(row, dict):
            raise NotHistory(number)
        yield number, row


def _csv_rows(text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff"), newline=""))
    try:
        names = reader.fieldnames
    except csv.Error:
        names = None
    if not names or "kind" not in names:
        raise NotHistory(1)
    while True:
        try:
            row = next(reader, None)
        except csv.Error:
            raise NotHistory(reader.line_num) from None
        if row is None:
            return
        yield reader.line_num, _typed(row, reader.line_num)


def _typed(row: Mapping[Any, Any], line: int) -> dict[str, Any]:
    """The cells as JSON values, without empty ones."""
    found: dict[str, Any] = {}
    try:
        for name, cell in row.items():
            if not isinstance(name, str) or not cell:
                continue
            if name in _WORDS:
                found[name] = json.loads(cell)
            elif name in _NUMBERS:
                found[name] = int(cell)
            elif name == "urgent":
                found[name] = {"true": True, "false": False}[cell.casefold()]
            else:
                found[name] = cell[1:] if cell.startswith("'") else cell
    except (ValueError, KeyError, RecursionError):
        raise NotHistory(line) from None
    return found


_NUMBERS = {
    "pain", "lasted_s", "steps", "done", "skipped", "lengthened", "shortened", "active_ms",
    "paused_ms",
}  # fmt: skip


def entry_in(row: Mapping[str, Any]) -> tuple[str, Entry, str]:
    """The uid, the entry, and the uid of a cramp's run, by the names of `COLUMNS`.

    Raises ValueError, TypeError, KeyError or OverflowError if the row is not an entry.
    """
    entry: Entry
    match row["kind"]:
        case "calm":
            entry = CalmNight(date.fromisoformat(row["night"]))
        case "cramp":
            entry = CrampEntry(
                at=from_iso(row["at"]),
                leg=Leg(row["leg"]) if row.get("leg") else None,
                place=CrampPlace(row["place"]) if row.get("place") else None,
                pain=_maybe(row.get("pain"), MOST_PAIN),
                lasted_s=_maybe(row.get("lasted_s"), _MOST),
                helped=_texts(row.get("helped")),
                note=_text(row.get("note"))[:LONGEST_NOTE],
            )
        case "run":
            entry = RunEntry(
                routine_id=_text(row["routine"]),
                title=_text(row.get("title")),
                fingerprint=_text(row.get("fingerprint")),
                began=from_iso(row["at"]),
                ended=from_iso(row.get("ended") or row["at"]),
                ending=RunEnding(row["ending"]),
                is_urgent=row.get("urgent") is True,
                side=_text(row.get("side")),
                steps=_maybe(row.get("steps")) or 0,
                steps_done=_maybe(row.get("done")) or 0,
                steps_skipped=_maybe(row.get("skipped")) or 0,
                lengthened=_maybe(row.get("lengthened")) or 0,
                shortened=_maybe(row.get("shortened")) or 0,
                active_ms=_maybe(row.get("active_ms")) or 0,
                paused_ms=_maybe(row.get("paused_ms")) or 0,
                conditions=_texts(row.get("conditions")),
                skipped=_texts(row.get("skipped_steps")),
            )
        case _:
            raise ValueError("unknown kind")
    uid = _text(row.get("uid")) or hashlib.blake2b(repr(entry).encode(), digest_size=16).hexdigest()
    return uid, entry, _text(row.get("run"))


def _maybe(value: object, most: int = _MOST) -> int | None:
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
        raise ValueError("no number that can be")
    return value


def _text(value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > _LONGEST_TEXT:
        raise ValueError("no text")
    return value.encode("utf-8", "replace").decode()


def _texts(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list):
        raise ValueError("no list of texts")
    return tuple(map(_text, value))
