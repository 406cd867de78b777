"""The JSON Schema of a routine, draft 2020-12, made from the key table.

Editors use it to check and complete a routine while a person types. It accepts everything that
the reader accepts; what it cannot check (whether a point or a sound exists, how long the steps
last in total) the reader does. Apart from `$defs` it uses only keywords that older drafts have
too, because editors support those best.
"""

from collections.abc import Callable
from typing import Any

from uncramp.core.routine.keys import (
    BY_OWNER,
    KNOWN_CONDITIONS,
    KNOWN_KINDS,
    NEWEST_FORMAT,
    STILL,
    Key,
    Owner,
    Type,
)
from uncramp.core.routine.model import Sides
from uncramp.core.text.durations import LONGEST_MS, SECOND_MS

Schema = dict[str, Any]


def routine_schema() -> Schema:
    """The schema of a whole file, as JSON has it."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"An uncramp routine, format {NEWEST_FORMAT}",
        **_table(Owner.ROUTINE),
        "if": {"not": _DEFAULTS_ARE_OPEN},
        "then": {"properties": {"steps": {"$ref": "#/$defs/timed_steps"}}},
        "$defs": {
            "defaults": _table(Owner.DEFAULTS),
            "cues": _table(Owner.CUES),
            "prompt": {
                **_table(Owner.PROMPT),
                "oneOf": [{"required": ["at"]}, {"required": ["every"]}],
            },
            "item": _item(),
            "timed_steps": _timed_steps(),
        },
    }


_DEFAULTS_ARE_OPEN = {
    "required": ["defaults"],
    "properties": {"defaults": {"required": ["open"], "properties": {"open": {"enum": [True]}}}},
}


def _table(owner: Owner) -> Schema:
    keys = BY_OWNER[owner].values()
    schema: Schema = {
        "type": "object",
        "properties": {key.name: _key(key) for key in keys},
        "additionalProperties": False,
    }
    required = [key.name for key in keys if key.is_required]
    return {**schema, "required": required} if required else schema


def _item() -> Schema:
    """A step, a group or a use; as in the reader, the keys `use` and `steps` tell which.

    The keys of all three are listed together, where editors look for completions.
    """
    keys: dict[str, Key] = {}
    for owner in (Owner.STEP, Owner.GROUP, Owner.USE):
        for key in BY_OWNER[owner].values():
            keys.setdefault(key.name, key)
    return {
        "type": "object",
        "properties": {key.name: _key(key) for key in keys.values()},
        "if": {"required": ["use"]},
        "then": _only_keys_of(Owner.USE),
        "else": {
            "if": {"required": ["steps"]},
            "then": _only_keys_of(Owner.GROUP),
            "else": {
                **_only_keys_of(Owner.STEP),
                "anyOf": [{"required": [name]} for name in ("name", "point", "points")],
                "not": {"required": ["point", "points"]},
            },
        },
    }


def _only_keys_of(owner: Owner) -> Schema:
    return {
        "properties": dict.fromkeys(BY_OWNER[owner], True),
        "additionalProperties": False,
    }


def _timed_steps() -> Schema:
    """Steps that each have a time or are open."""
    is_open = {"required": ["open"], "not": {"properties": {"open": {"enum": [False]}}}}
    return {
        "items": {
            "if": {"required": ["steps"]},
            "then": {"properties": {"steps": {"$ref": "#/$defs/timed_steps"}}},
            "else": {"anyOf": [{"required": ["time"]}, {"required": ["use"]}, is_open]},
        }
    }


def _key(key: Key) -> Schema:
    schema = {"description": key.what, **_VALUES[key.type](key)}
    default = _default(key)
    return schema if default is None else {**schema, "default": default}


def _default(key: Key) -> object:
    """The default, if it is a value; one in words goes into the description."""
    match key.type:
        case Type.FLAG:
            return {"true": True, "false": False}.get(key.default)
        case Type.WHOLE | Type.NUMBER:
            return int(key.default) if key.default else None
        case Type.PAUSE if key.default == "0":
            return 0
        case _ if key.default.startswith('"') and key.default.endswith('"'):
            return key.default[1:-1]
    return None


# The schema of each type

_CONTROL = (
    r"\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e"
    r"\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb"
)
"""Characters that text may not contain; those past U+FFFF are left out: engines write them
differently."""

_BREAKS = r"\t\r\n"
_KEBAB = r"^\s*[a-z0-9]+(-[a-z0-9]+)*\s*$"
_LANGUAGE = r"^\s*[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\s*$"

_PARTS = r"([0-9]{1,9}\s*h)?\s*([0-9]{1,9}\s*m)?\s*([0-9]{1,9}(\.[0-9]{1,9})?\s*s)?"
_CLOCK = r"[0-9]{1,2}:0{0,2}[0-5]?[0-9]:[0-5][0-9]|[0-9]{1,4}:[0-5][0-9]"
_MORE_THAN_NONE = r"(?=[^1-9]*[1-9])"
_ANY = r"(?=[^0-9]*[0-9])"
_HALFWAY = "[Hh][Aa][Ll][Ff][Ww][Aa][Yy]"

_HALF_MS = 0.5 / SECOND_MS
"""In seconds: a shorter length rounds to 0."""


def _line(key: Key, unseen: str = _CONTROL + _BREAKS) -> Schema:
    text: Schema = {"type": "string", "pattern": r"\S", "not": {"pattern": f"[{unseen}]"}}
    if key.most:
        # The reader ignores spaces at the ends; line breaks are not checked here.
        most = int(key.most)
        trimmed = rf"^\s*(\S[^{_BREAKS}]{{0,{most - 2}}})?\S\s*$|[{_BREAKS}]"
        text |= {"if": {"pattern": r"^\s|\s$"}, "then": {"pattern": trimmed}}
        text["else"] = {"if": {"pattern": f"[{_BREAKS}]"}, "else": {"maxLength": most}}
    return text


def _prose(key: Key) -> Schema:
    return _line(key, _CONTROL)


def _like(pattern: str, examples: tuple[str, ...] = ()) -> Callable[[Key], Schema]:
    def like(key: Key) -> Schema:
        text = {**_line(key), "pattern": pattern}
        return {**text, "examples": list(examples)} if examples else text

    return like


def _kind(key: Key) -> Schema:
    return {**_line(key), "examples": list(KNOWN_KINDS)}


def _list_of(entry: Callable[[Key], Schema]) -> Callable[[Key], Schema]:
    def list_of(key: Key) -> Schema:
        schema = {"type": "array", "items": entry(key)}
        return {**schema, "minItems": int(key.least)} if key.least else schema

    return list_of


def _length(key: Key) -> Schema:
    """A number of seconds, or text; the sum of the parts of a text is not checked."""
    may_be_none = key.type is Type.PAUSE
    digit = _ANY if may_be_none else _MORE_THAN_NONE
    bound: Schema = {"minimum": 0} if may_be_none else {"exclusiveMinimum": _HALF_MS}
    if key.least:
        bound = {"minimum": key.least / SECOND_MS - _HALF_MS}
    return {
        "type": ["number", "string"],
        **bound,
        "maximum": LONGEST_MS // SECOND_MS,
        "pattern": rf"^{digit}\s*({_PARTS}|{_CLOCK})\s*$",
    }


def _moment(_: Key) -> Schema:
    longest = LONGEST_MS // SECOND_MS
    length = rf"{_MORE_THAN_NONE}\s*-?\s*({_PARTS}|{_CLOCK})\s*"
    return {
        "type": ["number", "string"],
        "minimum": -longest,
        "maximum": longest,
        "not": {"enum": [0]},
        "pattern": rf"^({length}|\s*{_HALFWAY}\s*)$",
    }


def _range(key: Key) -> Schema:
    return {"type": "array", "items": _length(key), "minItems": 2, "maxItems": 2}


def _number(key: Key) -> Schema:
    most = NEWEST_FORMAT if (key.owner, key.name) == (Owner.ROUTINE, "format") else key.most
    bounds = {"minimum": key.least, "maximum": most}
    kind = "integer" if key.type is Type.WHOLE else "number"
    return {"type": kind, **{word: bound for word, bound in bounds.items() if bound is not None}}


def _sound(key: Key) -> Schema:
    silence = {"enum": [False], "description": "Silence."}
    return {"anyOf": [_line(key), silence]}


def _tables_of(name: str) -> Callable[[Key], Schema]:
    return _list_of(lambda _: {"$ref": f"#/$defs/{name}"})


_VALUES: dict[Type, Callable[[Key], Schema]] = {
    Type.LINE: _line,
    Type.PROSE: _prose,
    Type.SENTENCES: _list_of(_prose),
    Type.WORDS: _list_of(_line),
    Type.CONDITIONS: _list_of(_like(_KEBAB, KNOWN_CONDITIONS)),
    Type.KIND: _kind,
    Type.LANGUAGE: _like(_LANGUAGE),
    Type.LENGTH: _length,
    Type.PAUSE: _length,
    Type.MOMENT: _moment,
    Type.RANGE: _range,
    Type.FLAG: lambda _: {"type": "boolean"},
    Type.WHOLE: _number,
    Type.NUMBER: _number,
    Type.SIDES: lambda _: {"enum": [sides.value for sides in Sides]},
    Type.POINT: _line,
    Type.POINTS: _list_of(_line),
    Type.FIGURE: _line,
    Type.SOUND: _sound,
    Type.ROUTINE: _like(_KEBAB),
    Type.STEPS: _tables_of("item"),
    Type.PROMPTS: _tables_of("prompt"),
    Type.TABLE: lambda key: {"allOf": [{"$ref": f"#/$defs/{key.name}"}]},
    Type.ANYTHING: lambda _: {"type": "object"},
    Type.ANSWER: _like(rf"^\s*{STILL}\s*$", (STILL,)),
}
