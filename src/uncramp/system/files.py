"""A file written whole or not at all.

The text goes into a file of its own in the same folder, reaches the disk, and only then
takes the name. A full disk or a kill in between leaves what was there as it was; at worst
a hidden file `.NAME.….tmp` stays behind, and a later writing of the same file takes it away.
"""

import contextlib
import errno
import os
import re
import secrets
import stat
from collections.abc import Iterator
from pathlib import Path

_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
LEFT_BEHIND_AFTER_S = 3_600
"""Older than this, a hidden file is of a writing that was killed, not of one under way."""

_NO_HARD_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK}


class CannotWrite(Exception):
    """A file that could not be written; its text says why, and what became of the old one."""


class AlreadyThere(CannotWrite):
    """A file of that name stands there, and is not written over."""


def replace_file(path: Path, data: bytes) -> None:
    """Put `data` in place of what the file holds; its permissions stay, links are followed.

    Raises CannotWrite, and then the file is as it was.
    """
    try:
        target = path.resolve(strict=True)
        before = target.stat()
        # Without this a file that its owner has locked would be replaced all the same.
        if not stat.S_ISREG(before.st_mode) or not os.access(target, os.W_OK):
            raise CannotWrite(f"{path} cannot be written: it is not a file that you may change.")
        with _filled(target, data) as filled:
            filled.chmod(stat.S_IMODE(before.st_mode))
            _give_back(filled, before)
            filled.replace(target)
            _settle(target.parent)
    except (OSError, RuntimeError) as error:  # RuntimeError: links in a circle
        raise CannotWrite(_words(path, error, "The file is as it was.")) from None


def write_new_file(path: Path, data: bytes, mode: int = 0o666) -> None:
    """Write `data` to a file that must not be there yet; `mode` is what others may do with it.

    Raises AlreadyThere where something of that name is, and CannotWrite where it cannot be
    written; then nothing is.
    """
    try:
        with _filled(path, data, mode) as filled:
            _name_anew(filled, path)
            _settle(path.parent)
    except FileExistsError:
        raise AlreadyThere(f"{path} is there already, and is not written over.") from None
    except OSError as error:
        raise CannotWrite(_words(path, error, "Nothing was written.")) from None


def put_file(path: Path, data: bytes) -> None:
    """Write all of a file of the program's own, whether it was there or not; links are followed.

    Its folder is made, for this person alone. Raises OSError, and then the file is as it was.
    """
    target = path.resolve()
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _filled(target, data) as filled:
        filled.replace(target)


@contextlib.contextmanager
def _filled(path: Path, data: bytes, mode: int = 0o666) -> Iterator[Path]:
    """A file beside `path` that holds `data`, safe on the disk; gone at the end."""
    filled = path.with_name(f"{_lead(path)}{secrets.token_hex(6)}.tmp")
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
    """How the names of the hidden files begin that become `path`."""
    return f".{path.name[:100]}."


def _sweep(path: Path, before: float) -> None:
    """Take away what killed writings of `path` left behind before that time, in epoch seconds."""
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
        # Such a disk takes the name first: from then on nobody else can.
        os.close(os.open(path, _FLAGS, 0o666))
        filled.replace(path)


def _give_back(filled: Path, before: os.stat_result) -> None:
    """Leave the file to whom it belonged, where the system lets one."""
    if hasattr(os, "chown") and (before.st_uid, before.st_gid) != _owner(filled):
        with contextlib.suppress(OSError):
            os.chown(filled, before.st_uid, before.st_gid)


def _owner(path: Path) -> tuple[int, int]:
    now = path.stat()
    return now.st_uid, now.st_gid


def _settle(folder: Path) -> None:
    """Let the new name reach the disk, where folders can be asked for that."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _words(path: Path, error: OSError | RuntimeError, outcome: str) -> str:
    code = getattr(error, "errno", None)
    if code in (errno.ENOSPC, errno.EDQUOT):
        return f"{path} cannot be written: the disk is full. {outcome}"
    if code in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"{path} cannot be written: you may not write in its folder. {outcome}"
    reason = getattr(error, "strerror", None) or str(error)
    return f"{path} cannot be written: {reason}. {outcome}"
