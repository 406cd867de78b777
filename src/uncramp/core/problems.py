"""What is wrong with a file: one value a problem, and the collector that gathers them all."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """Whether a problem keeps the file from running."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a file's text: lines and columns count characters from 1, the end excluded."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a file, and its mend."""

    code: str
    """A stable kebab-case word for programs: `unknown-key`."""
    message: str
    """What was found and what to write instead, in whole sentences after the text it points at."""
    severity: Severity = Severity.ERROR
    file: str | None = None
    key: str | None = None
    """The key's path: `steps[3].time`, counted from 0."""
    place: Place | None = None
    """None where it is not known: never made up."""
    suggestion: str | None = None
    """What to write instead, alone, where there is one such thing."""


class Problems:
    """Gathers the problems of one file, so that all of them are told at once."""

    def __init__(self, file: str | None = None) -> None:
        """Gather for `file`, named as the person named it."""
        self.file = file
        self._found: list[Problem] = []

    def add(self, problem: Problem) -> None:
        """Keep `problem`."""
        self._found.append(problem)

    @property
    def has_errors(self) -> bool:
        """Is one of them an error?"""
        return any(p.severity is Severity.ERROR for p in self._found)

    def __iter__(self) -> Iterator[Problem]:
        """Each problem, sorted by where it stands; those of no known place first."""
        return iter(sorted(self._found, key=_position))

    def __len__(self) -> int:
        return len(self._found)


def _position(problem: Problem) -> tuple[int, int]:
    place = problem.place
    return (place.line, place.column) if place else (0, 0)
