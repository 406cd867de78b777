"""Why the history cannot be used. Loads no database, so that a screen can catch it."""

from enum import Enum
from pathlib import Path


class Why(Enum):
    """Why the history cannot be used now."""

    NEWER = "newer"
    """A newer uncramp wrote it."""
    NOT_OURS = "not-ours"
    """The file is no database, or one of another program."""
    DAMAGED = "damaged"
    """The file is a database that cannot be read."""
    LOCKED = "locked"
    """Another program has held it for longer than a write is waited for."""
    DISK = "disk"
    """The disk does not take it: full, read-only, or no rights."""


class CannotUse(Exception):
    """The history cannot be read or written now; nothing was changed."""

    def __init__(self, why: Why, file: Path) -> None:
        """Keep why, and which file."""
        super().__init__(f"{why.value}: {file}")
        self.why = why
        self.file = file
