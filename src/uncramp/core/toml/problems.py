"""What is wrong with a file: a value for each problem, and a collector for all of them."""

from collections.abc import Iterator
from enum import StrEnum

from uncramp.core.lazy.dataclass import dataclass


class Severity(StrEnum):
    """Whether a problem keeps the file from running."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Place:
    """A range of a file's text: lines and columns count characters from 1, the end excluded."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a file, and how to fix it."""

    code: str
    """A stable kebab-case code for programs: `unknown-key`."""
    message: str
    """What is wrong and what to write instead; may continue the text that it points at."""
    severity: Severity = Severity.ERROR
    file: str | None = None
    key: str | None = None
    """The key's path: `steps[3].time`, counted from 0."""
    place: Place | None = None
    """None if it is not known: never made up."""
    suggestion: str | None = None
    """The replacement alone, if there is a single one."""
    source_line: str | None = None
    """The whole line, to show it with the place underlined."""
    goes_on_from_text: bool = False
    """Does the message continue the text that it points at: `"90 secs"` is not a length?

    If not, it is a complete sentence.
    """


MOST_KEPT = 500
"""How many problems of one file are reported; the rest are only counted."""


class Problems:
    """Collects the problems of one file, so that all of them are reported at once."""

    def __init__(self, file: str | None = None) -> None:
        """Collect for `file`, the name that the person gave."""
        self.file = file
        self._kept: list[Problem] = []
        self.errors = 0
        """How many errors there are, kept or only counted."""
        self._warnings = 0

    def add(self, problem: Problem) -> None:
        """Keep `problem`."""
        if not self.is_full:
            self._kept.append(problem)
        self.count(problem.severity)

    def count(self, severity: Severity) -> None:
        """Count one without keeping it, for when the collector `is_full`."""
        if severity is Severity.ERROR:
            self.errors += 1
        else:
            self._warnings += 1

    @property
    def is_full(self) -> bool:
        """Would another problem only be counted?"""
        return len(self._kept) >= MOST_KEPT

    @property
    def has_errors(self) -> bool:
        """Is one of them an error?"""
        return self.errors > 0

    def __iter__(self) -> Iterator[Problem]:
        """The problems in the order of their places; those without one first."""
        yield from sorted(self._kept, key=_position)
        not_kept = len(self) - len(self._kept)
        if not_kept:
            errors_kept = sum(p.severity is Severity.ERROR for p in self._kept)
            yield Problem(
                "too-many-problems",
                f"There are {not_kept:,} more problems, not shown. Fix these and check again.",
                Severity.ERROR if self.errors > errors_kept else Severity.WARNING,
                self.file,
            )

    def __len__(self) -> int:
        """How many there are, kept or only counted."""
        return self.errors + self._warnings


def _position(problem: Problem) -> tuple[int, int]:
    place = problem.place
    return (place.line, place.column) if place else (0, 0)
