"""Opening the history: it takes in the lines of runs and cramps, each once."""

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from uncramp.core.history.entries import Entry, RunEnding, RunEntry
from uncramp.core.text.safe_text import on_one_line
from uncramp.runs.file_names import DATABASE_NAME
from uncramp.runs.file_names import FILE_NAME as LINES_NAME
from uncramp.runs.history_database import WAIT_S
from uncramp.runs.history_exchange import entry_in
from uncramp.runs.history_problems import CannotUse, Why
from uncramp.runs.history_store import HistoryStore
from uncramp.runs.local_times import from_iso
from uncramp.system.files import read_from

AT_ONCE = 4 << 20
"""How many bytes one transaction takes in."""
_MOST = 10**9
_MOST_MS = 1 << 50
_LONGEST_TEXT = 10_000


def open_history(
    folder: Path, wall: Callable[[], float], *, wait_s: float = WAIT_S
) -> HistoryStore:
    """The history in `folder`, with every run in it that has ended. Raises CannotUse.

    `wall` gives seconds since the epoch; `wait_s` is how long to wait for another program's
    write.
    """
    store = HistoryStore(folder / DATABASE_NAME, wall, wait_s=wait_s)
    try:
        take_in(store, folder / LINES_NAME)
    except BaseException:
        store.close()
        raise
    return store


def take_in(store: HistoryStore, lines: Path) -> int:
    """Take in the lines that came since the last time. Returns how many runs were new.

    Lines that cannot be read are ignored; the file is not changed. Raises CannotUse.
    """
    begin, added = store.bytes_taken_over(lines.name), 0
    while True:
        try:
            size, data = read_from(lines, begin, AT_ONCE)
        except FileNotFoundError:
            return added
        except OSError as error:
            raise CannotUse(Why.DISK, lines) from error
        if size < begin:
            # It is another file now. Entries that the history has are not added again.
            begin = 0
            continue
        whole = data.rfind(b"\n") + 1
        if not whole and len(data) < AT_ONCE:
            return added
        whole = whole or len(data)
        added += store.take_over(lines.name, begin + whole, _entries_in(data[:whole]))
        begin += whole


def _entries_in(data: bytes) -> Iterator[tuple[str, Entry, str]]:
    for line in data.split(b"\n"):
        with suppress(ValueError, TypeError, KeyError, OverflowError, RecursionError):
            fields = _object(line)
            if "kind" in fields:
                # What a person said after a run.
                yield entry_in(fields)
                continue
            # Lines of the first version have no uid: two equal ones are one run.
            uid = fields.get("uid") or hashlib.blake2b(line, digest_size=16).hexdigest()
            yield _text(uid), _run(fields), ""


def _object(line: bytes) -> dict[str, Any]:
    found = json.loads(line)
    if not isinstance(found, dict):
        raise ValueError("no object")
    return found


def _run(fields: dict[str, Any]) -> RunEntry:
    began, ended = from_iso(fields["started"]), from_iso(fields["ended"])
    done = _number(fields["steps_done"])
    active_ms = _number(fields["played_ms"], _MOST_MS)
    ending = RunEnding.ENDED
    if fields.get("is_cut_off") is True:
        ending = RunEnding.CUT_OFF
    elif fields["is_complete"] is True and done:
        ending = RunEnding.FINISHED
    return RunEntry(
        routine_id=_text(fields["routine_id"]),
        title=on_one_line(_text(fields["title"])),
        fingerprint=_text(fields["fingerprint"]),
        began=began,
        ended=ended,
        ending=ending,
        is_urgent=fields.get("is_urgent") is True,
        side=_text(fields.get("side", "")),
        steps=_number(fields["steps"]),
        steps_done=done,
        steps_skipped=_number(fields.get("steps_skipped", 0)),
        lengthened=_number(fields.get("lengthened", 0)),
        shortened=_number(fields.get("shortened", 0)),
        active_ms=active_ms,
        paused_ms=max((ended.epoch_s - began.epoch_s) * 1000 - active_ms, 0),
        conditions=_texts(fields.get("conditions", [])),
        skipped=_texts(fields.get("skipped", [])),
    )


def _number(value: object, most: int = _MOST) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
        raise ValueError("no number that can be")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST_TEXT:
        raise ValueError("no text")
    return value.encode("utf-8", "replace").decode()


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ValueError("no list of texts")
    return tuple(map(_text, value))
