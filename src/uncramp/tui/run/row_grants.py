"""Gives out rows: wants in their order, each granted if there is room."""

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum

from uncramp.core.lazy.dataclass import dataclass
from uncramp.tui.widgets.large_words import LargeLines


class Part(StrEnum):
    """A part of the run screen, by the id of its widget."""

    TOP = "top"
    NAME = "name"
    SIDE = "side"
    SIGN = "sign"
    """The side as a large word, beside the time or above it."""
    TIME = "time"
    STATE = "state"
    HOW = "how"
    NOTE = "note"
    CARE = "care"
    BARS = "bars"
    NEXT = "next"
    BUTTONS = "buttons"
    FIGURE = "figure"
    """The rest of the second column; its rows are the least that it has."""
    SOUND = "sound"
    KEYS = "keys"


@dataclass(frozen=True, slots=True)
class Rows:
    """How many rows each part has, and how many stay free above it.

    The free rows above the name are shared with those below its side.
    """

    of: Mapping[Part, int]
    above: Mapping[Part, int]
    is_cut: bool = False
    """Is the text on how to do it, or a caution, cut?"""
    sign: LargeLines | None = None
    """The large side, ready to draw."""
    has_sign_beside: bool = False
    """Is it beside the time, not above it?"""
    hold_columns: int = 0
    """How many columns a picture has beside the name and the time; 0 for none there."""


@dataclass(frozen=True, slots=True)
class Want:
    """Rows for a part, granted if they fit."""

    part: Part
    to: int
    """How many rows it would have with this want granted."""
    is_whole: bool = False
    """Is it useless in part?"""
    is_gap: bool = False
    """Are these free rows above it?"""


def _always(_: Mapping[Part, int]) -> bool:
    return True


def _is_place_at_top(of: Mapping[Part, int]) -> bool:
    """Is the place in the plan next to the title, because the side is large?"""
    return bool(of.get(Part.SIGN) and of.get(Part.TOP) and of.get(Part.SIDE))


def granted(
    wants: Iterator[Want],
    height: int,
    *,
    fits: Callable[[Mapping[Part, int]], bool] = _always,
    has_sign_beside: bool = False,
) -> Rows:
    """The rows of each part within `height`; `fits` says whether they fit across as well.

    With `has_sign_beside` the large side shares its rows with the time.
    """
    of: dict[Part, int] = {}
    above: dict[Part, int] = {}

    def used() -> int:
        both = min(of.get(Part.TIME, 0), of.get(Part.SIGN, 0)) if has_sign_beside else 0
        spared = of.get(Part.SIDE, 0) if _is_place_at_top(of) else 0
        # Above the time it needs a free row below it.
        apart = 1 if of.get(Part.SIGN) and not has_sign_beside else 0
        return sum(of.values()) + sum(above.values()) + apart - both - spared

    for want in wants:
        shares = above if want.is_gap else of
        before = shares.get(want.part, 0)
        if want.is_gap and not of.get(want.part):
            continue
        for rows in (want.to,) if want.is_whole else range(want.to, before, -1):
            if rows <= before:
                break
            shares[want.part] = rows
            if used() <= height and fits(of):
                break
            shares[want.part] = before
    if _is_place_at_top(of):
        del of[Part.SIDE]
    parts = {part: rows for part, rows in of.items() if rows}
    gaps = {part: rows for part, rows in above.items() if rows}
    return Rows(parts, gaps, has_sign_beside=has_sign_beside)
