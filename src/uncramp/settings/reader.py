"""Reads the settings from their text. Never raises, and never stops the program."""

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from uncramp.core.lazy.dataclass import dataclass, replace
from uncramp.core.text.suggestions import listed, nearest
from uncramp.core.toml.document import Document, kind_of
from uncramp.core.toml.parser import parse
from uncramp.core.toml.problems import Problem
from uncramp.core.toml.scalars import WRONG
from uncramp.settings.colours import READABLE, faint
from uncramp.settings.model import Settings, with_meanings
from uncramp.settings.spec import BY_NAME, FREE_GROUPS, SETTINGS, SETTINGS_FILE, SettingGroup
from uncramp.settings.template import written_path
from uncramp.settings.values import read_setting, read_words
from uncramp.system.routine_file import CannotRead, read_routine_file


def settings_in(file: Path) -> Settings:
    """The settings in `file`; the defaults if there is none. Never raises."""
    document, tables = opened(file)
    if document is None:
        return Settings()
    if tables is None:
        return Settings(problems=tuple(document.problems), is_person_known=False)
    return read_document(document, tables)


def read_document(document: Document, tables: dict[str, Any]) -> Settings:
    """The settings in the tables; problems are reported to the document."""
    found = dict(_meanings(document, tables))
    free = {group: dict(_entries(document, tables, group)) for group in FREE_GROUPS}
    settings = with_meanings(
        Settings(said_as=free[SettingGroup.SAID_AS], keys=free[SettingGroup.KEYS]), found
    )
    _warn_of_faint(document, settings.colours)
    is_known = "conditions" in found or "conditions" not in tables
    return replace(
        settings,
        problems=tuple(document.problems),
        is_person_known=document.is_whole and is_known,
    )


def _warn_of_faint(document: Document, colours: Mapping[str, str]) -> None:
    """Warn of colours that are hard to read."""
    for name, found, other, better in faint(colours):
        how = f'Write "{better}" or one that differs more.' if better else "Change one of them."
        document.warn(
            (str(SettingGroup.COLOURS), name),
            "low-contrast",
            f"has a contrast of {found:.1f} to 1 with the {other} colour; "
            f"what is read needs {READABLE:g} to 1. {how}",
            better or None,
        )


@dataclass(frozen=True, slots=True)
class Fault:
    """A problem with an entry of the settings, found by the code that uses it."""

    path: tuple[str, ...]
    """The keys that lead to the entry."""
    code: str
    message: str
    suggestion: str | None = None
    is_of_key: bool = False
    """Is the key wrong, rather than the value?"""
    is_sentence: bool = False
    """Is the message a complete sentence? If not, it continues the key or the value."""


def placed(file: Path, faults: Iterable[Fault]) -> tuple[Problem, ...]:
    """The faults as problems of the file, with their lines; () if it cannot be read."""
    document, tables = opened(file)
    if document is None or tables is None:
        return ()
    text = document.text
    document = document_of(document.data, file)
    document.text = text
    for fault in faults:
        path = written_path(tables, fault.path) or fault.path
        document.error(
            path,
            fault.code,
            fault.message,
            fault.suggestion,
            at_key=fault.is_of_key,
            is_sentence=fault.is_sentence,
        )
    return tuple(document.problems)


def opened(file: Path) -> tuple[Document | None, dict[str, Any] | None]:
    """The file with its problems, and its TOML; no document if there is no file."""
    try:
        if not os.path.lexists(file):
            return None, None
        data = read_routine_file(file, str(file))
    except CannotRead as error:
        document = document_of(b"", file)
        document.problems.add(error.problem)
        return document, None
    document = document_of(data, file)
    return document, parse(document)


def document_of(data: bytes, file: Path) -> Document:
    """A settings file before anything is read."""
    return Document(str(file), data, SETTINGS_FILE)


def _meanings(document: Document, tables: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """The meaning of each setting in the file, by its name; problems are reported."""
    for key, value in tables.items():
        if key in FREE_GROUPS:
            continue
        if key in _GROUPS:
            if not isinstance(value, dict):
                _refuse_table(document, key, value)
                continue
            for inner, inner_value in value.items():
                yield from _meaning(document, (key, inner), inner_value)
        else:
            yield from _meaning(document, (key,), value)


def _meaning(document: Document, path: tuple[str, ...], value: Any) -> Iterator[tuple[str, Any]]:
    setting = _BY_PATH.get(path)
    if setting is None:
        _refuse_key(document, path)
        return
    meaning = read_setting(document, setting, value)
    if meaning is not WRONG:
        yield setting.name, meaning


_GROUPS = tuple(str(group) for group in SettingGroup if group)
_DEEPEST = 8
_BY_PATH = {setting.path: setting for setting in SETTINGS}


def _refuse_table(document: Document, key: str, value: Any) -> None:
    example = _example(SettingGroup(key))
    message = f"is {kind_of(value)}, but this is a table. Write [{key}], and under it {example}."
    document.error((key,), "wrong-type", message)


def _example(group: SettingGroup) -> str:
    if group in FREE_GROUPS:
        return FREE_GROUPS[group][1]
    first = next(setting for setting in SETTINGS if setting.group is group)
    return f"{first.key} = {first.default or first.example}"


def _refuse_key(document: Document, path: tuple[str, ...]) -> None:
    """Report that there is no such setting, and which one was probably meant."""
    group = path[0] if len(path) > 1 else ""
    near = nearest_name(path[-1], group)
    suggestion = None
    if near is None:
        names = [*(s.key for s in SETTINGS if s.group == group), *(() if group else _GROUPS)]
        what = f"settings in [{group}]" if group else "tables"
        words = f"The {what} are {listed(names, 'and')}."
    elif near in _GROUPS:
        suggestion, words = near, f"Did you mean [{near}]?"
    elif BY_NAME[near].group == group:
        suggestion = BY_NAME[near].key
        words = f'Did you mean "{suggestion}"?'
    else:
        where = f"in [{BY_NAME[near].group}]" if BY_NAME[near].group else "above all tables"
        key = BY_NAME[near].key
        words = f'"{key}" belongs {where}.' if key == path[-1] else f'Did you mean "{key}" {where}?'
    message = f"There is no such setting. {words}"
    document.error(path, "unknown-key", message, suggestion, at_key=True, is_sentence=True)


def nearest_name(word: str, group: str = "") -> str | None:
    """The name of the setting or table that `word` in `group` probably means."""
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


def _entries(
    document: Document, tables: dict[str, Any], group: SettingGroup
) -> Iterator[tuple[str, str]]:
    """The person's own entries of a table; those that are wrong are reported."""
    if group not in tables:
        return
    table = tables[group]
    if not isinstance(table, dict):
        _refuse_table(document, group, table)
        return
    for name, path, value in flattened(table, (str(group),)):
        words = read_words(document, name, value, path)
        if words is not WRONG:
            yield name, words


def flattened(
    table: dict[str, Any], path: tuple[str, ...]
) -> Iterator[tuple[str, tuple[str, ...], Any]]:
    """Each entry by its dotted name, with its path, written as "run.pause" or as run.pause."""
    for key, value in table.items():
        here = (*path, key)
        if isinstance(value, dict) and value and len(here) < _DEEPEST:
            yield from flattened(value, here)
        else:
            yield ".".join(here[1:]), here, value
