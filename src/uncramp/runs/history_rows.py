"""Entries of the history as rows of its tables, and back."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from uncramp.core.history.entries import (
    CalmNight,
    CrampEntry,
    CrampPlace,
    Entry,
    Leg,
    RunEnding,
    RunEntry,
)
from uncramp.core.history.nights import LocalTime

SELECT = """
    SELECT e.id, e.uid, e.kind, e.at_s, e.offset_min, e.night,
        r.routine_id, r.title, r.fingerprint, r.ended_s, r.ended_offset_min, r.ending,
        r.is_urgent, r.side, r.steps, r.steps_done, r.steps_skipped, r.lengthened, r.shortened,
        r.active_ms, r.paused_ms, r.conditions, r.skipped,
        c.leg, c.place, c.pain, c.lasted_s, c.helped, c.note, c.run_id
    FROM entries e
    LEFT JOIN runs r ON r.entry_id = e.id
    LEFT JOIN cramps c ON c.entry_id = e.id
"""
"""Reads whole entries; a condition on `e`, `r` and `c` follows."""

SELECT_BY_NIGHT = SELECT.replace("FROM entries e", "FROM entries e INDEXED BY entries_by_night")
"""The same for conditions on `e.night` and `e.deleted_s IS NULL`: SQLite would use the index of
times, and read the whole history for a month."""

SELECT_MARKS = """
    SELECT DISTINCT e.night,
        CASE WHEN e.kind = 'calm' THEN 'calm' WHEN e.kind = 'cramp' OR r.is_urgent THEN 'cramp'
            ELSE 'routine' END,
        CASE WHEN e.kind = 'calm' OR (e.kind = 'run' AND NOT r.is_urgent) THEN ''
            WHEN c.run_id IS NOT NULL THEN 'run' || c.run_id ELSE e.kind || e.id END
    FROM entries e INDEXED BY entries_by_night
    LEFT JOIN runs r ON r.entry_id = e.id
    LEFT JOIN cramps c ON c.entry_id = e.id
    WHERE e.night BETWEEN ? AND ? AND e.deleted_s IS NULL AND (
        e.kind <> 'run' OR r.is_urgent OR (r.ending = 'finished' AND r.routine_id IN ()))
"""
"""Reads marks of nights: the night, its kind, and the cramp."""


def entry_of(row: Mapping[str, Any]) -> Entry:
    """The entry of a row from `SELECT`. Raises ValueError if it is not one of ours."""
    at = LocalTime(row["at_s"], row["offset_min"])
    if row["kind"] == "calm":
        return CalmNight(date.fromisoformat(row["night"]), row["id"])
    if row["kind"] == "cramp":
        return CrampEntry(
            at=at,
            leg=Leg(row["leg"]) if row["leg"] else None,
            place=CrampPlace(row["place"]) if row["place"] else None,
            pain=row["pain"],
            lasted_s=row["lasted_s"],
            helped=_words(row["helped"]),
            note=row["note"],
            run_id=row["run_id"],
            id=row["id"],
        )
    return RunEntry(
        routine_id=row["routine_id"],
        title=row["title"],
        fingerprint=row["fingerprint"],
        began=at,
        ended=LocalTime(row["ended_s"], row["ended_offset_min"]),
        ending=RunEnding(row["ending"]),
        is_urgent=bool(row["is_urgent"]),
        side=row["side"],
        steps=row["steps"],
        steps_done=row["steps_done"],
        steps_skipped=row["steps_skipped"],
        lengthened=row["lengthened"],
        shortened=row["shortened"],
        active_ms=row["active_ms"],
        paused_ms=row["paused_ms"],
        conditions=_words(row["conditions"]),
        skipped=_words(row["skipped"]),
        id=row["id"],
    )


def entries_row(entry: Entry, uid: str) -> dict[str, object]:
    """The row of `entries`. Raises ValueError for an impossible date."""
    match entry:
        case CalmNight():
            # Noon of the day of its evening: it has no time.
            at_s = (entry.night.toordinal() - date(1970, 1, 1).toordinal()) * 86_400 + 43_200
            kind, at, night = "calm", LocalTime(at_s), entry.night
        case CrampEntry():
            kind, at, night = "cramp", entry.at, entry.at.night
        case RunEntry():
            kind, at, night = "run", entry.began, entry.began.night
    return {
        "uid": uid,
        "kind": kind,
        "at_s": at.epoch_s,
        "offset_min": at.offset_min,
        "night": night.isoformat(),
    }


def details_row(entry: Entry) -> tuple[str, dict[str, object]] | None:
    """The table of the entry's details and its row there; None if it has none."""
    match entry:
        case CalmNight():
            return None
        case CrampEntry():
            return "cramps", {
                "leg": entry.leg,
                "place": entry.place,
                "pain": entry.pain,
                "lasted_s": entry.lasted_s,
                "helped": _text(entry.helped),
                "note": entry.note,
                "run_id": entry.run_id,
            }
        case RunEntry():
            return "runs", {
                "routine_id": entry.routine_id,
                "title": entry.title,
                "fingerprint": entry.fingerprint,
                "ended_s": entry.ended.epoch_s,
                "ended_offset_min": entry.ended.offset_min,
                "ending": entry.ending,
                "is_urgent": int(entry.is_urgent),
                "side": entry.side,
                "steps": entry.steps,
                "steps_done": entry.steps_done,
                "steps_skipped": entry.steps_skipped,
                "lengthened": entry.lengthened,
                "shortened": entry.shortened,
                "active_ms": entry.active_ms,
                "paused_ms": entry.paused_ms,
                "conditions": _text(entry.conditions),
                "skipped": _text(entry.skipped),
            }


def _text(words: tuple[str, ...]) -> str:
    return json.dumps(words, ensure_ascii=False)


def _words(text: str) -> tuple[str, ...]:
    found = json.loads(text)
    if not isinstance(found, list) or not all(isinstance(word, str) for word in found):
        raise ValueError("no list of words")
    return tuple(found)
