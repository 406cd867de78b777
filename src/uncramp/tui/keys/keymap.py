"""The person's own keys: which of them can be assigned, and why the others cannot."""

import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path

from textual.keys import KEY_NAME_REPLACEMENTS, Keys, _character_to_key, format_key

from uncramp.core.text.suggestions import nearest
from uncramp.core.toml.problems import Problem
from uncramp.session.key_table import FORMER_IDS, KEY_BY_ID, TYPED_AT, ProgramKey
from uncramp.settings import Settings
from uncramp.settings.reader import Fault, placed

STOP = "app.interrupt"
"""The id of the key that cannot be reassigned: Ctrl-C stops the program."""

_APP = "app"


def fitted(given: Mapping[str, str]) -> tuple[dict[str, str], tuple[Fault, ...]]:
    """The keymap for Textual, and what is wrong with the person's own keys.

    An action whose keys cannot be assigned keeps its keys.
    """
    if not given:
        return {}, ()
    known = KEY_BY_ID
    faults: list[Fault] = []
    wanted: dict[str, tuple[str, ...]] = {}
    for said, words in given.items():
        name = FORMER_IDS.get(said, said)
        if name not in known:
            near = nearest(name, known)
            hint = f'Did you mean "{near}"?' if near else "uncramp config keys lists them."
            message = f"No key has that id. {hint}"
            path = _path(said)
            faults.append(
                Fault(path, "unknown-key-id", message, near, is_of_key=True, is_sentence=True)
            )
            continue
        keys = tuple(_named(key) for key in words.split(",") if key.strip())
        misfit = _misfit(known[name], keys)
        if misfit:
            faults.append(Fault(_path(said), "not-a-key", misfit))
        else:
            wanted[name] = keys
    faults += _without_clashes(wanted, known)
    return {name: ",".join(keys) for name, keys in _with_sharers(wanted, known)}, tuple(faults)


def settings_problems(settings: Settings, file: Path) -> tuple[Problem, ...]:
    """What is wrong with the settings file, including the keys in it."""
    return (*settings.problems, *placed(file, fitted(settings.keys)[1]))


def _path(name: str) -> tuple[str, ...]:
    return ("keys", name)


def _misfit(key: ProgramKey, keys: tuple[str, ...]) -> str | None:
    """Why those keys cannot be assigned; None if they can."""
    if key.id == STOP:
        return "cannot be changed: Ctrl+C always stops the program."
    if not keys:
        return 'names no key. Write one, such as "p", "space" or "ctrl+p".'
    for name in keys:
        *modifiers, bare = name.split("+")
        if not (_is_key(bare) and set(modifiers) <= _MODIFIERS):
            near = nearest(name, _NAMES)
            hint = f'Did you mean "{near}"?' if near else 'Write it like "p", "space" or "ctrl+p".'
            return f'has "{name}", which is no key. {hint}'
        if key.place in TYPED_AT and _is_typed(name):
            return (
                f'has "{name}", which is typed there. Write a function key, or '
                'one with ctrl, such as "ctrl+g".'
            )
    return None


def _is_key(name: str) -> bool:
    if name in _NAMES or len(name) == 1:
        return True
    try:
        return bool(unicodedata.lookup(name.replace("_", " ")))
    except KeyError:
        return False


def _is_typed(name: str) -> bool:
    return "+" not in name and len(format_key(name)) == 1 and name not in _ARROWS


def _without_clashes(
    wanted: dict[str, tuple[str, ...]], known: Mapping[str, ProgramKey]
) -> Iterator[Fault]:
    """Remove from `wanted` what clashes within one place, the later one first, and report it."""
    while True:
        for name in reversed(wanted):
            other = _clashing(name, wanted, known)
            if other is not None:
                break
        else:
            return
        both = next(key for key in wanted[name] if key in wanted.get(other, known[other].keys))
        del wanted[name]
        own = ", ".join(known[name].keys)
        yield Fault(
            _path(name),
            "key-clash",
            f'has "{both}", which is also the key of {other}. So {name} keeps its own: {own}.',
        )


def _clashing(
    name: str, wanted: Mapping[str, tuple[str, ...]], known: Mapping[str, ProgramKey]
) -> str | None:
    """The other ids that have a key wanted for `name`, where both work at the same time."""
    mine = known[name]
    for other in known.values():
        places = {mine.place, other.place}
        if other.id == name or not (len(places) == 1 or _APP in places):
            continue
        # Ids that share a key by default never work at the same moment.
        if set(mine.keys) & set(other.keys):
            continue
        if set(wanted[name]) & set(wanted.get(other.id, other.keys)):
            return other.id
    return None


def _with_sharers(
    wanted: Mapping[str, tuple[str, ...]], known: Mapping[str, ProgramKey]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The wanted keys, and all ids that share one: Textual clears a key for all of them."""
    moved = {key for name in wanted for key in (*known[name].keys, *wanted[name])}
    places = {known[name].place for name in wanted}
    for key in known.values():
        if key.id in wanted:
            yield key.id, wanted[key.id]
        elif key.place in places and moved.intersection(key.keys):
            yield key.id, key.keys


_ARROWS = ("up", "down", "left", "right")
_SPELT = {
    "esc": "escape", "return": "enter", "del": "delete", "pgup": "pageup", "pgdn": "pagedown",
    "pagedn": "pagedown", "page_up": "pageup", "page_down": "pagedown", "ins": "insert",
}  # fmt: skip
_MODIFIERS = {"ctrl", "shift", "alt", "super", "meta", "hyper"}
_NAMES = {key.value for key in Keys} | set(KEY_NAME_REPLACEMENTS.values()) | {"space"}


def _named(key: str) -> str:
    """The key in Textual's names: `?` is `question_mark`."""
    key = key.strip()
    *modifiers, bare = key.split("+") if len(key) > 1 else [key]
    if len(bare) > 1 or modifiers:
        bare = bare.casefold()
    bare = _SPELT.get(bare, bare)
    if len(bare) == 1 and not bare.isalnum():
        bare = _character_to_key(bare)
    return "+".join([*(modifier.casefold() for modifier in modifiers), bare])
