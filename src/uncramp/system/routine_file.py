"""Reading a routine's file, so that nothing odd about it can hang or harm the program."""

import stat
from pathlib import Path

from uncramp.core.toml.file_kind import LARGEST_FILE
from uncramp.core.toml.problems import Problem
from uncramp.system.files import read_file
from uncramp.system.os_errors import reason_of


class CannotRead(Exception):
    """A file that could not be read; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        """Carry `problem`."""
        super().__init__(problem.message)
        self.problem = problem


def read_routine_file(path: Path, named: str) -> bytes:
    """The content of the file, at most one byte more than a routine may have.

    `named` is how the person named it. Raises CannotRead if it does not exist, is a folder, a
    pipe or a device, or may not be read; never waits for one of those.
    """
    try:
        _refuse_odd_kinds(path.stat().st_mode, named)
        return read_file(path, LARGEST_FILE)
    except FileNotFoundError:
        raise _cannot(named, "no-such-file", "There is no such file.") from None
    except PermissionError:
        words = "You are not allowed to read this file."
        raise _cannot(named, "not-readable", words) from None
    except (OSError, ValueError) as error:
        reason = reason_of(error)
        raise _cannot(named, "not-readable", f"The file cannot be read: {reason}.") from None


def _refuse_odd_kinds(mode: int, named: str) -> None:
    if stat.S_ISDIR(mode):
        raise _cannot(named, "is-folder", "This is a folder. Name a file in it.")
    if not stat.S_ISREG(mode):
        words = "This is a pipe, a device or a socket. Only an ordinary file can be read."
        raise _cannot(named, "not-a-file", words)


def _cannot(named: str, code: str, words: str) -> CannotRead:
    return CannotRead(Problem(code, words, file=named))


def is_within(path: Path, folder: Path) -> bool:
    """Is the file in the folder, after following links?"""
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, ValueError, RuntimeError):  # RuntimeError: links in a circle
        return False
