"""How the value of each type of key is read."""

from collections.abc import Callable
from typing import Any

from uncramp.core.routine.keys import Key, Owner, Type
from uncramp.core.routine.reference_reader import (
    read_condition,
    read_figure,
    read_kind,
    read_language,
    read_point,
    read_routine_id,
    read_sides,
    read_sound,
)
from uncramp.core.toml.document import Page, kind_of
from uncramp.core.toml.positions import Path
from uncramp.core.toml.scalars import (
    WRONG,
    read_flag,
    read_length,
    read_line,
    read_moment,
    read_number,
    read_prose,
    read_range,
)

__all__ = ["WRONG", "read_value"]

Reader = Callable[[Page, Key, Any, Path], Any]


def read_value(page: Page, key: Key, value: Any, path: Path) -> Any:
    """What `value`, written at `path` for `key`, means to the program.

    `WRONG` where a problem was told instead. Tables within are handed back as they
    are, to be read by whoever knows their place.
    """
    return _READERS[key.type](page, key, value, path)


def _list_of(read: Reader) -> Reader:
    """A reader of a list of what `read` reads; one wrong entry does not hide another."""

    def read_list(page: Page, key: Key, value: Any, path: Path) -> Any:
        if not isinstance(value, list):
            message = f"is {kind_of(value)}, but this takes a list"
            if isinstance(value, str) and len(value) < 60:
                mend = f'["{value}"]'
                page.error(path, "wrong-type", f"{message}. Put it in brackets: {mend}.", mend)
            else:
                page.error(path, "wrong-type", f"{message}. Write one in square brackets.")
            return WRONG
        if key.least and len(value) < key.least:
            page.error(
                path, "empty", f'is an empty list. Add something, or leave out "{key.name}".'
            )
            return WRONG
        entries = [read(page, key, entry, (*path, at)) for at, entry in enumerate(value)]
        return WRONG if any(entry is WRONG for entry in entries) else tuple(entries)

    return read_list


def _tables(page: Page, key: Key, value: Any, path: Path) -> Any:
    header = "steps" if path == ("steps",) else f"steps.{key.name}"
    if isinstance(value, dict):
        page.error(
            path,
            "single-bracket",
            f"has single brackets. Write double ones, [[{header}]], for each of them.",
            f"[[{header}]]",
        )
        return WRONG
    if not isinstance(value, list):
        page.error(
            path,
            "wrong-type",
            f"is {kind_of(value)}. Start each one with a line [[{header}]].",
            f"[[{header}]]",
        )
        return WRONG
    if key.least and not value:
        page.error(path, "empty", f"is empty. Write at least one, under a line [[{header}]].")
        return WRONG
    return value


def _table(page: Page, key: Key, value: Any, path: Path) -> Any:
    if isinstance(value, dict):
        return value
    how = f"Write [{key.name}]" if key.owner is Owner.ROUTINE else f"Write {key.name} = {{ … }}"
    if isinstance(value, list) and value and isinstance(value[0], dict):
        page.error(path, "wrong-type", f"has double brackets. {how}, once.")
    else:
        page.error(path, "wrong-type", f"is {kind_of(value)}, but this is a table. {how}.")
    return WRONG


_READERS: dict[Type, Reader] = {
    Type.LINE: read_line,
    Type.PROSE: read_prose,
    Type.SENTENCES: _list_of(read_prose),
    Type.WORDS: _list_of(read_line),
    Type.CONDITIONS: _list_of(read_condition),
    Type.KIND: read_kind,
    Type.LANGUAGE: read_language,
    Type.LENGTH: read_length,
    Type.PAUSE: read_length,
    Type.MOMENT: read_moment,
    Type.RANGE: read_range,
    Type.FLAG: read_flag,
    Type.WHOLE: read_number,
    Type.NUMBER: read_number,
    Type.SIDES: read_sides,
    Type.POINT: read_point,
    Type.POINTS: _list_of(read_point),
    Type.FIGURE: read_figure,
    Type.SOUND: read_sound,
    Type.ROUTINE: read_routine_id,
    Type.STEPS: _tables,
    Type.PROMPTS: _tables,
    Type.TABLE: _table,
    Type.ANYTHING: _table,
}
