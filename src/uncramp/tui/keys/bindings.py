"""The key table in Textual's terms: bindings for a screen, keys for its line, a help page.

This is the only module that asks Textual for the keys of a screen.
"""

from collections.abc import Collection, Iterator, Mapping

from textual.binding import Binding, BindingType
from textual.dom import DOMNode

from uncramp.session.key_table import (
    KEY_BY_ID,
    KEY_TABLE,
    key_words,
    keys_of_place,
)

_APP = "app"


def bindings_for(place: str, **actions: str) -> list[BindingType]:
    """The bindings of a place: each runs the action of its name, or the one given for that name.

    A letter works in both cases, unless the other case has its own meaning there.
    """
    taken = _taken(place, {key.id: key.keys for key in KEY_TABLE})
    return [
        Binding(
            ",".join(_both_cases(key.keys, taken)),
            actions.get(key.name, key.name),
            key.label,
            id=key.id,
            priority=key.beats_typing,
            show=False,
        )
        for key in keys_of_place(place)
    ]


def with_both_cases(keymap: Mapping[str, str]) -> dict[str, str]:
    """A keymap in which each letter works in both cases, as in `bindings_for`."""
    table = {key.id: key.keys for key in KEY_TABLE}
    table |= {id_: tuple(keys.split(",")) for id_, keys in keymap.items()}
    taken = {key.place: _taken(key.place, table) for key in map(KEY_BY_ID.__getitem__, keymap)}
    return {id_: ",".join(_both_cases(table[id_], taken[KEY_BY_ID[id_].place])) for id_ in keymap}


def _taken(place: str, table: Mapping[str, tuple[str, ...]]) -> set[str]:
    """The keys that have a meaning in a place."""
    places = (place, _APP)
    return {key for id_, keys in table.items() if KEY_BY_ID[id_].place in places for key in keys}


def _both_cases(keys: tuple[str, ...], taken: Collection[str]) -> tuple[str, ...]:
    letters = (each for each in keys if len(each) == 1 and each.isalpha())
    others = (letter.swapcase() for letter in letters)
    return (*keys, *(other for other in others if other not in taken))


def bindings_of(node: DOMNode) -> Iterator[Binding]:
    """The keys of a place, the first key of each action: the person's own, or else ours."""
    seen = set[str]()
    keymap = node.app._keymap
    for key, binding in node._bindings:
        if binding.id not in KEY_BY_ID or binding.id in seen:
            continue
        seen.add(binding.id)
        own = keymap.get(binding.id)
        yield binding.with_key(own.split(",")[0] if own else key, None)


def names_of(node: DOMNode) -> dict[str, str]:
    """The name of the first key of each id of a place."""
    return {binding.id or "": key_words(binding.key) for binding in bindings_of(node)}


def given_key(node: DOMNode, id_: str) -> str | None:
    """The name of the person's own key for an id; None if they assigned none."""
    keys = node.app._keymap.get(id_)
    return key_words(keys.split(",")[0]) if keys else None


def action_of(node: DOMNode, id_: str) -> str:
    """The action of an id in a place, or in the whole app; empty if it has none."""
    for owner, prefix in ((node, ""), (node.app, "app.")):
        for binding in bindings_of(owner):
            if binding.id == id_:
                return f"{prefix}{binding.action}"
    return ""


def all_names(node: DOMNode, id_: str) -> str:
    """The names of all keys of an id, as on the help page: `→ N`."""
    return " ".join(dict.fromkeys(map(key_words, keys_of(node, id_))))


def keys_of(node: DOMNode, id_: str) -> tuple[str, ...]:
    """The keys of an id, in Textual's names: the person's own, or else ours."""
    keys = node.app._keymap.get(id_)
    return tuple(keys.split(",")) if keys else KEY_BY_ID[id_].keys
