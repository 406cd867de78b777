"""Which part of the run screen gets how many rows: a pure sum, tried at every size.

Rows are given out in a fixed order, most needed first. A part that gets none is
not shown; one that gets fewer than its words need ends with an ellipsis.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum

from uncramp.core.figures.render import SMALLEST_ROWS
from uncramp.core.lazy.dataclass import dataclass, replace
from uncramp.tui.run.text import RunFace, Tone
from uncramp.tui.widgets.button_rows import ROW_OF_ONE_FROM
from uncramp.tui.widgets.digit_shapes import HEIGHTS, width_of
from uncramp.tui.widgets.large_words import SMALLEST_SIDE, LargeLines, large_forms, side_forms
from uncramp.tui.widgets.wrapping import wrapped

WIDE_FROM = 100
"""From this many columns on there are two columns, where the step has a picture."""

HOLD_FROM = 76
"""From this many columns on a cramp has its picture beside its name, where it has no other."""

BUTTONS_BREAK_BELOW = ROW_OF_ONE_FROM + 2
"""With fewer columns than these the first row of buttons is two."""

BESIDE = 2
"""Columns between a large side and the time beside it."""

MARGIN = 2
"""Columns that the words leave free, both edges together."""


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
    sign: LargeLines | None = None
    """The large side, as it is to be drawn."""
    has_sign_beside: bool = False
    """Does it stand beside the time, not above it?"""
    hold_columns: int = 0
    """How many columns a picture has beside the name and the time; 0 for none there."""


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
    aside = aside_width(width, face)
    if not aside:
        rows = _rows_with_hold(face, width, height) or _main_rows(face, width, height)
        return replace(rows, is_cut=_is_cut(rows, face, width - MARGIN))
    inner = aside - 6
    rest = _main_rows(face, width - aside - 1, height, has_words_beside=True)
    across = (Part.TOP, Part.BUTTONS, Part.BARS, Part.SOUND, Part.KEYS)
    room = max(height - _taken(rest, across) - FRAME_ROWS, 0)
    beside = _granted(_beside_wants(face, inner), room)
    rows = replace(rest, of={**rest.of, **beside.of}, above={**rest.above, **beside.above})
    return replace(rows, is_cut=_is_cut(rows, face, inner))


def _taken(rows: Rows, parts: Iterable[Part]) -> int:
    return sum(rows.of.get(part, 0) + rows.above.get(part, 0) for part in parts)


def _rows_with_hold(face: RunFace, width: int, height: int) -> Rows | None:
    """The rows with a picture beside the name and the time; None where it has no room there."""
    if not (face.has_buttons and face.has_picture and width >= HOLD_FROM):
        return None
    columns = width * 3 // 10
    rows = _main_rows(face, width, height, hold_columns=columns)
    beside = (Part.NAME, Part.SIDE, Part.SIGN, Part.TIME, Part.STATE)
    is_large = rows.of[Part.NAME] > _lines(face.name, width - columns - MARGIN - 2)
    others = _taken(rows, (part for part in Part if part not in beside))
    if height - others < SMALLEST_ROWS or not is_large:
        return None
    return replace(rows, hold_columns=columns)


def aside_width(width: int, face: RunFace) -> int:
    """How many columns the second column has on a screen `width` wide; 0 for none.

    It is there for the picture: without one all of the width is for words and digits.
    """
    if face.tone is Tone.STILL or not face.has_picture:
        return 0
    return width * 2 // 5 if width >= WIDE_FROM else 0


def _is_cut(rows: Rows, face: RunFace, inner: int) -> bool:
    texts = {Part.HOW: face.how, Part.CARE: face.care}
    return any(rows.of.get(part, 0) < _lines(text, inner) for part, text in texts.items())


def _always(_: Mapping[Part, int]) -> bool:
    return True


def _is_place_at_top(of: Mapping[Part, int]) -> bool:
    """Does the place in the plan stand with the title, because the side is large?"""
    return bool(of.get(Part.SIGN) and of.get(Part.TOP) and of.get(Part.SIDE))


def _granted(
    wants: Iterator[_Want],
    height: int,
    *,
    fits: Callable[[Mapping[Part, int]], bool] = _always,
    has_sign_beside: bool = False,
) -> Rows:
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


def _lines(text: str, width: int, most: int = 99) -> int:
    return min(len(wrapped(text, width)), most)


def _main_rows(
    face: RunFace, width: int, height: int, *, has_words_beside: bool = False, hold_columns: int = 0
) -> Rows:
    """The rows of the main column, with the large side where it leaves the most room."""
    found = [
        _rows_with_sign(
            face,
            width,
            height,
            has_words_beside=has_words_beside,
            hold_columns=hold_columns,
            has_sign_beside=is_beside,
        )
        for is_beside in ((True, False) if face.side_large else (False,))
    ]
    return max(found, key=lambda rows: _worth(rows, face))


def _worth(rows: Rows, face: RunFace) -> tuple[int, ...]:
    of = rows.of
    sign, time, name = of.get(Part.SIGN, 0), of.get(Part.TIME, 0), of.get(Part.NAME, 0)
    first = (name, time) if face.leads_with_name else (time, name)
    return (rows.sign is not None, *first, sign)


def _rows_with_sign(
    face: RunFace,
    width: int,
    height: int,
    *,
    has_words_beside: bool,
    hold_columns: int,
    has_sign_beside: bool,
) -> Rows:
    inner = width - hold_columns - MARGIN
    names = large_forms(face.name, inner - 2)
    letters = {form.rows: form.letter_rows for form in names}
    signs: dict[int, LargeLines] = {}
    if face.side_large:
        forms = side_forms(*face.side_large, inner, is_one_line=not has_sign_beside)
        signs = {form.rows: form for form in forms}

    def fits(of: Mapping[Part, int]) -> bool:
        sign, time = of.get(Part.SIGN, 0), of.get(Part.TIME, 0)
        name = letters.get(of.get(Part.NAME, 0), 0)
        if face.leads_with_name and names and time >= max(name, 4):
            return False
        side = signs[sign].letter_rows if sign else name
        if not face.leads_with_name and name > min(side, time):
            return False
        if not (has_sign_beside and sign):
            return True
        across = width_of(face.widest_time, time) if time > 1 else len(face.widest_time)
        return signs[sign].columns + BESIDE + across <= inner

    wants = _main_wants(
        face,
        names,
        signs,
        beside=inner,
        inner=0 if has_words_beside else width - MARGIN,
        is_narrow=width < BUTTONS_BREAK_BELOW,
    )
    rows = _granted(wants, height, fits=fits, has_sign_beside=has_sign_beside)
    return replace(rows, sign=signs.get(rows.of.get(Part.SIGN, 0)))


def _main_wants(
    face: RunFace,
    names: tuple[LargeLines, ...],
    signs: Mapping[int, LargeLines],
    *,
    beside: int,
    inner: int,
    is_narrow: bool,
) -> Iterator[_Want]:
    """What the main column wants: its name and time `beside` columns wide, its words `inner`."""
    # The name stands in a frame of its own, one column narrower on each side.
    name, state = _lines(face.name, beside - 2), _lines(face.state, beside)
    how, care = _lines(face.how, inner), _lines(face.care, inner)
    note, coming = _lines(face.note, inner, 3), len(face.coming[:2]) if inner else 0
    heights = [h for h in reversed(HEIGHTS) if width_of(face.widest_time, h) <= beside]
    is_led_by_name = face.leads_with_name and bool(names)
    yield _Want(Part.TIME, 1)
    yield _Want(Part.NAME, 1)
    yield _Want(Part.STATE, state if face.tone is Tone.LAPSED else 1)
    yield _Want(Part.NAME, name)
    yield _Want(Part.KEYS, 1)
    yield _Want(Part.STATE, min(state, 2))
    if not face.has_buttons:
        yield _Want(Part.SIDE, 1)
    if face.tone is Tone.READY or face.has_buttons:
        yield _Want(Part.HOW, how)
        yield _Want(Part.CARE, min(care, 2))
    if face.has_buttons:
        yield _Want(Part.BUTTONS, 3 if is_narrow else 2, is_whole=True)
        yield _Want(Part.SIDE, 1)
    else:
        yield from _digits(heights, 3)
    yield _Want(Part.STATE, state)
    yield _Want(Part.HOW, min(how, 2))
    yield _Want(Part.NEXT, min(coming, 1))
    yield _Want(Part.NOTE, note)
    yield _Want(Part.HOW, how)
    if face.tone is not Tone.READY:
        yield _Want(Part.BARS, 1)
    yield _Want(Part.TOP, 1)
    if face.has_buttons:
        yield from _letters(names, 3)
        yield _Want(Part.BUTTONS, 9 if is_narrow else 6, is_whole=True)
        yield from _digits(heights, 3)
    if not is_led_by_name:
        yield from _digits(heights, 5)
    yield _Want(Part.CARE, min(care, 2))
    yield from (_Want(Part.SIGN, rows, is_whole=True) for rows in signs if rows == SMALLEST_SIDE)
    if signs:
        yield _Want(Part.TIME, 1, is_gap=True)
    if is_led_by_name:
        yield from _letters(names, 5)
        yield from _digits(heights, 3)
    else:
        yield from _letters(names, 3)
        yield from _digits(heights, 7)
        yield from _letters(names, 5)
    yield _Want(Part.CARE, care)
    yield from (_Want(Part.BARS, rows) for rows in (1, 2))
    yield _Want(Part.SOUND, 1)
    yield _Want(Part.NEXT, coming)
    for part in (Part.HOW, Part.BARS, Part.STATE, Part.TIME, Part.NEXT, Part.KEYS):
        yield _Want(part, 1, is_gap=True)
    yield _Want(Part.NAME, 2, is_whole=True, is_gap=True)
    yield from _growth(face, names, signs, heights, is_led_by_name=is_led_by_name)


def _growth(
    face: RunFace,
    names: tuple[LargeLines, ...],
    signs: Mapping[int, LargeLines],
    heights: list[int],
    *,
    is_led_by_name: bool,
) -> Iterator[_Want]:
    """What is largest grows with the screen; what stands beside it follows, a little smaller."""
    if is_led_by_name:
        for form in names:
            yield _Want(Part.NAME, form.rows, is_whole=True)
            if face.has_buttons and form.letter_rows >= SMALLEST_SIDE:
                yield _Want(Part.BUTTONS, 10, is_whole=True)
            yield from _signs(signs, form.letter_rows)
            most = form.letter_rows * 2 // 3
            yield from _digits(heights, min(most, 5) if face.has_buttons else most)
        return
    yield from _signs(signs, 5)
    for height in heights:
        yield _Want(Part.TIME, height, is_whole=True)
        yield from _signs(signs, height * 2 // 3)
        yield from _letters(names, height * 2 // 3)


def _digits(heights: list[int], most: int) -> Iterator[_Want]:
    """Digits of at most so many rows."""
    yield from (_Want(Part.TIME, height, is_whole=True) for height in heights if height <= most)


def _letters(names: tuple[LargeLines, ...], most: int) -> Iterator[_Want]:
    """The name in letters of at most so many rows."""
    fitting = (form for form in names if form.letter_rows <= most)
    yield from (_Want(Part.NAME, form.rows, is_whole=True) for form in fitting)


def _signs(signs: Mapping[int, LargeLines], most: int) -> Iterator[_Want]:
    """The side in letters of at most so many rows."""
    fitting = (rows for rows, form in signs.items() if form.letter_rows <= most)
    yield from (_Want(Part.SIGN, rows, is_whole=True) for rows in fitting)


def _picture_wants() -> Iterator[_Want]:
    yield _Want(Part.FIGURE, PICTURE_ROWS, is_whole=True)


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
