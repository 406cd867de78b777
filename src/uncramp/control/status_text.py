"""The state of a run as a line for a person or a status bar.

It loads as little as possible: a bar asks again and again.
"""

import re
from collections.abc import Callable, Mapping

from uncramp.core.text.durations import clock
from uncramp.core.text.safe_text import plain_line

NOTHING_WORDS = "Nothing is running."

PLAIN_FORMAT = "{name}{side_part} · {time}"
DEFAULT_FORMAT = "{state}" + PLAIN_FORMAT

_STATES = {"paused": "Paused: ", "lapsed": "Interrupted: ", "ended": "Over: "}


def format_fields(status: Mapping[str, object]) -> dict[str, str]:
    """The words for a format, by their names, from fields that a run sent."""
    kind, phase = _text(status, "kind"), _text(status, "phase")
    name = _text(status, "name")
    if kind == "get-ready":
        name = f"Get ready: {name}"
    side = _text(status, "side_words")
    shown_time = clock(_whole(status, "shown_ms"))
    is_up = status.get("counts_up") is True
    return {
        "name": name,
        "side": side,
        "side_part": f", {side}" if side else "",
        "time": f"{shown_time} so far" if is_up else f"{shown_time} left",
        "left": shown_time,
        "total_left": clock(_whole(status, "whole_left_ms")),
        "step": str(_whole(status, "step")),
        "steps": str(_whole(status, "steps")),
        "round": str(_whole(status, "round")),
        "rounds": str(_whole(status, "rounds")),
        "title": _text(status, "title"),
        "phase": phase,
        "state": _STATES.get(phase, ""),
        "run": _text(status, "run"),
    }


def _text(status: Mapping[str, object], name: str) -> str:
    value = status.get(name)
    return plain_line(value) if isinstance(value, str) else ""


def _whole(status: Mapping[str, object], name: str) -> int:
    value = status.get(name)
    return value if isinstance(value, int) else 0


FIELD_NAMES = tuple(format_fields({}))
"""A name in braces in a format."""


class UnknownField(ValueError):
    """A format has an unknown name."""


_FIELD = re.compile(r"\{([^{}]*)\}")


def check_format(text: str) -> None:
    """Raise UnknownField, with the name, if a format has an unknown one."""
    for match in _FIELD.finditer(text):
        if match[1] not in FIELD_NAMES:
            raise UnknownField(match[1])


def formatted(text: str, status: Mapping[str, object], escaped: Callable[[str], str] = str) -> str:
    """`text` with each `{name}` replaced; replacements are `escaped`, the text itself is not."""
    fields = format_fields(status)
    return _FIELD.sub(lambda match: escaped(fields.get(match[1], match[0])), text)


_PANGO = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "'": "&#39;", '"': "&quot;"})

ESCAPES: Mapping[str, Callable[[str], str]] = {
    "none": str,
    # waybar, i3blocks with markup=pango: the markup of Pango.
    "pango": lambda text: text.translate(_PANGO),
    # tmux: #[...] and #(...) begin with a hash.
    "tmux": lambda text: text.replace("#", "##"),
    # polybar: %{...} is a tag, and nothing makes it a text.
    "polybar": lambda text: text.replace("%{", "% {"),
    # SwiftBar and xbar: parameters follow a bar; a line of --- is a separator.
    "swiftbar": lambda text: text.replace("|", "\u2502").replace("---", "\u2014"),
}
"""How to escape text for each kind of status bar."""
