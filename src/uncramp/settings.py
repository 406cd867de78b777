"""The person's settings: what they said of themselves, and which leg is first.

A wrong settings file never stops anything: what can be read of it counts, and the
rest is told in the same kind of problems as those of a routine.
"""

import json
import os
import tempfile
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from uncramp.core.keys import KNOWN_CONDITIONS
from uncramp.core.locate import Locator
from uncramp.core.model import Choices, Side
from uncramp.core.page import Page, Source, kind_of
from uncramp.core.points import Atlas
from uncramp.core.problems import Problem
from uncramp.core.spelling import listed
from uncramp.core.syntax import decoded, parsed
from uncramp.core.texts import is_kebab, kebab
from uncramp.routine_file import CannotRead, read_routine_file

KEYS = ("conditions", "first_side")
"""The keys of the file."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person set, every default filled in."""

    conditions: frozenset[str] = frozenset()
    """What they said of themselves, in the words of `unless`."""
    has_answered: bool = False
    """Have they said anything of themselves, be it that nothing is so?"""
    first_side: Side = Side.LEFT
    """Which leg is first where a step is for each."""
    theme: str = "auto"
    """How the screen looks by day: `auto`, `dark`, `light` or `contrast`."""
    animations: bool = True
    """May anything on the screen move?"""
    night: str = "urgent"
    """When it is night: `never`, `urgent` (urgent routines by the clock), `clock`, `always`."""
    night_from_min: int = 22 * 60
    """When the night begins, in minutes of the day."""
    night_to_min: int = 6 * 60
    """When it is over."""
    problems: tuple[Problem, ...] = ()
    """What is wrong with the file."""
    is_person_known: bool = True
    """Could it be read what they said of themselves, or that they said nothing?"""

    def choices(self, also: Iterable[str] = (), side: Side | None = None) -> Choices:
        """The choices for one run, with the conditions `also` for this once.

        `side` is the leg that is first and, where a step is for the cramped leg, that one.
        """
        return Choices(
            first_side=side or self.first_side,
            affected=side,
            conditions=self.conditions.union(also),
        )


class CannotSet(Exception):
    """The settings could not be written; the words say why and what to do."""


def read_settings(file: Path) -> Settings:
    """What stands in `file`; the defaults where there is none. Never raises."""
    page, document = _opened(file)
    if page is None:
        return Settings()
    if document is None:
        return Settings(problems=tuple(page.problems), is_person_known=False)
    for name in document:
        if name not in KEYS:
            near = page.nearest(name, KEYS)
            mend = f'Did you mean "{near}"?' if near else f"There are {listed(KEYS, 'and')}."
            message = f"There is no such setting. {mend}"
            page.error((name,), "unknown-key", message, near, at_key=True)
    conditions = _conditions(page, document.get("conditions"))
    return Settings(
        conditions=frozenset(conditions or ()),
        has_answered=conditions is not None,
        first_side=_first_side(page, document.get("first_side")),
        problems=tuple(page.problems),
        is_person_known=page.is_whole and ("conditions" not in document or conditions is not None),
    )


def write_conditions(file: Path, conditions: Collection[str]) -> None:
    """Write what a person said of themselves into `file`, the rest of it left as it is.

    Raises CannotSet where that fails, or where the file has to be mended first.
    """
    page, document = _opened(file)
    text = ""
    if page is not None:
        if document is None or not page.is_whole:
            problem = next(iter(page.problems), None)
            where = f"{file}:{problem.place.line}" if problem and problem.place else f"{file}"
            raise CannotSet(f"{where} has to be mended first. uncramp me says what is wrong.")
        text = page.text
    known = [word for word in KNOWN_CONDITIONS if word in conditions]
    words = [*known, *sorted(set(conditions) - set(known))]
    line = "[" + ", ".join(json.dumps(word, ensure_ascii=False) for word in words) + "]"
    if document and "conditions" in document:
        text = _with_value(text, line)
    else:
        # Before everything else, because further down it could fall into a table.
        text = f"conditions = {line}\n{text}"
    try:
        _write(file, text)
    except OSError as error:
        reason = error.strerror or str(error)
        raise CannotSet(f"{file} could not be written: {reason}.") from None


def with_conditions(settings: Settings, conditions: Iterable[str]) -> Settings:
    """The same settings of someone who has said this of themselves."""
    return replace(settings, conditions=frozenset(conditions), has_answered=True)


class _Nothing:
    """A settings file names nothing outside of itself."""

    atlas = Atlas()
    sounds = ()

    def routine_ids(self, folder: str | None, /) -> tuple[str, ...]:
        return ()

    def borrow(self, routine_id: str, folder: str | None, /) -> None:
        return None

    def sound_problem(self, folder: str, name: str, /) -> None:
        return None


def _opened(file: Path) -> tuple[Page | None, dict[str, Any] | None]:
    """The file as a page with its problems, and what it holds; no page where there is no file."""
    try:
        if not os.path.lexists(file):
            return None, None
        data = read_routine_file(file, str(file))
    except CannotRead as error:
        page = Page(Source("settings", b"", str(file)), "", _Nothing())
        page.problems.add(error.problem)
        return page, None
    page = Page(Source("settings", data, str(file)), "", _Nothing())
    text = decoded(data, page)
    if text is None:
        return page, None
    page.text = text
    return page, parsed(page)


def _conditions(page: Page, value: Any) -> tuple[str, ...] | None:
    """The conditions that can be read; None where none are written as a list."""
    if value is None:
        return None
    if not isinstance(value, list):
        page.error(
            ("conditions",),
            "wrong-type",
            f'is {kind_of(value)}, and this takes a list: ["pregnant"], or [] for none.',
        )
        return None
    found = []
    for at, word in enumerate(value):
        path = ("conditions", at)
        if not isinstance(word, str):
            page.error(path, "wrong-type", f"is {kind_of(word)}, and this takes a word in quotes.")
        elif not is_kebab(word):
            mend = kebab(word)
            how = f': "{mend}".' if mend else "."
            message = "is not written as a condition. Use small letters, with hyphens for spaces"
            page.error(path, "not-a-condition", message + how, mend or None)
            # What was meant may keep someone safe.
            found += [mend] if mend in KNOWN_CONDITIONS else []
        else:
            found.append(word)
            near = None if word in KNOWN_CONDITIONS else page.nearest(word, KNOWN_CONDITIONS)
            if near:
                message = f'is a word of your own, which is fine. Did you mean "{near}"?'
                page.warn(path, "unknown-condition", message, near)
    return tuple(found)


def _first_side(page: Page, value: Any) -> Side:
    if value in ("left", "right"):
        return Side(value)
    if value is not None:
        page.error(("first_side",), "unknown-side", 'is not a side. Write "left" or "right".')
    return Side.LEFT


def _with_value(text: str, value: str) -> str:
    """The text of the settings with `value` for its conditions."""
    place = Locator(text).value(("conditions",))
    assert place is not None
    lines = text.split("\n")
    before = [*lines[: place.line - 1], lines[place.line - 1][: place.column - 1]]
    after = [lines[place.end_line - 1][place.end_column - 1 :], *lines[place.end_line :]]
    return "\n".join(before) + value + "\n".join(after)


def _write(file: Path, text: str) -> None:
    """Write all of the file or nothing; a link stays a link to where it leads."""
    target = file.resolve()
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=".settings", dir=target.parent)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as new:
            new.write(text)
            new.flush()
            os.fsync(new.fileno())
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
