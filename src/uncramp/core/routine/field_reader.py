"""Reads the tables of a routine's file key by key, as the key table says."""

from collections.abc import Callable
from typing import Any

from uncramp.core.lazy.dataclass import replace
from uncramp.core.routine.keys import BY_OWNER, Key, Owner, Type
from uncramp.core.routine.model import Cues, Prompt, PromptWhen
from uncramp.core.routine.reference_reader import (
    read_answer,
    read_condition,
    read_figure,
    read_kind,
    read_point,
    read_routine_id,
    read_sides,
    read_sound,
)
from uncramp.core.routine.references import RoutineDocument
from uncramp.core.routine.unknown_keys import refuse_key
from uncramp.core.text.durations import LengthFault, NotALength, parse_length
from uncramp.core.toml.document import Document, kind_of
from uncramp.core.toml.positions import Path
from uncramp.core.toml.scalars import (
    WRONG,
    read_flag,
    read_language,
    read_length,
    read_line,
    read_number,
    read_pause,
    read_prose,
    read_range,
    read_whole,
)

Reader = Callable[[RoutineDocument, Key, Any, Path], Any]
"""Reads a value: what it means, or `WRONG` if a problem was reported. Tables inside it are
returned as they are, for a reader that knows their context."""

_CUE_FIELDS = {"halfway_from": "halfway_from_ms"}
"""Keys of `[cues]` with another name in the model."""


def read_fields(
    document: RoutineDocument, table: dict[str, Any], owner: Owner, path: Path
) -> dict[str, Any]:
    """The meaning of each key in `table`; unknown and wrong ones are reported and left out."""
    known = BY_OWNER[owner]
    found = {}
    for name, written in table.items():
        key = known.get(name)
        if key is None:
            refuse_key(document, name, owner, (*path, name))
            continue
        value = _READERS[key.type](document, key, written, (*path, name))
        if value is not WRONG:
            found[name] = value
    return found


def read_cues(
    document: RoutineDocument, table: dict[str, Any] | None, path: Path, around: Cues
) -> Cues:
    """The sounds of a `cues` table; for keys that it leaves out, those `around` it."""
    if not table:
        return around
    found = read_fields(document, table, Owner.CUES, path)
    if len(path) > 1 and "finish" in found:
        message = (
            "plays once, when the whole routine is over. Write it under [cues], "
            "before the first step."
        )
        document.warn((*path, "finish"), "does-nothing", message, at_key=True)
        del found["finish"]
    return replace(around, **{_CUE_FIELDS.get(name, name): v for name, v in found.items()})


def read_prompts(document: RoutineDocument, tables: list[Any], path: Path) -> tuple[Prompt, ...]:
    """The prompts of a step; those with a problem are left out."""
    prompts = (_prompt(document, table, (*path, at)) for at, table in enumerate(tables))
    return tuple(prompt for prompt in prompts if prompt)


def _prompt(document: RoutineDocument, table: Any, path: Path) -> Prompt | None:
    if not isinstance(table, dict):
        document.error(path, "wrong-type", 'is not a prompt. Write { at = "1m", say = "…" }.')
        return None
    found = read_fields(document, table, Owner.PROMPT, path)
    if "at" in table and "every" in table:
        message = 'A prompt has either "at" or "every". Take one of them out.'
        document.error(
            (*path, "every"), "key-conflict", message, at_key=True, is_sentence=True
        )  # fmt: skip
    elif "at" not in table and "every" not in table:
        message = 'does not say when. Write at = "10m" or every = "5m".'
        document.error(path, "missing-key", message, "at")
    if "at" in found:
        when, ms = found["at"]
    elif "every" in found:
        when, ms = PromptWhen.EVERY, found["every"]
    else:
        return None
    is_silent = "sound" in found and found["sound"] is None
    if is_silent and not {"say", "show"} & table.keys():
        document.warn(path, "does-nothing", "says, shows and sounds nothing.")
    return Prompt(when, ms, found.get("say"), found.get("show"), found.get("sound"), is_silent)


def _read_moment(document: Document, _key: Key, value: Any, path: Path) -> Any:
    """What a prompt is counted from, and how many milliseconds."""
    if isinstance(value, str) and value.strip().casefold() == "halfway":
        return PromptWhen.HALFWAY, 0
    when = PromptWhen.AFTER
    if isinstance(value, str) and value.strip().startswith("-"):
        when, value = PromptWhen.BEFORE_END, value.strip()[1:]
    elif isinstance(value, int | float) and not isinstance(value, bool) and value < 0:
        when, value = PromptWhen.BEFORE_END, -value
    try:
        return when, parse_length(value)
    except NotALength as error:
        _refuse_moment(document, value, path, error.fault)
    return WRONG


def _refuse_moment(document: Document, value: Any, path: Path, fault: LengthFault) -> None:
    if fault is LengthFault.UNREADABLE:
        is_near = isinstance(value, str) and document.nearest(value, ("halfway", "middle", "half"))
        how = '"10m" from its start, "-1m" before its end, or "halfway"'
        meant = '"halfway"' if is_near else None
        message = f"is not a moment in the step. Write {meant or how}."
        document.error(path, "not-a-moment", message, meant)
    elif fault is LengthFault.NOT_POSITIVE:
        message = (
            'is the step\'s very start or end. Give the step a "say", or write a later moment.'
        )
        document.error(path, "not-a-moment", message)
    else:
        document.error(path, "out-of-range", fault.value)


def _list_of(read: Reader) -> Reader:
    """A reader for a list of what `read` reads, which reports every wrong entry."""

    def read_list(document: RoutineDocument, key: Key, value: Any, path: Path) -> Any:
        if not isinstance(value, list):
            message = f"is {kind_of(value)}, but this takes a list"
            if isinstance(value, str) and len(value) < 60:
                meant = f'["{value}"]'
                message = f"{message}. Put it in brackets: {meant}."
                document.error(path, "wrong-type", message, meant)
            else:
                message = f"{message}. Write one in square brackets."
                document.error(path, "wrong-type", message)
            return WRONG
        if key.least and len(value) < key.least:
            document.error(
                path, "empty", f'is an empty list. Add something, or leave out "{key.name}".'
            )
            return WRONG
        entries = [read(document, key, entry, (*path, at)) for at, entry in enumerate(value)]
        return WRONG if any(entry is WRONG for entry in entries) else tuple(entries)

    return read_list


def _tables(document: Document, key: Key, value: Any, path: Path) -> Any:
    header = f"[[{'steps' if path == ('steps',) else f'steps.{key.name}'}]]"
    if isinstance(value, dict):
        message = f"has single brackets. Write double ones, {header}, for each of them."
        document.error(path, "single-bracket", message, header)
        return WRONG
    if not isinstance(value, list):
        message = f"is {kind_of(value)}. Start each one with a line {header}."
        document.error(path, "wrong-type", message, header)
        return WRONG
    if key.least and not value:
        document.error(path, "empty", f"is empty. Write at least one, under a line {header}.")
        return WRONG
    return value


def _table(document: Document, key: Key, value: Any, path: Path) -> Any:
    if isinstance(value, dict):
        return value
    how = f"Write [{key.name}]" if key.owner is Owner.ROUTINE else f"Write {key.name} = {{ … }}"
    if isinstance(value, list) and value and isinstance(value[0], dict):
        document.error(path, "wrong-type", f"has double brackets. {how}, once.")
    else:
        document.error(path, "wrong-type", f"is {kind_of(value)}, but this is a table. {how}.")
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
    Type.PAUSE: read_pause,
    Type.MOMENT: _read_moment,
    Type.RANGE: read_range,
    Type.FLAG: read_flag,
    Type.WHOLE: read_whole,
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
    Type.ANSWER: read_answer,
}
