"""The input of the reader: the text of a file, and what it can refer to outside itself."""

from collections.abc import Collection
from typing import Protocol

from uncramp.core.lazy.dataclass import dataclass
from uncramp.core.routine.keys import ROUTINE_FILE
from uncramp.core.routine.points import Atlas
from uncramp.core.toml.document import Document


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a routine, and where it is from."""

    id: str
    """The file's name without `.toml`."""
    data: bytes
    file: str
    """The name that the person gave."""
    folder: str | None = None
    """The folder of its sounds and other routines; None for text without a folder."""


class References(Protocol):
    """What a routine can refer to. The library implements it; the core reads no disk."""

    @property
    def atlas(self) -> Atlas:
        """The points and figures."""

    @property
    def sounds(self) -> Collection[str]:
        """The names of the bundled sounds."""

    def routine_ids(self, folder: str | None, /) -> Collection[str]:
        """The ids of the routines in `folder` or in the library."""

    def borrow(self, routine_id: str, folder: str | None, /) -> Source | None:
        """The routine with that id, from `folder` or else from the library; or None."""

    def sound_problem(self, folder: str, name: str, /) -> str | None:
        """What is wrong with the sound file `name` in `folder`; None if nothing is.

        The text continues the file's name: `is not there.`
        """


class RoutineDocument(Document):
    """A routine's file while it is read."""

    __slots__ = ("references", "source")

    def __init__(self, source: Source, references: References) -> None:
        """Read `source`, which can refer to `references`."""
        super().__init__(source.file, source.data, ROUTINE_FILE)
        self.source = source
        self.references = references
