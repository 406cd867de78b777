"""Pages to read: cards, what is known to help, and when to see a doctor.

The safety page is in `uncramp.advice.safety` and needs nothing from here.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from uncramp.advice.leaflet import Leaflet, LeafletPart

_Table = dict[str, Any]


@cache
def load_cards() -> tuple[Leaflet, ...]:
    """The advice cards, in the order of the list."""
    return tuple(map(_leaflet, _read("cards.toml")["cards"]))


@cache
def load_evidence() -> Leaflet:
    """What is known to help and what is not."""
    return _leaflet(_read("evidence.toml"))


def _read(name: str) -> _Table:
    return tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))


def _leaflet(table: _Table) -> Leaflet:
    return Leaflet(
        id=table["id"],
        title=table["title"],
        parts=tuple(map(_part, table["parts"])),
        summary=table.get("summary", ""),
        sources=tuple(table.get("sources", ())),
    )


def _part(table: _Table) -> LeafletPart:
    words, points = (tuple(table.get(key, ())) for key in ("words", "points"))
    return LeafletPart(table["heading"], words, points)
