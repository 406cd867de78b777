"""The history on disk: one SQLite file, which any number of programs may use at the same time.

What a person was told is kept is on the disk by then (`synchronous=FULL`). Nothing here is
loaded before a run has ended or a person asks for the history.
"""

import os
import sqlite3
import stat
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Self

from uncramp.core.history.entries import CalmNight, Entry
from uncramp.core.lazy.dataclass import dataclass
from uncramp.runs.file_names import FILE_NAME as LINES_NAME
from uncramp.runs.history_rows import SELECT, details_row, entries_row, entry_of
from uncramp.runs.history_schema import APPLICATION_ID, MIGRATIONS, VERSION

WAIT_S = 3.0
"""How long another program's write is waited for."""
TRASH_S = 30 * 24 * 60 * 60
"""How long a deleted entry can be restored."""


class Why(Enum):
    """Why the history cannot be used now."""

    NEWER = "newer"
    """A newer uncramp wrote it."""
    NOT_OURS = "not-ours"
    """The file is no database, or one of another program."""
    DAMAGED = "damaged"
    """The file is a database that cannot be read."""
    LOCKED = "locked"
    """Another program has held it for longer than `WAIT_S`."""
    DISK = "disk"
    """The disk does not take it: full, read-only, or no rights."""


class CannotUse(Exception):
    """The history cannot be read or written now; nothing was changed."""

    def __init__(self, why: Why, file: Path) -> None:
        """Keep why, and which file."""
        super().__init__(f"{why.value}: {file}")
        self.why = why
        self.file = file


@dataclass(frozen=True, slots=True)
class EntryFilter:
    """Which entries a person asks for; whatever is None or empty does not narrow them."""

    kind: str = ""
    """`run`, `cramp` or `calm`."""
    routine_id: str = ""
    since: date | None = None
    """The first night."""
    until: date | None = None
    """The last night."""
    is_deleted: bool = False
    """Those in the trash, in place of the others."""


class HistoryStore:
    """The open history. Every method may raise CannotUse, and then has changed nothing."""

    def __init__(self, file: Path, wall: Callable[[], float]) -> None:
        """Open `file`, made for this person's eyes only if it is not there.

        `wall` tells seconds since the epoch. Raises CannotUse.
        """
        self.file = file
        self._wall = wall
        with self._errors():
            self._connection = _opened(file)
        try:
            with self._errors():
                self._prepare()
        except BaseException:
            self._connection.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file. Doing it twice is once."""
        self._connection.close()

    # Writing

    def add(self, entry: Entry, uid: str | None = None) -> int:
        """Keep an entry for good. Returns its number.

        An entry of a `uid` that is there already is not added again. ValueError is raised for a
        moment that no calendar has.
        """
        with self._write() as connection:
            return _add(connection, entry, uid or uuid.uuid4().hex)[0]

    def add_all(self, entries: Iterable[tuple[str, Entry]]) -> int:
        """Keep entries with their uids, all or none. Returns how many were not there yet."""
        with self._write() as connection:
            return sum(_add(connection, entry, uid)[1] for uid, entry in entries)

    def change(self, entry: Entry) -> bool:
        """Replace the entry of the same number and kind. False where there is none."""
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
        """Move an entry to the trash. False where there is none."""
        return self._mark(number, "deleted_s IS NULL", round(self._wall()))

    def restore(self, number: int) -> bool:
        """Bring an entry back from the trash. False where there is none."""
        return self._mark(number, "deleted_s IS NOT NULL", None)

    def erase(self) -> None:
        """Take every entry off the disk, for good: the pages, the log and the copies too.

        The lines that runs left go first: they would be taken in again.
        """
        with self._errors():
            (self.file.parent / LINES_NAME).unlink(missing_ok=True)
            with self._transaction() as connection:
                for table in ("cramps", "runs", "entries", "advice_shown", "taken_over"):
                    connection.execute(f"DELETE FROM {table}")
            self._connection.execute("VACUUM")
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            for copy in self.file.parent.glob(f"{self.file.name}.v*"):
                copy.unlink()

    def note_shown(self, cause: str) -> bool:
        """Note that advice was shown for a cause. False where it was shown before."""
        with self._write() as connection:
            return bool(
                connection.execute(
                    "INSERT OR IGNORE INTO advice_shown VALUES (?, ?)", (cause, round(self._wall()))
                ).rowcount
            )

    # Reading

    def get(self, number: int) -> Entry | None:
        """The entry of that number, unless it is in the trash."""
        found = self._select("WHERE e.id = ? AND e.deleted_s IS NULL", (number,))
        return found[0][1] if found else None

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

    def between(self, first: date, last: date) -> list[Entry]:
        """Every entry of the nights from one to another, both included, oldest first."""
        tail = (
            "WHERE e.night BETWEEN ? AND ? AND e.deleted_s IS NULL ORDER BY e.night, e.at_s, e.id"
        )
        return [entry for _, entry in self._select(tail, (first.isoformat(), last.isoformat()))]

    def all(self) -> Iterator[tuple[str, Entry]]:
        """Every entry with its uid, oldest first, the trash left out; read as it is asked for."""
        with self._errors():
            cursor = self._connection.execute(
                f"{SELECT} WHERE e.deleted_s IS NULL ORDER BY e.at_s, e.id"
            )
            for row in cursor:
                with suppress(ValueError):
                    yield row["uid"], entry_of(row)

    def bytes_taken_over(self, source: str) -> int:
        """How much of a file of before was taken over; 0 for none."""
        with self._errors():
            row = self._connection.execute(
                "SELECT bytes FROM taken_over WHERE source = ?", (source,)
            ).fetchone()
        return row["bytes"] if row else 0

    def take_over(self, source: str, size: int, entries: Iterable[tuple[str, Entry]]) -> int:
        """Keep what a file of before holds, and that its first `size` bytes are taken over.

        Both or neither. Returns how many entries were not there yet.
        """
        with self._write() as connection:
            added = sum(_add(connection, entry, uid)[1] for uid, entry in entries)
            connection.execute("INSERT OR REPLACE INTO taken_over VALUES (?, ?)", (source, size))
            return added

    # Beneath

    def _select(self, tail: str, values: Sequence[object]) -> list[tuple[str, Entry]]:
        with self._errors():
            rows = self._connection.execute(f"{SELECT} {tail}", values).fetchall()
        found = []
        for row in rows:
            # A row that somebody else wrote and that is none of ours is passed over.
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

    def _prepare(self) -> None:
        version = self._version()
        if version == VERSION:
            return
        if version:
            _copy_aside(self._connection, self.file, version)
        with self._transaction() as connection:
            # Another program may have done it meanwhile.
            version = self._version()
            for step in MIGRATIONS[version:]:
                for statement in step.split(";\n"):
                    if statement.strip():
                        connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {VERSION}")

    def _version(self) -> int:
        (application,) = self._connection.execute("PRAGMA application_id").fetchone()
        (version,) = self._connection.execute("PRAGMA user_version").fetchone()
        (tables,) = self._connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if application != APPLICATION_ID and (tables or version):
            raise CannotUse(Why.NOT_OURS, self.file)
        if version > VERSION:
            raise CannotUse(Why.NEWER, self.file)
        return int(version)

    @contextmanager
    def _write(self) -> Iterator[sqlite3.Connection]:
        with self._errors(), self._transaction() as connection:
            yield connection

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        connection = self._connection
        # Immediate: two writers wait for each other here, and not halfway.
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
            raise

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise CannotUse(_why(error), self.file) from error
        except OSError as error:
            raise CannotUse(Why.DISK, self.file) from error


def _opened(file: Path) -> sqlite3.Connection:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # SQLite gives its log the rights of the file. A pipe in its place must not be waited for.
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
    descriptor = os.open(file, flags, 0o600)
    try:
        is_file = stat.S_ISREG(os.fstat(descriptor).st_mode)
    finally:
        os.close(descriptor)
    if not is_file:
        raise CannotUse(Why.NOT_OURS, file)
    connection = sqlite3.connect(file, timeout=WAIT_S, isolation_level=None)
    try:
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA secure_delete = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def _copy_aside(connection: sqlite3.Connection, file: Path, version: int) -> None:
    """Keep a copy of the file as it was before its version changes."""
    copy = file.with_name(f"{file.name}.v{version}")
    if copy.exists():
        return
    draft = copy.with_name(f"{copy.name}.{os.getpid()}")
    os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    with closing(sqlite3.connect(draft)) as target:
        connection.backup(target)
    draft.replace(copy)


def _add(connection: sqlite3.Connection, entry: Entry, uid: str) -> tuple[int, bool]:
    """Add an entry. Returns its number, and whether it was not there yet."""
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
        # A night is calm once, however often a person says so.
        connection.execute(
            "DELETE FROM entries WHERE kind = 'calm' AND night = ? AND id <> ?",
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


def _why(error: sqlite3.Error) -> Why:
    code = getattr(error, "sqlite_errorcode", None)
    primary = code & 0xFF if code is not None else None
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return Why.LOCKED
    if primary == sqlite3.SQLITE_NOTADB:
        return Why.NOT_OURS
    if primary == sqlite3.SQLITE_CORRUPT:
        return Why.DAMAGED
    return Why.DISK
