"""`uncramp history`: runs and cramps, and what they show."""

import shlex
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from uncramp.cli.arguments import Arguments
from uncramp.cli.cramp_fields import with_answers, with_options
from uncramp.cli.history_access import advice_lines, entry_object, not_there, with_history
from uncramp.cli.history_options import FIELDS
from uncramp.cli.history_pages import (
    helps_page,
    misplaced_words,
    month_page,
    summary_page,
)
from uncramp.cli.prompts import NoAnswer, can_ask, says_yes
from uncramp.cli.routine_lookup import open_library, unknown_words
from uncramp.core.history.entries import CrampEntry, EntryFilter, RunEntry
from uncramp.core.text.safe_text import shown
from uncramp.core.text.suggestions import counted
from uncramp.library.unusable_value import UnusableValue
from uncramp.plain.history_lines import entry_line, entry_lines, listed_lines, routine_lines
from uncramp.plain.json_text import json_array, json_line
from uncramp.plain.output import Drawing, complain, write
from uncramp.runs.history_exchange import (
    TAKES,
    NotHistory,
    csv_text,
    entries_in,
    fields_of,
    json_text,
)
from uncramp.runs.history_store import HistoryStore
from uncramp.runs.local_times import written_time
from uncramp.session.own_history import use_of
from uncramp.system.files import read_file
from uncramp.system.os_errors import reason_of

LARGEST_FILE = 256 << 20
"""The most bytes that an import reads."""
_MOST_TOLD = 20
"""How many wrong places of a file are named."""
USUAL_SIZE, MOST_SIZE = 20, 10_000
"""How many entries a page has."""


def history(asked: Arguments) -> int:
    """Show or change the history. 0: done, 2: not."""
    misplaced = misplaced_words(asked)
    if misplaced:
        return complain(misplaced)
    does = {
        "show": _show, "edit": _edit, "delete": _delete, "restore": _restore,
        "export": _export, "import": _import,
    }.get(asked.do or "")  # fmt: skip
    if does is None:
        pages = ((asked.summary, summary_page), (asked.helps, helps_page))
        does = next((page for is_wanted, page in pages if is_wanted), _list)
        if asked.month is not None:
            does = month_page
    return with_history(lambda store, now_s: does(store, now_s, asked))


def _list(store: HistoryStore, now_s: float, asked: Arguments) -> int:
    try:
        since, until = _day(asked.since), _day(asked.until)
    except UnusableValue as error:
        return complain(str(error))
    wanted = EntryFilter(asked.kind or "", asked.routine or "", since, until, asked.deleted)
    before = None
    if asked.before is not None:
        before = store.place_of(asked.before)
        if before is None:
            return not_there(asked.before)
    size = min(asked.size or USUAL_SIZE, MOST_SIZE)
    found = store.page(wanted, size=size, before=before)
    if not found and asked.routine:
        library, used = open_library(), store.routine_ids()
        if asked.routine not in used and library.find(asked.routine) is None:
            return complain(unknown_words(library, asked.routine, used=used))
    if asked.json:
        write(json_array(entry_object(store, entry) for entry in found))
        return 0
    if asked.routine and not asked.deleted:
        summary = use_of(store, asked.routine)
        if summary is not None:
            write([*routine_lines(summary, written_time), ""])
    write(listed_lines(found, written_time))
    if not found:
        write(["The trash is empty." if asked.deleted else _none_words(asked)])
    elif len(found) == size:
        write(["", f"Earlier ones: {_earlier(asked, found[-1].id)}"])
    if not asked.deleted:
        write(advice_lines(store, now_s))
    return 0


def _earlier(asked: Arguments, number: int) -> str:
    """The command for the page before entry `number`, with what was chosen for this one."""
    words = ["uncramp history"]
    for name in ("routine", "kind", "since", "size"):
        value = getattr(asked, name)
        if value is not None:
            words.append(f"--{name} {shown(shlex.quote(str(value)))}")
    if asked.deleted:
        words.append("--deleted")
    return " ".join([*words, f"--before {number}"])


def _none_words(asked: Arguments) -> str:
    if any((asked.kind, asked.routine, asked.since, asked.until, asked.before)):
        return "Nothing there."
    return "Nothing yet. Every run is kept, and uncramp log writes down a cramp."


def _day(word: str | None) -> date | None:
    try:
        return date.fromisoformat(word) if word else None
    except ValueError:
        raise UnusableValue(
            f'"{(word or "")[:40]}" is no date. Write one such as 2026-11-20.'
        ) from None


def _show(store: HistoryStore, now_s: float, asked: Arguments) -> int:
    entry = store.get(asked.number)
    if entry is None:
        return not_there(asked.number)
    if asked.json:
        write([json_line(entry_object(store, entry))])
    else:
        write(entry_lines(entry, written_time))
    return 0


def _edit(store: HistoryStore, now_s: float, asked: Arguments) -> int:
    entry = store.get(asked.number)
    if entry is None:
        return not_there(asked.number)
    if isinstance(entry, RunEntry):
        how = f"uncramp log --run {entry.id} adds what happened."
        return complain(f"{entry.id} is a run, and stays as it was. {how}")
    if not isinstance(entry, CrampEntry):
        return complain(f"{entry.id} is a night without a cramp: delete it, and log another.")
    has_said = any(getattr(asked, name) is not None for name in FIELDS)
    if not has_said and not can_ask():
        return complain("Say what to change: --pain 6, --note and so on.")
    try:
        changed = (with_options if has_said else _answered)(entry, asked, now_s)
    except UnusableValue as error:
        return complain(str(error))
    except NoAnswer:
        return complain("Nothing was changed.")
    if not store.change(changed):
        return not_there(asked.number)
    write(["Changed:", entry_line(changed, written_time)])
    write(advice_lines(store, now_s))
    return 0


def _answered(entry: CrampEntry, asked: Arguments, now_s: float) -> CrampEntry:
    write([entry_line(entry, written_time), ""])
    return with_answers(entry, now_s)


def _delete(store: HistoryStore, now_s: float, asked: Arguments) -> int:
    if asked.all == (asked.number is not None):
        return complain("Say which entry, by its number, or --all for the whole history.")
    if not asked.all:
        if not store.delete(asked.number):
            return not_there(asked.number)
        write([f"Moved to the trash. uncramp history restore {asked.number} brings it back."])
        return 0
    if not asked.yes:
        if not can_ask():
            return complain("The whole history would be gone for good. Add --yes to delete it.")
        if not says_yes("Delete the whole history for good? No trash keeps it."):
            return 2
    store.erase()
    write(["The history is deleted for good."])
    return 0


def _restore(store: HistoryStore, now_s: float, asked: Arguments) -> int:
    if not store.restore(asked.number):
        return not_there(asked.number, is_deleted=True)
    write([f"{asked.number} is back."])
    return 0


def _export(store: HistoryStore, now_s: float, asked: Arguments) -> int:
    entries = list(store.all())
    uids = {entry.id: uid for uid, entry in entries}

    def rows() -> Iterator[dict[str, Any]]:
        for uid, entry in entries:
            run_id = entry.run_id if isinstance(entry, CrampEntry) else None
            yield fields_of(uid, entry, uids.get(run_id or 0, ""))

    lines = (csv_text if asked.format == "csv" else json_text)(rows())
    # A file gets the exact text; on a terminal control characters would take effect.
    write(lines if sys.stdout.isatty() else map(Drawing, lines))
    return 0


def _import(store: HistoryStore, now_s: float, asked: Arguments) -> int:
    name = "standard input" if asked.file == "-" else asked.file
    try:
        if asked.file == "-":
            data = sys.stdin.buffer.read(LARGEST_FILE + 1)
        else:
            data = read_file(Path(asked.file), LARGEST_FILE)
    except (OSError, ValueError, AttributeError) as error:
        return complain(f"{name} cannot be read: {reason_of(error)}. Nothing was taken in.")
    if len(data) > LARGEST_FILE:
        return complain(f"{name} is larger than 256 MiB. Nothing was taken in.")
    try:
        entries = entries_in(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return complain(f"{name} is not text in UTF-8. Nothing was taken in.")
    except NotHistory as problem:
        return _refuse_import(name, problem)
    added = store.add_all(entries)
    known = len(entries) - added
    write([f"{added} taken in." + (f" {known} were there already." if known else "")])
    return 0


def _refuse_import(name: str, problem: NotHistory) -> int:
    """Say where the file is no history, and what each place takes."""
    for line, column in problem.places[:_MOST_TOLD]:
        what = (
            f"{column} takes {TAKES.get(column, 'text')}."
            if column
            else "this is no entry of a history. Its columns are those of uncramp history export."
        )
        complain(f"{name}:{line}: {what}")
    more = len(problem.places) - _MOST_TOLD
    and_more = f"{counted(more, 'more place')} like these. " if more > 0 else ""
    return complain(f"{and_more}Nothing was taken in.")
