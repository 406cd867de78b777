"""Which part of the run screen gets how many rows: a pure sum, tried at every size.

Rows are given out in a fixed order, most needed first. A part that gets none is
not shown; one that gets fewer than its words need ends with an ellipsis.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum

from uncramp.core.lazy.dataclass import dataclass, replace
from uncramp.tui.run.text import RunFace, Tone
from uncramp.tui.widgets.digit_shapes import HEIGHTS, width_of
from uncramp.tui.widgets.large_words import large_rows
from uncramp.tui.widgets.wrapping import wrapped

WIDE_FROM = 100
"""From this many columns on there are two columns."""

MARGIN = 2
"""Columns that the words leave free, both edges together."""


class Part(StrEnum):
    """A part of the run screen, by the id of its widget."""

    TOP = "top"
    NAME = "name"
    SIDE = "side"
    TIME = "time"
    STATE = "state"
    HOW = "how"
    NOTE = "note"
    CARE = "care"
    BARS = "bars"
    NEXT = "next"
    FIGURE = "figure"
    """What is left of the second column; its rows are those that it has at least."""
    SOUND = "sound"
    KEYS = "keys"


@dataclass(frozen=True, slots=True)
class Rows:
    """How many rows each part has, and how many stay free above it.

    What is free above the name is shared with below its side.
    """

    of: Mapping[Part, int]
    above: Mapping[Part, int]
    is_cut: bool = False
    """Is there no room for all of how it is done and what to take care of?"""


@dataclass(frozen=True, slots=True)
class _Want:
    part: Part
    to: int
    """How many rows it would have with this want granted."""
    is_whole: bool = False
    """Is a share of it of no use?"""
    is_gap: bool = False


PICTURE_ROWS = 10
"""With fewer than these a picture gives its room to words; one row stays free above it."""

FRAME_ROWS = 4
"""What the frame of the second column takes of its height."""


def rows_for(face: RunFace, width: int, height: int) -> Rows:
    """The rows of each part on a screen of `width` by `height` cells."""
    if face.tone is Tone.STILL:
        return _granted(_still_wants(face, width), height)
    aside = aside_width(width, face.tone)
    if not aside:
        rows = _granted(_main_wants(face, width, has_aside=False), height)
        return replace(rows, is_cut=_is_cut(rows, face, width - MARGIN))
    inner = aside - 6
    rest = _granted(_main_wants(face, width - aside - 1, has_aside=True), height)
    across = (Part.TOP, Part.BARS, Part.SOUND, Part.KEYS)
    taken = sum(rest.of.get(part, 0) + rest.above.get(part, 0) for part in across)
    beside = _granted(_beside_wants(face, inner), max(height - taken - FRAME_ROWS, 0))
    rows = Rows({**rest.of, **beside.of}, {**rest.above, **beside.above})
    return replace(rows, is_cut=_is_cut(rows, face, inner))


def aside_width(width: int, tone: Tone = Tone.CALM) -> int:
    """How many columns the second column has on a screen `width` wide; 0 for none."""
    return width * 2 // 5 if width >= WIDE_FROM and tone is not Tone.STILL else 0


def _is_cut(rows: Rows, face: RunFace, inner: int) -> bool:
    texts = {Part.HOW: face.how, Part.CARE: face.care}
    return any(rows.of.get(part, 0) < _lines(text, inner) for part, text in texts.items())


def _granted(wants: Iterator[_Want], height: int) -> Rows:
    of: dict[Part, int] = {}
    above: dict[Part, int] = {}
    for want in wants:
        shares = above if want.is_gap else of
        missing = want.to - shares.get(want.part, 0)
        if want.is_gap and not of.get(want.part):
            continue
        granted = min(missing, height)
        if granted <= 0 or (want.is_whole and granted < missing):
            continue
        shares[want.part] = shares.get(want.part, 0) + granted
        height -= granted
    return Rows(of, above)


def _lines(text: str, width: int, most: int = 99) -> int:
    return min(len(wrapped(text, width)), most)


def _main_wants(face: RunFace, width: int, *, has_aside: bool) -> Iterator[_Want]:
    inner = width - MARGIN
    # The name stands in a frame of its own, one column narrower on each side.
    name, state = _lines(face.name, inner - 2), _lines(face.state, inner)
    how, care = _lines(face.how, inner), _lines(face.care, inner)
    note, coming = _lines(face.note, inner, 3), len(face.coming[:2])
    large = large_rows(face.name, inner - 2)
    heights = [h for h in HEIGHTS if width_of(face.widest_time, h) <= inner]
    if has_aside:
        how = care = note = coming = 0
    yield _Want(Part.TIME, 1)
    yield _Want(Part.NAME, 1)
    yield _Want(Part.STATE, state if face.tone is Tone.LAPSED else 1)
    yield _Want(Part.NAME, name)
    yield _Want(Part.STATE, min(state, 2))
    yield _Want(Part.SIDE, 1)
    yield _Want(Part.KEYS, 1)
    if face.tone is Tone.READY:
        yield _Want(Part.HOW, how)
        yield _Want(Part.CARE, min(care, 2))
    yield from (_Want(Part.TIME, h, is_whole=True) for h in heights if h == 3)
    yield _Want(Part.STATE, state)
    yield _Want(Part.HOW, min(how, 2))
    yield _Want(Part.NEXT, min(coming, 1))
    yield _Want(Part.NOTE, note)
    yield _Want(Part.HOW, how)
    yield _Want(Part.BARS, 1)
    yield _Want(Part.TOP, 1)
    yield from (_Want(Part.TIME, h, is_whole=True) for h in heights if h == 5)
    yield _Want(Part.CARE, min(care, 2))
    yield _Want(Part.BARS, 2)
    yield _Want(Part.SOUND, 1)
    yield _Want(Part.NEXT, coming)
    yield _Want(Part.HOW, 1, is_gap=True)
    yield _Want(Part.BARS, 1, is_gap=True)
    yield _Want(Part.STATE, 1, is_gap=True)
    yield _Want(Part.TIME, 1, is_gap=True)
    yield from (_Want(Part.TIME, h, is_whole=True) for h in heights if h == 7)
    yield _Want(Part.CARE, care)
    yield from (_Want(Part.NAME, rows, is_whole=True) for rows in large[:1])
    yield _Want(Part.NAME, 2, is_whole=True, is_gap=True)
    yield _Want(Part.NEXT, 1, is_gap=True)
    yield _Want(Part.KEYS, 1, is_gap=True)
    yield from (_Want(Part.TIME, h, is_whole=True) for h in heights if h == 9)
    yield from (_Want(Part.NAME, rows, is_whole=True) for rows in large[1:])


def _beside_wants(face: RunFace, inner: int) -> Iterator[_Want]:
    how, care = _lines(face.how, inner), _lines(face.care, inner)
    yield _Want(Part.HOW, how)
    yield _Want(Part.NEXT, min(len(face.coming), 2))
    yield _Want(Part.NOTE, _lines(face.note, inner, 3))
    yield _Want(Part.CARE, min(care, 2))
    if face.has_picture:
        yield _Want(Part.FIGURE, PICTURE_ROWS + 1, is_whole=True)
    yield _Want(Part.CARE, care)
    yield _Want(Part.CARE, 1, is_gap=True)
    yield _Want(Part.NOTE, 1, is_gap=True)
    yield _Want(Part.NEXT, 1, is_gap=True)


def _still_wants(face: RunFace, width: int) -> Iterator[_Want]:
    """Of a step that has grown still: the time, its name, what comes next, when it all ends."""
    inner = width - MARGIN
    yield _Want(Part.TIME, 1)
    yield _Want(Part.NAME, max(_lines(face.name, inner - 2), 1))
    yield _Want(Part.STATE, 1)
    yield _Want(Part.NEXT, min(len(face.coming), 1))
    yield _Want(Part.TOP, 1)
    for height in reversed(HEIGHTS):
        if width_of(face.widest_time, height) <= inner:
            yield _Want(Part.TIME, height, is_whole=True)
    yield _Want(Part.NOTE, _lines(face.note, inner, 3))
    yield _Want(Part.NAME, 2, is_whole=True, is_gap=True)
    yield _Want(Part.STATE, 1, is_gap=True)
    yield _Want(Part.NEXT, 1, is_gap=True)
