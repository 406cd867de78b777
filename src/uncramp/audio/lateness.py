"""How late each backend plays, as `uncramp doctor --sound` measured it."""

import json
from collections.abc import Mapping
from pathlib import Path

from uncramp.system.files import put_file, read_file

_LARGEST = 65_536
"""The most bytes that are read of the file."""
NEAREST_MS = 300.0
"""A sound further from its moment than this is a different sound."""


def read_lateness(file: Path) -> dict[str, float]:
    """What was measured before, in milliseconds by backend; empty if it cannot be read."""
    try:
        known = json.loads(read_file(file, _LARGEST))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(known, dict):
        return {}
    return {
        str(name): float(ms)
        for name, ms in known.items()
        if isinstance(ms, int | float) and abs(ms) <= NEAREST_MS
    }


def write_lateness(file: Path, found: Mapping[str, float]) -> None:
    """Keep what was measured for the next runs. Raises OSError."""
    text = json.dumps({name: round(ms, 1) for name, ms in found.items()})
    put_file(file, f"{text}\n".encode())
