"""Reading the lines of runs."""

import json
from typing import Any

from uncramp.core.history.entries import RunEnding, RunEntry
from uncramp.core.text.safe_text import on_one_line
from uncramp.runs.local_times import from_iso

_MOST = 10**9
_MOST_MS = 1 << 50
_LONGEST_TEXT = 10_000


def object_in(line: bytes) -> dict[str, Any]:
    """The object in a line. Raises ValueError or RecursionError."""
    found = json.loads(line)
    if not isinstance(found, dict):
        raise ValueError("no object")
    return found


def run_in(fields: dict[str, Any]) -> RunEntry:
    """The run in a line's object.

    Raises ValueError, TypeError, KeyError or OverflowError if it is not a run.
    """
    began, ended = from_iso(fields["started"]), from_iso(fields["ended"])
    done = number_in(fields["steps_done"])
    active_ms = number_in(fields["played_ms"], _MOST_MS)
    ending = RunEnding.ENDED
    if fields.get("is_cut_off") is True:
        ending = RunEnding.CUT_OFF
    elif fields["is_complete"] is True and done:
        ending = RunEnding.FINISHED
    return RunEntry(
        routine_id=text_in(fields["routine_id"]),
        title=on_one_line(text_in(fields["title"])),
        fingerprint=text_in(fields["fingerprint"]),
        began=began,
        ended=ended,
        ending=ending,
        is_urgent=fields.get("is_urgent") is True,
        side=text_in(fields.get("side", "")),
        steps=number_in(fields["steps"]),
        steps_done=done,
        steps_skipped=number_in(fields.get("steps_skipped", 0)),
        lengthened=number_in(fields.get("lengthened", 0)),
        shortened=number_in(fields.get("shortened", 0)),
        active_ms=active_ms,
        paused_ms=max((ended.epoch_s - began.epoch_s) * 1000 - active_ms, 0),
        conditions=texts_in(fields.get("conditions", [])),
        skipped=texts_in(fields.get("skipped", [])),
    )


def number_in(value: object, most: int = _MOST) -> int:
    """The value as a number from 0 to `most`. Raises ValueError if it is not one."""
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
        raise ValueError("no number that can be")
    return value


def text_in(value: object) -> str:
    """The value as text that any file can contain. Raises ValueError if it is not text."""
    if not isinstance(value, str) or len(value) > _LONGEST_TEXT:
        raise ValueError("no text")
    return value.encode("utf-8", "replace").decode()


def texts_in(value: object) -> tuple[str, ...]:
    """The texts of a list. Raises ValueError if it is not one."""
    if not isinstance(value, list):
        raise ValueError("no list of texts")
    return tuple(map(text_in, value))
