"""From the text of the settings to what they mean. Never raises, and never stops the program."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from uncramp.core.routine.points import Atlas
from uncramp.core.text.suggestions import listed, nearest
from uncramp.core.toml.document import Page, Source, kind_of
from uncramp.core.toml.parser import decoded, parsed
from uncramp.core.toml.problems import Problem
from uncramp.core.toml.scalars import WRONG
from uncramp.settings.model import Settings, with_meanings
from uncramp.settings.spec import BY_NAME, FREE_GROUPS, SETTINGS, Group
from uncramp.settings.template import written_path
from uncramp.settings.values import read_setting, read_words
from uncramp.system.routine_file import CannotRead, read_routine_file


def read_settings(file: Path) -> Settings:
    """What stands in `file`; the defaults where there is none. Never raises."""
    page, document = opened(file)
    if page is None:
        return Settings()
    if document is None:
        return Settings(problems=tuple(page.problems), is_person_known=False)
    return read_document(page, document)


def read_document(page: Page, document: dict[str, Any]) -> Settings:
    """What the document of a page means, with what is wrong with it told there."""
    found = dict(_meanings(page, document))
    free = {group: dict(_entries(page, document, group)) for group in FREE_GROUPS}
    settings = with_meanings(Settings(said_as=free[Group.SAID_AS], keys=free[Group.KEYS]), found)
    is_known = "conditions" in found or "conditions" not in document
    return replace(
        settings,
        problems=tuple(page.problems),
        is_person_known=page.is_whole and is_known,
    )


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is wrong with an entry of the settings, found by whoever uses it."""

    path: tuple[str, ...]
    """The keys that lead to the entry."""
    code: str
    message: str
    suggestion: str | None = None
    is_of_key: bool = False
    """Is it wrong with the key, rather than with the value?"""


def placed(file: Path, faults: Iterable[Fault]) -> tuple[Problem, ...]:
    """The faults as problems of the file, with their lines; none where it cannot be read."""
    page, document = opened(file)
    if page is None or document is None:
        return ()
    page = Page(page.source, page.text, Nothing())
    for fault in faults:
        path = written_path(document, fault.path) or fault.path
        page.error(path, fault.code, fault.message, fault.suggestion, at_key=fault.is_of_key)
    return tuple(page.problems)


class Nothing:
    """A settings file names nothing outside of itself."""

    atlas = Atlas()
    sounds = ()

    def routine_ids(self, folder: str | None, /) -> tuple[str, ...]:
        """None."""
        return ()

    def borrow(self, routine_id: str, folder: str | None, /) -> None:
        """Nothing."""

    def sound_problem(self, folder: str, name: str, /) -> None:
        """Nothing."""


def opened(file: Path) -> tuple[Page | None, dict[str, Any] | None]:
    """The file as a page with its problems, and what it holds; no page where there is no file."""
    try:
        if not os.path.lexists(file):
            return None, None
        data = read_routine_file(file, str(file))
    except CannotRead as error:
        page = page_of(b"", file)
        page.problems.add(error.problem)
        return page, None
    page = page_of(data, file)
    text = decoded(data, page)
    if text is None:
        return page, None
    page.text = text
    return page, parsed(page)


def page_of(data: bytes, file: Path) -> Page:
    """A page of the settings, with nothing read of it."""
    return Page(Source("settings", data, str(file)), "", Nothing())


def _meanings(page: Page, document: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """The meaning of each setting that is written, by its name; those that are wrong are told."""
    for key, value in document.items():
        if key in FREE_GROUPS:
            continue
        if key in _GROUPS:
            if not isinstance(value, dict):
                _refuse_table(page, key, value)
                continue
            for inner, inner_value in value.items():
                yield from _meaning(page, (key, inner), inner_value)
        else:
            yield from _meaning(page, (key,), value)


def _meaning(page: Page, path: tuple[str, ...], value: Any) -> Iterator[tuple[str, Any]]:
    setting = _BY_PATH.get(path)
    if setting is None:
        _refuse_key(page, path)
        return
    meaning = read_setting(page, setting, value)
    if meaning is not WRONG:
        yield setting.name, meaning


_GROUPS = tuple(str(group) for group in Group if group)
_DEEPEST = 8
_BY_PATH = {setting.path: setting for setting in SETTINGS}


def _refuse_table(page: Page, key: str, value: Any) -> None:
    example = _example(Group(key))
    message = f"is {kind_of(value)}, but this is a table. Write [{key}], and under it {example}."
    page.error((key,), "wrong-type", message)


def _example(group: Group) -> str:
    if group in FREE_GROUPS:
        return FREE_GROUPS[group][1]
    first = next(setting for setting in SETTINGS if setting.group is group)
    return f"{first.key} = {first.default}"


def _refuse_key(page: Page, path: tuple[str, ...]) -> None:
    """Tell that there is no such setting, and which one was meant."""
    group = path[0] if len(path) > 1 else ""
    mend = nearest_name(path[-1], group)
    suggestion = None
    if mend is None:
        names = [*(s.key for s in SETTINGS if s.group == group), *(() if group else _GROUPS)]
        words = f"There are {listed(names, 'and')}."
    elif mend in _GROUPS:
        suggestion, words = mend, f"Did you mean [{mend}]?"
    elif BY_NAME[mend].group == group:
        suggestion = BY_NAME[mend].key
        words = f'Did you mean "{suggestion}"?'
    else:
        where = f"in [{BY_NAME[mend].group}]" if BY_NAME[mend].group else "above all tables"
        words = f'"{BY_NAME[mend].key}" stands {where}.'
    page.error(path, "unknown-key", f"There is no such setting. {words}", suggestion, at_key=True)


def nearest_name(word: str, group: str = "") -> str | None:
    """The name of the setting or table that was most likely meant by `word`, written in `group`."""
    bare = word.casefold().replace("-", "_")
    here = [s for s in SETTINGS if s.group == group]
    for settings in (here, SETTINGS):
        for setting in settings:
            if bare in (setting.key, *setting.also_called):
                return setting.name
    by_key = {setting.key: setting.name for setting in here}
    tables = () if group else _GROUPS
    near = nearest(word, (*by_key, *tables))
    if near:
        return by_key.get(near, near)
    by_key = {setting.key: setting.name for setting in SETTINGS}
    near = nearest(word, (*BY_NAME, *by_key), cutoff=0.75)
    return by_key.get(near, near) if near else None


def _entries(page: Page, document: dict[str, Any], group: Group) -> Iterator[tuple[str, str]]:
    """The person's own entries of a table; those that are wrong are told."""
    if group not in document:
        return
    table = document[group]
    if not isinstance(table, dict):
        _refuse_table(page, group, table)
        return
    for name, path, value in flattened(table, (str(group),)):
        words = read_words(page, name, value, path)
        if words is not WRONG:
            yield name, words


def flattened(
    table: dict[str, Any], path: tuple[str, ...]
) -> Iterator[tuple[str, tuple[str, ...], Any]]:
    """Each entry by its dotted name, with its path, be it written as "run.pause" or run.pause."""
    for key, value in table.items():
        here = (*path, key)
        if isinstance(value, dict) and value and len(here) < _DEEPEST:
            yield from flattened(value, here)
        else:
            yield ".".join(here[1:]), here, value
