"""One routine file under the reader's eyes: what a value may be, and what is told of it."""

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Protocol

from uncramp.core.routine.keys import BY_OWNER, KEYS, Owner
from uncramp.core.routine.points import Atlas
from uncramp.core.text.suggestions import nearest
from uncramp.core.toml.positions import Locator, Path, path_text
from uncramp.core.toml.problems import Place, Problem, Problems, Severity


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a routine, and where it stands."""

    id: str
    """The file's name without `.toml`."""
    data: bytes
    file: str
    """As the person named it."""
    folder: str | None = None
    """Where its own sounds and its neighbours stand; None for text that has no place."""


class Surroundings(Protocol):
    """What a routine can name outside of itself. Whoever reads a disk stands behind it."""

    @property
    def atlas(self) -> Atlas:
        """The points and figures."""

    @property
    def sounds(self) -> Collection[str]:
        """The names of the bundled sounds."""

    def routine_ids(self, folder: str | None, /) -> Collection[str]:
        """The ids of the routines that stand in `folder` or in the library."""

    def borrow(self, routine_id: str, folder: str | None, /) -> Source | None:
        """The routine of that id: the one in `folder` first, then the library's; or None."""

    def sound_problem(self, folder: str, name: str, /) -> str | None:
        """What is wrong with the sound file `name` of `folder`, in words; None if nothing is.

        The words go on from the file's name: `is not there.`
        """


@dataclass(slots=True)
class Page:
    """One routine's file while it is read. Collects the problems, and knows their places."""

    source: Source
    text: str
    around: Surroundings
    problems: Problems = field(init=False)
    _locator: Locator | None = None
    """Made for the first problem: a good file needs none."""
    lost: set[Path] = field(default_factory=set)
    """Tables in which a statement could not be read: of those, what is missing is not told."""
    mended: dict[int, str] = field(default_factory=dict)
    """Lines of `text` that were mended so that the rest could be read, as they were written."""

    def __post_init__(self) -> None:
        """Begin with no problems."""
        self.problems = Problems(self.source.file)

    @property
    def is_whole(self) -> bool:
        """Could all of the file be read as it was written?"""
        return not (self.lost or self.mended)

    def as_written(self, place: Place, line: str) -> tuple[Place, str]:
        """The place in the file, and the whole `line` there, as the person wrote it.

        Of a line that was mended no more is known than that it is this one.
        """
        if place.line in self.mended:
            line = self.mended[place.line]
            start = len(line) - len(line.lstrip())
            return Place(place.line, start + 1, place.line, len(line.rstrip()) + 1), line
        if place.end_line in self.mended:
            end = len(self.mended[place.end_line]) + 1
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
    ) -> None:
        """Tell of something that keeps the file from running."""
        self._tell(Severity.ERROR, path, code, message, suggestion, at_key)

    def warn(
        self,
        path: Path,
        code: str,
        message: str,
        suggestion: str | None = None,
        *,
        at_key: bool = False,
    ) -> None:
        """Tell of something that works, and is odd."""
        self._tell(Severity.WARNING, path, code, message, suggestion, at_key)

    def _tell(
        self,
        severity: Severity,
        path: Path,
        code: str,
        message: str,
        suggestion: str | None,
        at_key: bool,
    ) -> None:
        if self.lost and self._may_come_of_loss(severity, path, code):
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
        file = self.source.file
        self.problems.add(Problem(code, message, severity, file, key, place, suggestion, line))

    def _may_come_of_loss(self, severity: Severity, path: Path, code: str) -> bool:
        """Might this be no problem, if what could not be read were there?"""
        if severity is Severity.WARNING:
            return True
        return code in _OF_A_WHOLE_TABLE and (path in self.lost or path[:-1] in self.lost)

    def nearest(self, word: str, known: Collection[str]) -> str | None:
        """The nearest spelling of a wrong word; not looked for where it would not be told."""
        return None if self.problems.is_full else nearest(word, known)

    def tell_unknown(
        self, path: Path, code: str, what: str, word: str, known: Collection[str], list_in: str = ""
    ) -> None:
        """Tell that `word` is no known `what`, with the nearest that is, or where they are listed.

        `what` goes on from the word: `is not a sound`.
        """
        near = self.nearest(word, known)
        message = f'{what}. Did you mean "{near}"?' if near else f"{what}. {list_in}".rstrip()
        self.error(path, code, message, near)

    def refuse_key(self, name: str, owner: Owner, path: Path) -> None:
        """Tell that such a table has no key of that name, and which one was meant."""
        if self.problems.is_full:
            self.problems.count(Severity.ERROR)
            return
        elsewhere = [key.owner for key in KEYS if key.name == name]
        meant = _meant_key(name, owner)
        if meant:
            message = f'{A_TABLE[owner].capitalize()} has no such key. Did you mean "{meant}"?'
        elif elsewhere:
            message = (
                f"{A_TABLE[owner].capitalize()} has no such key. {_where_it_goes(name, elsewhere)}"
            )
        else:
            names = ", ".join(BY_OWNER[owner])
            message = f"{A_TABLE[owner].capitalize()} has no such key. It can have: {names}."
        self.error(path, "unknown-key", message, meant, at_key=True)


_OF_A_WHOLE_TABLE = ("missing-key", "unknown-key", "key-conflict", "empty")
"""Codes of problems that depend on what else stands in the table."""

A_TABLE = {
    Owner.ROUTINE: "a routine",
    Owner.DEFAULTS: "[defaults]",
    Owner.CUES: "[cues]",
    Owner.STEP: "a step",
    Owner.GROUP: "a group",
    Owner.USE: "a step that uses a routine",
    Owner.PROMPT: "a prompt",
}
"""Each kind of table, as a sentence names it."""


def written_or_meant(table: dict[str, Any], owner: Owner) -> set[str]:
    """The keys that are in the table, and those that were meant by others in it."""
    strange = table.keys() - BY_OWNER[owner].keys()
    meant = {_meant_key(name, owner) for name in list(strange)[:20]}
    return table.keys() | {name for name in meant if name}


@lru_cache(maxsize=1_000)
def _meant_key(name: str, owner: Owner) -> str | None:
    """The key of this kind of table that was most likely meant."""
    known = BY_OWNER[owner]
    elsewhere = {key.name for key in KEYS}
    for key in known.values():
        if name.casefold().replace("_", "-") in key.also_called:
            return key.name
    near = nearest(name, known)
    if near is None or (name in elsewhere and near != name):
        return None
    return near


def _where_it_goes(name: str, owners: list[Owner]) -> str:
    if name in ("repeat", "rest"):
        return (
            "Put the step into a group: [[steps]] with repeat and rest, "
            "then [[steps.steps]] for the step itself."
        )
    if name in BY_OWNER[Owner.CUES] and owners == [Owner.CUES]:
        return f"It belongs in cues: cues = {{ {name} = … }}."
    if name == "steps":
        return "Groups stand in [[steps]]."
    where = A_TABLE[owners[0]]
    return f"It belongs to {where}."


def kind_of(value: object) -> str:
    """What sort of TOML value it is, as a sentence names it."""
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
