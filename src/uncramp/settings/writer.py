"""Writes settings, one value at a time, and keeps every other line of the file."""

import codecs
import os
import tomllib
from collections.abc import Callable, Collection
from pathlib import Path

from uncramp.core.toml.problems import Problem
from uncramp.settings.reader import document_of, nearest_name, opened, read_document
from uncramp.settings.spec import BY_NAME, FREE_GROUPS
from uncramp.settings.template import new_file_text, with_value, without
from uncramp.settings.values import TomlValue
from uncramp.system.files import (
    FOR_THIS_PERSON,
    CannotWrite,
    private_folder,
    replace_file,
    write_new_file,
)
from uncramp.system.locks import waited_for
from uncramp.system.os_errors import reason_of


class CannotSet(Exception):
    """The settings could not be written; the text says why and what to do."""


class NoSuchSetting(CannotSet):
    """There is no setting of that name."""


def path_of(name: str) -> tuple[str, ...]:
    """The path of the setting with that name; for `keys.run.pause` `keys`, `run.pause`.

    Raises NoSuchSetting, with the nearest name, if there is none.
    """
    group, dot, rest = name.partition(".")
    if group in FREE_GROUPS and rest:
        return (group, rest)
    if name in BY_NAME:
        return BY_NAME[name].path
    near = nearest_name(rest if dot else name, group if dot else "") or nearest_name(name)
    hint = f'Did you mean "{near}"?' if near else "uncramp config list shows them."
    raise NoSuchSetting(f'There is no setting "{name}". {hint}')


def set_setting(file: Path, name: str, value: TomlValue) -> None:
    """Write `value` for the setting with that name into `file`, and leave the rest alone.

    The first write creates a commented file with all settings. Raises CannotSet if the value
    does not fit, or the file cannot be written or must be fixed first.
    """
    path = path_of(name)
    _rewrite(file, name, lambda text: with_value(text, path, value))


def unset_setting(file: Path, name: str) -> None:
    """Return the setting with that name to its default, by commenting out its line.

    Raises CannotSet like `set_setting`.
    """
    path = path_of(name)
    setting = BY_NAME.get(name)
    instead = f"{setting.key} = {setting.default or setting.example}" if setting else ""
    if os.path.lexists(file):
        _rewrite(file, name, lambda text: without(text, path, instead))


def write_conditions(file: Path, conditions: Collection[str]) -> None:
    """Write a person's conditions into `file`. Raises CannotSet like `set_setting`."""
    set_setting(file, "conditions", frozenset(conditions))


def _rewrite(file: Path, name: str, changed: Callable[[str], str | None]) -> None:
    try:
        target = file.resolve()
        private_folder(target.parent)
    except (OSError, RuntimeError) as error:  # RuntimeError: links in a circle
        reason = reason_of(error)
        raise CannotSet(f"{file} cannot be written: {reason}.") from None
    # Nobody else may write between reading and writing: their change would be lost.
    with waited_for(target.with_name(f".{target.name}.lock")):
        _rewrite_alone(file, name, changed)


def _rewrite_alone(file: Path, name: str, changed: Callable[[str], str | None]) -> None:
    lead, text = _text_of(file)
    new = changed(text)
    if new is None:
        raise CannotSet(
            f"{name} cannot be changed that way. Change it by hand: uncramp config edit."
        )
    _refuse_misfit(file, new, name)
    if new == text and os.path.lexists(file):
        return
    try:
        target = file.resolve()
        if target.exists():
            replace_file(target, lead + new.encode())
        else:
            write_new_file(target, new.encode(), FOR_THIS_PERSON)
    except (CannotWrite, UnicodeEncodeError) as error:
        raise CannotSet(str(error)) from None
    except (OSError, RuntimeError) as error:  # RuntimeError: links in a circle
        reason = reason_of(error)
        raise CannotSet(f"{file} cannot be written: {reason}.") from None


def _text_of(file: Path) -> tuple[bytes, str]:
    """The file's byte order mark, if any, and its text; a new one if there is no file."""
    document, tables = opened(file)
    if document is None:
        return b"", new_file_text()
    if tables is None or not document.is_whole:
        problem = next(iter(document.problems), None)
        where = f"{file}:{problem.place.line}" if problem and problem.place else f"{file}"
        raise CannotSet(f"{where} has to be fixed first: uncramp config edit.")
    has_mark = document.data.startswith(codecs.BOM_UTF8)
    return codecs.BOM_UTF8 if has_mark else b"", document.text


def _refuse_misfit(file: Path, text: str, name: str) -> None:
    """Raise CannotSet if the setting is wrong in the text."""
    problem = problem_of(file, text, name)
    if problem is not None:
        words = problem.message
        raise CannotSet(f"{name} {words}" if problem.goes_on_from_text else f"{name}: {words}")


def problem_of(file: Path, text: str, name: str) -> Problem | None:
    """What is wrong with the setting of that name in a TOML text, if anything."""
    document = document_of(b"", file)
    document.text = text
    problems = read_document(document, tomllib.loads(text)).problems
    path = path_of(name)
    own = (".".join(path), f'{path[0]}."{path[-1]}"')
    return next((p for p in problems if p.key and p.key.startswith(own) and _is_error(p)), None)


def _is_error(problem: Problem) -> bool:
    return problem.severity == "error"
