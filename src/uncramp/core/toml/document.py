"""A TOML file while it is read: its text, and the problems found in it with their places."""

from collections.abc import Collection

from uncramp.core.lazy.dataclass import dataclass, field
from uncramp.core.text.suggestions import nearest
from uncramp.core.toml.file_kind import FileKind
from uncramp.core.toml.positions import Locator, Path, path_text
from uncramp.core.toml.problems import Place, Problem, Problems, Severity


@dataclass(slots=True)
class Document:
    """One file while it is read. Collects its problems and finds their positions."""

    file: str
    """The file's name as the person gave it."""
    data: bytes
    kind: FileKind
    text: str = ""
    """Set once the bytes are decoded. Statements that cannot be read are blanked out."""
    problems: Problems = field(init=False)
    _locator: Locator | None = None
    """Created for the first problem: a good file needs none."""
    lost: set[Path] = field(default_factory=set)
    """Tables with a statement that could not be read: missing keys are not reported there."""
    repaired: dict[int, str] = field(default_factory=dict)
    """The original form of the lines of `text` that were changed so that the rest can be read."""

    is_utf8: bool = True
    """Is `text` what the bytes say? If not, it is a guess, and must not be written back."""

    def __post_init__(self) -> None:
        """Begin with no problems."""
        self.problems = Problems(self.file)

    @property
    def is_whole(self) -> bool:
        """Could the whole file be read as it was written?"""
        return self.is_utf8 and not (self.lost or self.repaired)

    def as_written(self, place: Place, line: str) -> tuple[Place, str]:
        """The place in the file, and the whole `line` there, as the person wrote it.

        A repaired line has other columns than the file, so the whole line is the place.
        """
        if place.line in self.repaired:
            line = self.repaired[place.line]
            start = len(line) - len(line.lstrip())
            return Place(place.line, start + 1, place.line, len(line.rstrip()) + 1), line
        if place.end_line in self.repaired:
            end = len(self.repaired[place.end_line]) + 1
            return Place(place.line, place.column, place.end_line, end), line
        return place, line

    def error(
        self,
        path: Path,
        code: str,
        message: str,
        suggestion: str | None = None,
        *,
        at_key: bool = False,
        is_sentence: bool = False,
    ) -> None:
        """Report something that makes the file unusable.

        The message continues the text at `path`, unless it `is_sentence`; for the whole file,
        path (), it always is one.
        """
        goes_on = bool(path) and not is_sentence
        self._report(Severity.ERROR, path, code, message, suggestion, at_key, goes_on)

    def warn(
        self,
        path: Path,
        code: str,
        message: str,
        suggestion: str | None = None,
        *,
        at_key: bool = False,
    ) -> None:
        """Report something that works but is odd. The message is like that of `error`."""
        self._report(Severity.WARNING, path, code, message, suggestion, at_key, bool(path))

    def _report(
        self,
        severity: Severity,
        path: Path,
        code: str,
        message: str,
        suggestion: str | None,
        at_key: bool,
        goes_on: bool,
    ) -> None:
        # A slip of the pen in a key is one, whatever else was lost.
        is_misspelt = code == "unknown-key" and suggestion is not None
        if self.lost and not is_misspelt and self._may_come_of_loss(severity, path, code):
            return
        if self.problems.is_full:
            self.problems.count(severity)
            return
        place = line = None
        if path:
            if self._locator is None:
                self._locator = Locator(self.text)
            place = self._locator.key(path) if at_key else self._locator.value(path)
            if place:
                place, line = self.as_written(place, self._locator.line(place.line))
        key = path_text(path) or None
        self.problems.add(
            Problem(code, message, severity, self.file, key, place, suggestion, line, goes_on)
        )

    def _may_come_of_loss(self, severity: Severity, path: Path, code: str) -> bool:
        """Could this problem come from a statement that was not read?"""
        if severity is Severity.WARNING:
            return True
        return code in _OF_A_WHOLE_TABLE and (path in self.lost or path[:-1] in self.lost)

    def nearest(self, word: str, known: Collection[str]) -> str | None:
        """The nearest spelling of a wrong word; not searched if it would not be shown."""
        return None if self.problems.is_full else nearest(word, known)

    def refuse_unknown(
        self, path: Path, code: str, what: str, word: str, known: Collection[str], list_in: str = ""
    ) -> None:
        """Report that `word` is unknown, with the nearest known one, or where to find them.

        `what` continues the word: `is not a sound`.
        """
        near = self.nearest(word, known)
        message = f'{what}. Did you mean "{near}"?' if near else f"{what}. {list_in}".rstrip()
        self.error(path, code, message, near)


_OF_A_WHOLE_TABLE = ("missing-key", "unknown-key", "key-conflict", "empty")
"""Codes of problems that depend on the rest of the table."""


def kind_of(value: object) -> str:
    """The kind of a TOML value, as a sentence names it."""
    match value:
        case bool():
            return "a true/false value"
        case int() | float():
            return "a number"
        case str():
            return "text"
        case list():
            return "a list"
        case dict():
            return "a table"
        case _:
            return "a date or a time of day"
