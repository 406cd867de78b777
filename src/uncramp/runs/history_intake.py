"""Opening the history: it takes in the lines of runs and cramps, each once."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from uncramp.core.history.entries import Entry
from uncramp.core.text.digests import digest
from uncramp.runs.file_names import DATABASE_NAME
from uncramp.runs.file_names import FILE_NAME as LINES_NAME
from uncramp.runs.history_database import WAIT_S
from uncramp.runs.history_exchange import entry_in
from uncramp.runs.history_problems import CannotUse, Why
from uncramp.runs.history_store import HistoryStore
from uncramp.runs.run_records import object_in, run_in, text_in
from uncramp.system.files import read_from

AT_ONCE = 4 << 20
"""How many bytes one transaction takes in."""


def open_history(
    folder: Path, wall: Callable[[], float], *, wait_s: float = WAIT_S
) -> HistoryStore:
    """The history in `folder`, with every run in it that has ended. Raises CannotUse.

    `wall` gives seconds since the epoch; `wait_s` is how long to wait for another program's
    write.
    """
    try:
        return _with_lines(HistoryStore(folder / DATABASE_NAME, wall, wait_s=wait_s))
    except CannotUse as problem:
        if problem.why is not Why.DISK:
            raise
    # The disk is full: the lines are taken into a copy in memory.
    return _with_lines(HistoryStore(folder / DATABASE_NAME, wall, only_read=Why.DISK))


def _with_lines(store: HistoryStore) -> HistoryStore:
    """The store, after taking in the lines beside it; it is closed if that fails."""
    try:
        take_in(store, store.file.with_name(LINES_NAME))
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
        except PermissionError as error:
            raise CannotUse(Why.UNREADABLE, lines) from error
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
            fields = object_in(line)
            if "kind" in fields:
                # What a person said after a run.
                yield entry_in(fields)
                continue
            # Lines of the first version have no uid: two equal ones are one run.
            uid = fields.get("uid") or digest(line, 16)
            yield text_in(uid), run_in(fields), ""
