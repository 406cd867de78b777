"""Why the history cannot be used. Does not load the database, so that a screen can catch it."""

from enum import Enum
from pathlib import Path


class Why(Enum):
    """Why the history cannot be used now."""

    NEWER = "newer"
    """A newer uncramp wrote it."""
    NOT_OURS = "not-ours"
    """The file is not a database, or belongs to another program."""
    DAMAGED = "damaged"
    """The file is a database that cannot be read."""
    LOCKED = "locked"
    """Another program has locked it for longer than we wait."""
    READ_ONLY = "read-only"
    """The file or its folder can only be read, and something was to be written."""
    UNREADABLE = "unreadable"
    """This person has no permission to read the file."""
    DISK = "disk"
    """The disk does not allow it: it is full, or something is in the way."""


class CannotUse(Exception):
    """The history cannot be read or written now; nothing was changed."""

    def __init__(self, why: Why, file: Path) -> None:
        """Keep why, and which file."""
        super().__init__(f"{why.value}: {file}")
        self.why = why
        self.file = file
