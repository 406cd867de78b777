"""Unknown keys: which key was meant, and where it belongs."""

from functools import lru_cache
from typing import Any

from uncramp.core.routine.keys import BY_OWNER, KEYS, Key, Owner
from uncramp.core.text.suggestions import nearest
from uncramp.core.toml.document import Document
from uncramp.core.toml.positions import Path
from uncramp.core.toml.problems import Severity

_A_TABLE = {
    Owner.ROUTINE: "a routine",
    Owner.DEFAULTS: "[defaults]",
    Owner.CUES: "[cues]",
    Owner.STEP: "a step",
    Owner.GROUP: "a group",
    Owner.USE: "a step that uses a routine",
    Owner.PROMPT: "a prompt",
}
"""The name of each kind of table in a sentence."""

_OF_ROUNDS = ("repeat", "rest")
"""The keys that make a group out of a step."""


def refuse_key(document: Document, name: str, owner: Owner, path: Path) -> None:
    """Report that a table has no such key, and which one was probably meant."""
    if document.problems.is_full:
        document.problems.count(Severity.ERROR)
        return
    elsewhere = [key.owner for key in KEYS if key.name == name]
    table, meant = _A_TABLE[owner], _meant_key(name, owner)
    of_a_group = _key_of_a_group(name, owner)
    if of_a_group:
        message = f"{table.capitalize()} has no such key. {_where_it_goes(of_a_group, [])}"
    elif meant:
        message = f'{table.capitalize()} has no such key. Did you mean "{meant}"?'
    elif elsewhere:
        message = f"{table.capitalize()} has no such key. {_where_it_goes(name, elsewhere)}"
    else:
        message = (
            f"{table.capitalize()} has no such key. It can have: {', '.join(BY_OWNER[owner])}."
        )
    document.error(path, "unknown-key", message, meant, at_key=True, is_sentence=True)


def written_or_meant(table: dict[str, Any], owner: Owner) -> set[str]:
    """The keys in the table, and those that were probably meant by unknown ones."""
    strange = table.keys() - BY_OWNER[owner].keys()
    meant = {_meant_key(name, owner) for name in list(strange)[:20]}
    return table.keys() | {name for name in meant if name}


def misspelt(table: dict[str, Any], owner: Owner, meant: str) -> list[str]:
    """The keys of the table that were probably meant to be `meant`."""
    strange = table.keys() - BY_OWNER[owner].keys()
    return [name for name in table if name in strange and _meant_key(name, owner) == meant][:20]


@lru_cache(maxsize=1_000)
def _meant_key(name: str, owner: Owner) -> str | None:
    """The key of this kind of table that was probably meant."""
    known = BY_OWNER[owner]
    elsewhere = {key.name for key in KEYS}
    for key in known.values():
        if _is_called(name, key):
            return key.name
    if _key_of_a_group(name, owner):
        return None
    near = nearest(name, known)
    if near is None or (name in elsewhere and near != name):
        return None
    return near


def _is_called(name: str, key: Key) -> bool:
    """Is it another name of that key?"""
    return name.casefold().replace("_", "-") in key.also_called


def _key_of_a_group(name: str, owner: Owner) -> str | None:
    """The key of a group that somebody means who writes `sets` or `pause` in a step."""
    if owner is not Owner.STEP or any(_is_called(name, key) for key in BY_OWNER[owner].values()):
        return None
    group = BY_OWNER[Owner.GROUP]
    return next((key for key in _OF_ROUNDS if _is_called(name, group[key])), None)


def _where_it_goes(name: str, owners: list[Owner]) -> str:
    if name in _OF_ROUNDS:
        return (
            "Put the step into a group: [[steps]] with repeat and rest, "
            "then [[steps.steps]] for the step itself."
        )
    if name in BY_OWNER[Owner.CUES] and owners == [Owner.CUES]:
        return f"It belongs in cues: cues = {{ {name} = … }}."
    if name == "steps":
        return "Groups stand in [[steps]]."
    return f"It belongs to {_A_TABLE[owners[0]]}."
