"""How many rows each part of the run screen gets: a pure function, tested at every size.

Rows are given out in a fixed order, most needed first. A part without rows is not shown; one with
fewer than its words need ends with an ellipsis, but a caution is shown whole or counted.
"""

from collections.abc import Iterable, Mapping

from uncramp.core.figures.render import SMALLEST_ROWS
from uncramp.core.lazy.dataclass import replace
from uncramp.core.routine.model import Side
from uncramp.tui.run.row_grants import Part, Rows, granted
from uncramp.tui.run.row_wants import MARGIN, beside_wants, lines_of, main_wants, still_wants
from uncramp.tui.run.text import RunFace, Tone
from uncramp.tui.widgets.button_rows import ROW_OF_ONE_FROM
from uncramp.tui.widgets.digit_shapes import HEIGHTS, width_of
from uncramp.tui.widgets.large_words import SMALLEST_SIDE, LargeLines, large_forms, side_forms
from uncramp.tui.widgets.letter_shapes import LETTER_HEIGHTS

WIDE_FROM = 100
"""From this many columns on there are two columns, if the step has a picture."""

HOLD_FROM = 76
"""From this many columns on a cramp's picture is beside its name, if it has no other place."""

BUTTONS_BREAK_BELOW = ROW_OF_ONE_FROM + 2
"""With fewer columns than this the first row of buttons is split into two."""

ENOUGH = 5
"""Digits of this height are not made taller at the cost of the name's large letters."""

BESIDE = 2
"""The columns between a large side and the time beside it."""

FRAME_ROWS = 4
"""The rows that the frame of the second column takes."""


def rows_for(face: RunFace, width: int, height: int) -> Rows:
    """The rows of each part on a screen of `width` by `height` cells."""
    if face.tone is Tone.STILL:
        return granted(still_wants(face, width), height)
    aside = aside_width(width, face)
    if not aside:
        rows = _main_rows(face, width, height)
        rows = _rows_with_hold(face, width, height, rows) or rows
        return replace(rows, is_cut=_is_cut(rows, face, width - MARGIN))
    inner = aside - 6
    rest = _main_rows(face, width - aside - 1, height, has_words_beside=True)
    across = (Part.TOP, Part.BUTTONS, Part.BARS, Part.SOUND, Part.KEYS)
    room = max(height - _taken(rest, across) - FRAME_ROWS, 0)
    beside = granted(beside_wants(face, inner), room)
    rows = replace(rest, of={**rest.of, **beside.of}, above={**rest.above, **beside.above})
    return replace(rows, is_cut=_is_cut(rows, face, inner))


def _taken(rows: Rows, parts: Iterable[Part]) -> int:
    return sum(rows.of.get(part, 0) + rows.above.get(part, 0) for part in parts)


def _rows_with_hold(face: RunFace, width: int, height: int, without: Rows) -> Rows | None:
    """The rows with a picture beside the name and the time; None if it does not fit there.

    `without` are the rows without it: the buttons are to have no fewer.
    """
    if not (face.has_buttons and face.has_picture and width >= HOLD_FROM):
        return None
    columns = width * 3 // 10
    rows = _main_rows(face, width, height, hold_columns=columns)
    beside = (Part.NAME, Part.SIDE, Part.SIGN, Part.TIME, Part.STATE)
    is_large = rows.of[Part.NAME] > lines_of(face.name, width - columns - MARGIN - 2)
    others = _taken(rows, (part for part in Part if part not in beside))
    has_buttons = rows.of.get(Part.BUTTONS, 0) >= without.of.get(Part.BUTTONS, 0)
    if height - others < SMALLEST_ROWS or not is_large or not has_buttons:
        return None
    return replace(rows, hold_columns=columns)


def aside_width(width: int, face: RunFace) -> int:
    """The width of the second column on a screen `width` wide; 0 for none.

    It is for the picture: without one the words and digits have the whole width.
    """
    if face.tone is Tone.STILL or not face.has_picture:
        return 0
    return width * 2 // 5 if width >= WIDE_FROM else 0


def _is_cut(rows: Rows, face: RunFace, inner: int) -> bool:
    care = face.care
    is_how_cut = rows.of.get(Part.HOW, 0) < lines_of(face.how, inner)
    has_more = care.fitting(inner, rows.of.get(Part.CARE, 0)) != len(care.cautions)
    return is_how_cut or (bool(care.cautions) and has_more)


def _main_rows(
    face: RunFace, width: int, height: int, *, has_words_beside: bool = False, hold_columns: int = 0
) -> Rows:
    """The rows of the main column, with the large side at the place that leaves the most room."""
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
    """The larger, the better: what leads comes first, but what to do is large if it can be."""
    of = rows.of
    sign, time, name = of.get(Part.SIGN, 0), of.get(Part.TIME, 0), of.get(Part.NAME, 0)
    is_large = name >= LETTER_HEIGHTS[-1]
    first = (name, time) if face.leads_with_name else (min(time, ENOUGH), is_large, time, name)
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
    is_led, is_unknown = face.leads_with_name and bool(names), face.side is Side.AFFECTED
    signs: dict[int, LargeLines] = {}
    if face.side_large:
        room = inner
        if has_sign_beside and is_unknown:
            # Without its sign it fits beside large digits more often.
            room -= BESIDE + width_of(face.widest_time, HEIGHTS[-1])
        forms = side_forms(*face.side_large, room, is_one_line=not has_sign_beside)
        signs = {form.rows: form for form in forms}

    def fits(of: Mapping[Part, int]) -> bool:
        sign, time = of.get(Part.SIGN, 0), of.get(Part.TIME, 0)
        name = letters.get(of.get(Part.NAME, 0), 0)
        if is_led and time >= max(name, 4):
            return False
        side = signs[sign].letter_rows if sign else name
        # The person knows which leg is cramped: it is never larger than what to do.
        most = name if is_unknown else max(name, SMALLEST_SIDE, 0 if is_led else time)
        if sign and side > most:
            return False
        if not face.leads_with_name and name > (time if is_unknown else min(side, time)):
            return False
        if not (has_sign_beside and sign):
            return True
        across = width_of(face.widest_time, time) if time > 1 else len(face.widest_time)
        return signs[sign].columns + BESIDE + across <= inner

    wants = main_wants(
        face,
        names,
        signs,
        beside=inner,
        inner=0 if has_words_beside else width - MARGIN,
        is_narrow=width < BUTTONS_BREAK_BELOW,
    )
    rows = granted(wants, height, fits=fits, has_sign_beside=has_sign_beside)
    return replace(rows, sign=signs.get(rows.of.get(Part.SIGN, 0)))
