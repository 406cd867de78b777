"""What keys are called on the screen, those among them that a person gave instead of ours."""

from collections.abc import Iterator
from dataclasses import replace

from textual.binding import Binding
from textual.dom import DOMNode

_NAMES = {
    "space": "Space",
    "enter": "Enter",
    "escape": "Esc",
    "tab": "Tab",
    "backspace": "Backspace",
    "delete": "Del",
    "insert": "Ins",
    "home": "Home",
    "end": "End",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "plus": "+",
    "minus": "-",
    "equals_sign": "=",
    "question_mark": "?",
    "comma": ",",
    "full_stop": ".",
    "slash": "/",
}


def key_name(binding: Binding) -> str:
    """The name of a binding's key: `Space`, `→`, `R`, `^N`, `F6`."""
    if binding.key_display:
        return binding.key_display
    modifiers, key = binding.parse_key()
    name = _NAMES.get(key, key.upper() if len(key) == 1 or key[1:].isdigit() else key)
    others = "".join(f"{modifier.capitalize()}+" for modifier in modifiers if modifier != "ctrl")
    return f"{others}{'^' if 'ctrl' in modifiers else ''}{name}"


def bindings_of(node: DOMNode) -> Iterator[Binding]:
    """The keys that a place declares, in order, with the person's own in place of ours."""
    keymap = node.app._keymap
    for _, binding in node._bindings:
        own = keymap.get(binding.id or "")
        if own:
            yield replace(binding, key=own.split(",")[0], key_display=None)
        else:
            yield binding


def given_key(node: DOMNode, action: str) -> str | None:
    """What the key is called that a person gave to an action of that place; None where none."""
    keymap = node.app._keymap
    if not keymap:
        return None
    for owner, prefix in ((node, ""), (node.app, "app.")):
        for binding in bindings_of(owner):
            if binding.id in keymap and action == f"{prefix}{binding.action}":
                return key_name(binding)
    return None
