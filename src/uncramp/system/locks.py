"""A file that a process locks while it lives: the system releases it, whatever happens.

A process id proves nothing, because another process may have it by now. Nor does the file itself,
which a killed process leaves behind.
"""

import contextlib
import errno
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Self

from uncramp.system.clocks import wait

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_TAKEN = {errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK}
_NO_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP, errno.EINVAL}
_FLAGS = os.O_RDWR | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0)


WAIT_S = 5.0
"""How long a lock is waited for."""
_LOOK_EVERY_S = 0.02


class AlreadyLocked(Exception):
    """Another process holds it."""


class FileLock:
    """A file that this process has locked, if its disk supports locks."""

    def __init__(self, path: Path) -> None:
        """Create the file if needed, and lock it. Raises AlreadyLocked or OSError."""
        self.path = path
        self.is_locked = False
        """Does the disk support the lock? Not every network folder does."""
        descriptor = os.open(path, _FLAGS | os.O_CREAT, 0o600)
        try:
            self.is_locked = _locked(descriptor, is_shared=False)
        except BaseException:
            os.close(descriptor)
            raise
        self._descriptor: int | None = descriptor

    def is_current(self) -> bool:
        """Does the name still belong to this file?"""
        if self._descriptor is None:
            return False
        try:
            return os.path.samestat(os.fstat(self._descriptor), self.path.stat())
        except OSError:
            return False

    def release(self, *, remove: bool) -> None:
        """Release the lock; `remove` also deletes the file. A second call does nothing."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is None:
            return
        if remove and sys.platform != "win32":
            self._remove()
        os.close(descriptor)
        if remove and sys.platform == "win32":  # where an open file cannot be removed
            self._remove()

    def _remove(self) -> None:
        try:
            self.path.unlink(missing_ok=True)
        except OSError:
            return

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.release(remove=False)


@contextlib.contextmanager
def waited_for(path: Path) -> Iterator[None]:
    """Lock the file once nobody else does, and delete it afterwards.

    If it cannot be created, is locked for longer than `WAIT_S`, or the disk has no locks, it
    goes on without a lock and raises nothing.
    """
    held = _waited_for(path)
    try:
        yield
    finally:
        if held is not None:
            held.release(remove=True)


def _waited_for(path: Path) -> FileLock | None:
    for _ in range(round(WAIT_S / _LOOK_EVERY_S)):
        try:
            held = FileLock(path)
        except AlreadyLocked:
            wait(_LOOK_EVERY_S)
        except OSError:
            return None
        else:
            if held.is_current():
                return held
            # The process that had it has deleted it, and a third one may have created it again.
            held.release(remove=False)
    return None


def is_held(path: Path) -> bool | None:
    """Has some process locked the file? None if the disk has no locks."""
    try:
        descriptor = os.open(path, _FLAGS)
    except OSError:
        return False
    try:
        return False if _locked(descriptor, is_shared=True) else None
    except AlreadyLocked:
        return True
    except OSError:
        return None
    finally:
        os.close(descriptor)


def _locked(descriptor: int, *, is_shared: bool) -> bool:
    """Lock the file; False if there are no locks. Raises AlreadyLocked or OSError."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            kind = fcntl.LOCK_SH if is_shared else fcntl.LOCK_EX
            fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _TAKEN:
            raise AlreadyLocked from None
        if error.errno in _NO_LOCKS:
            return False
        raise
    return True
