"""The program's own files: read up to a limit, written whole or not at all, and private.

The data goes into a temporary file in the same folder, reaches the disk, and only then takes the
name. A full disk or a kill in between leaves the old file as it was. At worst a hidden file
`.NAME.….tmp` is left, and a later writing of the same file deletes it.
"""

import contextlib
import errno
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from uncramp.system.os_errors import reason_of

_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
LEFT_BEHIND_AFTER_S = 3_600
"""A hidden file older than this was left by a killed program, and nobody writes it now."""

FOR_THIS_PERSON = 0o600
"""The permissions of a private file: only its owner may read and write it."""

_NO_HARD_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK}


class NotAFile(OSError):
    """The path is a pipe, a device, a folder or a socket."""


class CannotWrite(Exception):
    """A file could not be written; the text says why, and what happened to the old one."""


class AlreadyThere(CannotWrite):
    """A file of that name exists, and is not overwritten."""


def read_file(path: Path, most_bytes: int) -> bytes:
    """The content of an ordinary file, at most one byte more than `most_bytes`. Follows links.

    Never waits. Raises OSError, NotAFile if it is not a file, and ValueError for a name with a
    NUL.
    """
    with _opened(path) as file:
        return file.read(most_bytes + 1)


def read_end(path: Path, most_bytes: int) -> bytes:
    """At most the last `most_bytes` of an ordinary file. Raises the same as `read_file`."""
    with _opened(path) as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(size - most_bytes, 0))
        return file.read(most_bytes)


def read_from(path: Path, begin: int, most_bytes: int) -> tuple[int, bytes]:
    """The size of an ordinary file, and at most `most_bytes` of it from byte `begin` on.

    Raises the same as `read_file`.
    """
    with _opened(path) as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(min(begin, size))
        return size, file.read(most_bytes)


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    # A pipe in place of the file must not block the program.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags), "rb") as file:
        refuse_odd_kinds(file.fileno())
        yield file


def refuse_odd_kinds(descriptor: int) -> None:
    """Raise NotAFile if what was opened is not an ordinary file."""
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        raise NotAFile(errno.EINVAL, "it is not an ordinary file")


def private_folder(folder: Path) -> Path:
    """Create the folder and its parents if needed, for this person only. Returns it.

    Raises OSError if it cannot be created.
    """
    # `parents=True` alone would let others read the parents.
    for above in reversed((folder, *folder.parents)):
        if not above.is_dir():
            above.mkdir(mode=0o700, exist_ok=True)
    return folder


def append_line(path: Path, line: bytes, *, is_durable: bool = False) -> None:
    """Add a line to one of the program's files, in one write; `line` has no line end.

    The file and its folder are created if needed, for this person only. If the last line was
    cut off, it is ended first. With `is_durable` the line has reached the disk on return.
    Raises OSError, and then nothing was added.
    """
    private_folder(path.parent)
    flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_NONBLOCK", 0)
    # One write to a file opened for appending: two programs never mix their lines.
    descriptor = os.open(path, flags | getattr(os, "O_BINARY", 0), FOR_THIS_PERSON)
    try:
        refuse_odd_kinds(descriptor)
        _make_private(descriptor)
        size = os.fstat(descriptor).st_size
        if size:
            os.lseek(descriptor, size - 1, os.SEEK_SET)
        is_cut_off = size > 0 and os.read(descriptor, 1) != b"\n"
        data = (b"\n" if is_cut_off else b"") + line + b"\n"
        if os.write(descriptor, data) < len(data):
            os.ftruncate(descriptor, size)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        if is_durable:
            with contextlib.suppress(OSError):  # it is written; some file systems cannot sync
                os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _make_private(descriptor: int) -> None:
    """Remove the permissions of others, which an older version left."""
    if hasattr(os, "fchmod") and os.fstat(descriptor).st_mode & 0o077:
        with contextlib.suppress(OSError):
            os.fchmod(descriptor, FOR_THIS_PERSON)


def move_file(source: Path, target: Path) -> None:
    """Move a file, never over another. Raises FileExistsError or OSError; then it stays."""
    try:
        os.link(source, target, follow_symlinks=False)
    except FileExistsError:
        raise
    except (OSError, NotImplementedError, AttributeError):
        # Another file system, one without hard links, or a folder.
        if source.is_symlink() or not source.is_file():
            if os.path.lexists(target):
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST)) from None
            import shutil

            shutil.move(source, target)
            return
        mode = stat.S_IMODE(source.stat().st_mode)
        write_new_file(target, source.read_bytes(), mode)
    source.unlink()


def replace_file(path: Path, data: bytes) -> None:
    """Replace the content of a file with `data`; keeps its permissions and follows links.

    Raises CannotWrite, and then the file is as it was.
    """
    try:
        target = path.resolve(strict=True)
        before = target.stat()
        # Without this check a read-only file would be replaced too.
        if not stat.S_ISREG(before.st_mode) or not os.access(target, os.W_OK):
            raise CannotWrite(
                f"{path} cannot be written: it is not a file that you are allowed to change."
            )
        with _filled(target, data) as filled:
            filled.chmod(stat.S_IMODE(before.st_mode))
            _give_back(filled, before)
            filled.replace(target)
            _settle(target.parent)
    except (OSError, RuntimeError) as error:  # RuntimeError: links in a circle
        raise CannotWrite(_words(path, error, "The file is unchanged.")) from None


def write_new_file(path: Path, data: bytes, mode: int = 0o666) -> None:
    """Write `data` to a new file with the permissions `mode`.

    Raises AlreadyThere if the name is taken, and CannotWrite; then nothing was written.
    """
    try:
        with _filled(path, data, mode) as filled:
            _name_anew(filled, path)
            _settle(path.parent)
    except FileExistsError:
        raise AlreadyThere(f"{path} already exists, and was not overwritten.") from None
    except OSError as error:
        raise CannotWrite(_words(path, error, "Nothing was written.")) from None


def put_file(path: Path, data: bytes) -> None:
    """Write one of the program's files as a whole, new or not. Follows links.

    The file and its folder are for this person only. Raises OSError, and then the file is as
    it was.
    """
    target = path.resolve()
    private_folder(target.parent)
    with _filled(target, data, FOR_THIS_PERSON) as filled:
        filled.replace(target)


@contextlib.contextmanager
def _filled(path: Path, data: bytes, mode: int = 0o666) -> Iterator[Path]:
    """A temporary file beside `path` with `data`, synced to the disk; deleted at the end."""
    filled = path.with_name(f"{_lead(path)}{os.urandom(6).hex()}.tmp")
    descriptor = os.open(filled, _FLAGS, mode)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            made_at = os.fstat(file.fileno()).st_mtime
        _sweep(path, made_at - LEFT_BEHIND_AFTER_S)
        yield filled
    finally:
        filled.unlink(missing_ok=True)


def _lead(path: Path) -> str:
    """The beginning of the names of temporary files for `path`."""
    return f".{path.name[:100]}."


def _sweep(path: Path, before: float) -> None:
    """Delete temporary files of `path` from before that time, in epoch seconds."""
    lead = _lead(path)
    with contextlib.suppress(OSError), os.scandir(path.parent) as files:
        for file in files:
            if file.name.startswith(lead) and re.fullmatch(
                r"[0-9a-f]{12}\.tmp", file.name[len(lead) :]
            ):
                with contextlib.suppress(OSError):
                    if file.stat(follow_symlinks=False).st_mtime < before:
                        os.unlink(file.path)  # noqa: PTH108


def _name_anew(filled: Path, path: Path) -> None:
    try:
        path.hardlink_to(filled)
    except OSError as error:
        if error.errno not in _NO_HARD_LINKS:
            raise
        # Without hard links, create the name first: then nobody else can take it.
        os.close(os.open(path, _FLAGS, 0o666))
        filled.replace(path)


def _give_back(filled: Path, before: os.stat_result) -> None:
    """Give the file its former owner, if the system allows it."""
    if hasattr(os, "chown") and (before.st_uid, before.st_gid) != _owner(filled):
        with contextlib.suppress(OSError):
            os.chown(filled, before.st_uid, before.st_gid)


def _owner(path: Path) -> tuple[int, int]:
    now = path.stat()
    return now.st_uid, now.st_gid


def _settle(folder: Path) -> None:
    """Sync the folder, so that the new name reaches the disk, where that is possible."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _words(path: Path, error: OSError | RuntimeError, outcome: str) -> str:
    return f"{path} cannot be written: {reason_of(error)}. {outcome}"
