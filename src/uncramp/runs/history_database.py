"""The history's database: opening it, updating it to this version, and its errors.

Nothing here is loaded before a run has ended or a person asks for the history.
"""

import errno
import os
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Self

from uncramp.runs.history_problems import CannotUse, Why
from uncramp.runs.history_schema import APPLICATION_ID, MIGRATIONS, VERSION
from uncramp.system.files import read_file
from uncramp.system.temporary import temporary_folder

WAIT_S = 3.0
"""How long to wait for another program's write."""
LARGEST_COPY = 1 << 30
"""The most bytes of a history that can only be read; the part after them is not."""


class HistoryDatabase:
    """The open file, with its transactions. After CannotUse nothing has changed.

    A file that can only be read, or on a full disk, is read from a copy in memory: SQLite needs
    to write beside it.
    """

    def __init__(
        self,
        file: Path,
        wall: Callable[[], float],
        *,
        wait_s: float = WAIT_S,
        only_read: Why | None = None,
    ) -> None:
        """Open `file`, creating it for this person only if needed.

        `wall` gives seconds since the epoch; `wait_s` is how long to wait for another program's
        write; `only_read` says why to read a copy at once. Raises CannotUse.
        """
        self.file = file
        self._wall = wall
        self._only_read = only_read
        """Why it is a copy in memory; None if it is the file itself."""
        if only_read is None:
            try:
                with self._errors():
                    self._connection = _opened(file, wait_s)
            except CannotUse as problem:
                if problem.why not in (Why.READ_ONLY, Why.DISK):
                    raise
                self._only_read = problem.why
        if self._only_read:
            with self._errors():
                self._connection = _copied(file)
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
        """Close the file. A second call does nothing."""
        self._connection.close()

    def _prepare(self) -> None:
        version = self._version()
        if version == VERSION:
            return
        if version and not self._only_read:
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
    def _write(self, *, is_kept: bool = True) -> Iterator[sqlite3.Connection]:
        """A transaction; what need not be `is_kept` is written to a copy in memory too."""
        if self._only_read and is_kept:
            raise CannotUse(self._only_read, self.file)
        with self._errors(), self._transaction() as connection:
            yield connection

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        connection = self._connection
        # Immediate: two writers wait for each other here, not halfway.
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
            may_not = error.errno in (errno.EACCES, errno.EPERM, errno.EROFS)
            raise CannotUse(Why.READ_ONLY if may_not else Why.DISK, self.file) from error


def _opened(file: Path, wait_s: float) -> sqlite3.Connection:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # SQLite's log gets the file's permissions. A pipe in its place must not block.
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
    descriptor = os.open(file, flags, 0o600)
    try:
        is_file = stat.S_ISREG(os.fstat(descriptor).st_mode)
    finally:
        os.close(descriptor)
    if not is_file:
        raise CannotUse(Why.NOT_OURS, file)
    connection = _connected(file, wait_s)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA secure_delete = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def _connected(file: Path | str, wait_s: float) -> sqlite3.Connection:
    connection = sqlite3.connect(file, timeout=wait_s, isolation_level=None)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA trusted_schema = OFF")
    return connection


def _copied(file: Path) -> sqlite3.Connection:
    """A copy of a file that can only be read, in memory; an empty one if there is no file."""
    memory = _connected(":memory:", WAIT_S)
    content, log = (_content(file.with_name(file.name + suffix)) for suffix in ("", "-wal"))
    if content and not log and hasattr(memory, "deserialize"):
        # A database in memory has no log: say so in its header.
        memory.deserialize(content[:18] + b"\1\1" + content[20:])
        return memory
    with temporary_folder("uncramp-history-") as folder:
        # What was written last may still be in SQLite's log.
        (folder / file.name).write_bytes(content)
        (folder / f"{file.name}-wal").write_bytes(log)
        with closing(sqlite3.connect(folder / file.name)) as copy:
            copy.backup(memory)
    return memory


def _content(file: Path) -> bytes:
    """The file's bytes; none if there is no file."""
    try:
        return read_file(file, LARGEST_COPY)
    except FileNotFoundError:
        return b""
    except PermissionError as error:
        raise CannotUse(Why.UNREADABLE, file) from error


def _copy_aside(connection: sqlite3.Connection, file: Path, version: int) -> None:
    """Keep a copy of the file before its version changes."""
    copy = file.with_name(f"{file.name}.v{version}")
    if copy.exists():
        return
    draft = copy.with_name(f"{copy.name}.{os.getpid()}")
    os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    with closing(sqlite3.connect(draft)) as target:
        connection.backup(target)
    draft.replace(copy)


def _why(error: sqlite3.Error) -> Why:
    code = getattr(error, "sqlite_errorcode", None)
    primary = code & 0xFF if code is not None else None
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return Why.LOCKED
    if primary == sqlite3.SQLITE_NOTADB:
        return Why.NOT_OURS
    if primary == sqlite3.SQLITE_CORRUPT:
        return Why.DAMAGED
    if primary in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN):
        # CANTOPEN: the log is there, but its index cannot be created beside it.
        return Why.READ_ONLY
    return Why.DISK
