"""Messages between the program and a separate process: one JSON object a line.

The object has one key, the message's name, with the message's values under it.
"""

import json
from collections.abc import Mapping
from typing import Any, TypeVar

from uncramp.core.lazy.dataclass import field_types, field_values

T = TypeVar("T")


class NotAMessage(Exception):
    """A line that is no message; the text shows it."""


def encoded(name: str, message: Any) -> bytes:
    """The message called `name` as a line, including the line end."""
    return json.dumps({name: field_values(message)}).encode() + b"\n"


def decoded(line: bytes, kinds: Mapping[str, type[T]]) -> T:
    """The line as one of the messages `kinds`, which are by their names. Raises NotAMessage."""
    name, values = _parts(line)
    if name not in kinds:
        raise NotAMessage(f"no message is called {name!r}")
    kind = kinds[name]
    return kind(**_checked(kind, values))


def _parts(line: bytes) -> tuple[str, dict[str, Any]]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        raise NotAMessage("the line is not JSON") from None
    if not isinstance(found, dict) or len(found) != 1:
        raise NotAMessage("the line is not an object with one key")
    ((name, values),) = found.items()
    if not isinstance(values, dict):
        raise NotAMessage(f"{name} has no values")
    return name, values


def _checked(kind: type[Any], values: dict[str, Any]) -> dict[str, Any]:
    known = field_types(kind)
    for name, value in values.items():
        if name not in known:
            raise NotAMessage(f"{kind.__name__} has no {name}")
        values[name] = _value(f"{kind.__name__}.{name}", value, known[name])
    if missing := known.keys() - values.keys():
        raise NotAMessage(f"{kind.__name__} lacks {', '.join(sorted(missing))}")
    return values


def _value(name: str, value: Any, wanted: Any) -> Any:
    """A value of a message, checked against its field. Raises NotAMessage."""
    if wanted == tuple[str, ...]:
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            return tuple(value)
    elif wanted == tuple[float, ...]:
        if isinstance(value, list) and all(map(_is_number, value)):
            return tuple(value)
    elif wanted == Mapping[str, float]:
        if isinstance(value, dict) and all(_is_number(one) for one in value.values()):
            return value
    elif isinstance(value, wanted):
        if not isinstance(value, bool) or wanted is bool:
            return value
    elif wanted is float and _is_number(value):
        return value
    raise NotAMessage(f"{name} is not {wanted}")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
