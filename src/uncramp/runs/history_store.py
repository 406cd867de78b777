"""The history on disk: one SQLite file, which any number of programs may use at the same time.

Entries have reached the disk before the program says that they are kept (`synchronous=FULL`).
Nothing here is loaded before a run has ended or a person opens the history.
"""

import sqlite3
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date

from uncramp.core.history.calendar import MarkKind, NightMark
from uncramp.core.history.entries import CalmNight, Entry, EntryFilter
from uncramp.runs.file_names import FILE_NAME as LINES_NAME
from uncramp.runs.history_database import HistoryDatabase
from uncramp.runs.history_problems import CannotUse, Why
from uncramp.runs.history_rows import (
    SELECT,
    SELECT_BY_NIGHT,
    SELECT_MARKS,
    details_row,
    entries_row,
    entry_of,
)

TRASH_S = 30 * 24 * 60 * 60
"""How long a deleted entry can be restored."""


class HistoryStore(HistoryDatabase):
    """The open history. Every method may raise CannotUse; then nothing has changed."""

    # Writing

    def add(self, entry: Entry, uid: str | None = None) -> int:
        """Keep an entry for good. Returns its number.

        An entry whose `uid` exists already is not added again. Raises ValueError for an
        impossible date.
        """
        with self._write() as connection:
            return _add(connection, entry, uid or uuid.uuid4().hex)[0]

    def add_all(self, entries: Iterable[tuple[str, Entry, str]]) -> int:
        """Keep entries, all or none. Returns how many were new.

        Each comes with its uid and, for a cramp after a run, the uid of the run; else "".
        """
        with self._write() as connection:
            return _add_all(connection, entries)

    def change(self, entry: Entry) -> bool:
        """Replace the entry with the same number and kind. False if there is none."""
        with self._write() as connection:
            row = entries_row(entry, "")
            found = connection.execute(
                "UPDATE entries SET at_s = :at_s, offset_min = :offset_min, night = :night "
                "WHERE id = :id AND kind = :kind AND deleted_s IS NULL",
                {**row, "id": entry.id},
            )
            details = details_row(entry)
            if found.rowcount and details:
                table, values = details
                pairs = ", ".join(f"{name} = :{name}" for name in values)
                connection.execute(
                    f"UPDATE {table} SET {pairs} WHERE entry_id = :id", {**values, "id": entry.id}
                )
            return bool(found.rowcount)

    def delete(self, number: int) -> bool:
        """Move an entry to the trash. False if there is none."""
        return self._mark(number, "deleted_s IS NULL", round(self._wall()))

    def restore(self, number: int) -> bool:
        """Restore an entry from the trash. False if there is none."""
        return self._mark(number, "deleted_s IS NOT NULL", None)

    def erase(self) -> None:
        """Delete every entry from the disk for good: the pages, the log and the copies too.

        The lines of runs go before the entries' deletion counts; otherwise they could be taken
        in again. If the entries cannot be deleted, nothing is.
        """
        with self._errors():
            if self._only_read:
                raise CannotUse(self._only_read, self.file)
            with self._transaction() as connection:
                for table in ("cramps", "runs", "entries", "advice_shown", "taken_over"):
                    connection.execute(f"DELETE FROM {table}")
                (self.file.parent / LINES_NAME).unlink(missing_ok=True)
            self._connection.execute("VACUUM")
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            for copy in self.file.parent.glob(f"{self.file.name}.v*"):
                copy.unlink()

    def note_shown(self, cause: str) -> bool:
        """Note that advice was shown for a cause. False if it was shown before.

        On a full disk it is shown again the next time.
        """
        noted = (cause, round(self._wall()))
        try:
            with self._write(is_kept=False) as connection:
                new = connection.execute("INSERT OR IGNORE INTO advice_shown VALUES (?, ?)", noted)
                return bool(new.rowcount)
        except CannotUse as problem:
            if problem.why is not Why.DISK:
                raise
            return True

    # Reading

    def get(self, number: int) -> Entry | None:
        """The entry with that number, unless it is in the trash."""
        found = self._select("WHERE e.id = ? AND e.deleted_s IS NULL", (number,))
        return found[0][1] if found else None

    def routine_ids(self) -> tuple[str, ...]:
        """The ids of all routines that were run, those in the trash too, in order."""
        query = "SELECT DISTINCT routine_id FROM runs ORDER BY routine_id"
        with self._errors():
            return tuple(row[0] for row in self._connection.execute(query))

    def uid_of(self, number: int) -> str:
        """The uid of the entry with that number; empty for none."""
        row = self._row("SELECT uid FROM entries WHERE id = ?", number)
        return row["uid"] if row else ""

    def place_of(self, number: int) -> tuple[int, int] | None:
        """The (seconds, number) of an entry, for the page after it; None for none."""
        row = self._row("SELECT at_s, id FROM entries WHERE id = ?", number)
        return (row["at_s"], row["id"]) if row else None

    def page(
        self,
        wanted: EntryFilter | None = None,
        *,
        size: int = 20,
        before: tuple[int, int] | None = None,
    ) -> list[Entry]:
        """The latest entries, newest first.

        `before` is the (seconds, number) of the last entry of the page before this one; it costs
        the same wherever the page is.
        """
        asked = wanted or EntryFilter()
        where, values = _where(asked)
        if before is not None:
            where.append("(e.at_s, e.id) < (?, ?)")
            values += before
        tail = f"WHERE {' AND '.join(where)} ORDER BY e.at_s DESC, e.id DESC LIMIT ?"
        return [entry for _, entry in self._select(tail, (*values, size))]

    def between(self, first: date, last: date, kind: str = "") -> list[Entry]:
        """Every entry of the nights from one to another, both included, oldest first.

        `kind` as in `EntryFilter`.
        """
        which, values = ("AND e.kind = ? ", (kind,)) if kind else ("", ())
        tail = (
            f"WHERE e.night BETWEEN ? AND ? {which}AND e.deleted_s IS NULL "
            "ORDER BY e.night, e.at_s, e.id"
        )
        values = (first.isoformat(), last.isoformat(), *values)
        return [entry for _, entry in self._select(tail, values, SELECT_BY_NIGHT)]

    def marks(self, first: date, last: date, evening_ids: frozenset[str]) -> list[NightMark]:
        """The marks of the nights from one to another, inclusive.

        The same as from `between`, with `evening_ids` as the evening routine, but cheaper.
        """
        places = ", ".join("?" * len(evening_ids))
        query = SELECT_MARKS.replace("IN ()", f"IN ({places})")
        values = (first.isoformat(), last.isoformat(), *sorted(evening_ids))
        with self._errors():
            rows = self._connection.execute(query, values).fetchall()
        found = []
        for night, kind, cramp in rows:
            with suppress(ValueError):
                found.append(NightMark(date.fromisoformat(night), MarkKind(kind), cramp))
        return found

    def all(self) -> Iterator[tuple[str, Entry]]:
        """Every entry with its uid, oldest first, without the trash; read lazily."""
        with self._errors():
            cursor = self._connection.execute(
                f"{SELECT} WHERE e.deleted_s IS NULL ORDER BY e.at_s, e.id"
            )
            for row in cursor:
                with suppress(ValueError):
                    yield row["uid"], entry_of(row)

    def bytes_taken_over(self, source: str) -> int:
        """How many bytes of another file were taken in; 0 for none."""
        row = self._row("SELECT bytes FROM taken_over WHERE source = ?", source)
        return row["bytes"] if row else 0

    def take_over(self, source: str, size: int, entries: Iterable[tuple[str, Entry, str]]) -> int:
        """Keep entries from another file, and note that its first `size` bytes are taken in.

        Both or neither happens; entries as for `add_all`. Returns how many were new. If the file
        can only be read, they are kept only in memory.
        """
        with self._write(is_kept=False) as connection:
            added = _add_all(connection, entries)
            connection.execute("INSERT OR REPLACE INTO taken_over VALUES (?, ?)", (source, size))
            return added

    # Beneath

    def _row(self, query: str, value: object) -> sqlite3.Row | None:
        with self._errors():
            row: sqlite3.Row | None = self._connection.execute(query, (value,)).fetchone()
            return row

    def _select(
        self, tail: str, values: Sequence[object], select: str = SELECT
    ) -> list[tuple[str, Entry]]:
        with self._errors():
            rows = self._connection.execute(f"{select} {tail}", values).fetchall()
        found = []
        for row in rows:
            # Rows that another program wrote are ignored.
            with suppress(ValueError):
                found.append((row["uid"], entry_of(row)))
        return found

    def _mark(self, number: int, where: str, deleted_s: int | None) -> bool:
        with self._write() as connection:
            found = connection.execute(
                f"UPDATE entries SET deleted_s = ? WHERE id = ? AND {where}", (deleted_s, number)
            )
            connection.execute(
                "DELETE FROM entries WHERE deleted_s < ?", (round(self._wall()) - TRASH_S,)
            )
            return bool(found.rowcount)


def _add_all(connection: sqlite3.Connection, entries: Iterable[tuple[str, Entry, str]]) -> int:
    """Add entries, and link each cramp to its run. Returns how many were new."""
    added = 0
    after: list[tuple[int, str]] = []
    for uid, entry, run_uid in entries:
        number, is_new = _add(connection, entry, uid)
        added += is_new
        if is_new and run_uid:
            after.append((number, run_uid))
    for number, run_uid in after:
        connection.execute(
            "UPDATE cramps SET run_id = (SELECT id FROM entries WHERE uid = ? "
            "AND kind = 'run') WHERE entry_id = ?",
            (run_uid, number),
        )
    return added


def _add(connection: sqlite3.Connection, entry: Entry, uid: str) -> tuple[int, bool]:
    """Add an entry. Returns its number, and whether it is new."""
    row = entries_row(entry, uid)
    added = connection.execute(
        "INSERT OR IGNORE INTO entries (uid, kind, at_s, offset_min, night) "
        "VALUES (:uid, :kind, :at_s, :offset_min, :night)",
        row,
    )
    if not added.rowcount:
        (number,) = connection.execute("SELECT id FROM entries WHERE uid = ?", (uid,)).fetchone()
        return number, False
    number = added.lastrowid or 0
    details = details_row(entry)
    if details:
        table, values = details
        names = ", ".join(values)
        places = ", ".join(f":{name}" for name in values)
        connection.execute(
            f"INSERT INTO {table} (entry_id, {names}) VALUES (:entry_id, {places})",
            {**values, "entry_id": number},
        )
    elif isinstance(entry, CalmNight):
        # A night is calm once, however often it is entered.
        connection.execute(
            "DELETE FROM entries WHERE kind = 'calm' AND night = ? AND id <> ? "
            "AND deleted_s IS NULL",
            (row["night"], number),
        )
    return number, True


def _where(asked: EntryFilter) -> tuple[list[str], list[object]]:
    where = [f"e.deleted_s IS {'NOT ' if asked.is_deleted else ''}NULL"]
    values: list[object] = []
    for clause, value in (
        ("e.kind = ?", asked.kind),
        ("r.routine_id = ?", asked.routine_id),
        ("e.night >= ?", asked.since and asked.since.isoformat()),
        ("e.night <= ?", asked.until and asked.until.isoformat()),
    ):
        if value:
            where.append(clause)
            values.append(value)
    return where, values
