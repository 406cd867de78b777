"""Why a run, or what a person said, did not get into the history. Loads no database."""

from pathlib import Path

from uncramp.core.lazy.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class NotWritten:
    """A line could not be written."""

    file: Path
    reason: str
    """The system's reason, to follow a colon: `the disk is full`."""


@dataclass(frozen=True, slots=True)
class ResumedElsewhere:
    """Another process has resumed the run in the meantime."""


NotLeft = NotWritten | ResumedElsewhere
"""Why a run that was cut off could not be left."""
