"""What keys are called on the screen."""

from textual.binding import Binding

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
