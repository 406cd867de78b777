"""The rows that each part of the run screen wants, most needed first."""

from collections.abc import Iterable, Iterator, Mapping

from uncramp.core.routine.model import Side
from uncramp.tui.run.care import care_rows
from uncramp.tui.run.row_grants import Part, Want
from uncramp.tui.run.text import RunFace, Tone
from uncramp.tui.widgets.digit_shapes import HEIGHTS, width_of
from uncramp.tui.widgets.large_words import SMALLEST_SIDE, LargeLines
from uncramp.tui.widgets.wrapping import wrapped

MARGIN = 2
"""Columns that the words leave free, both edges together."""

PICTURE_ROWS = 10
"""With fewer rows than this a picture gives its room to words; one row above it stays free."""


def lines_of(text: str, width: int, most: int = 99) -> int:
    """How many rows `text` takes at `width` columns, `most` at most."""
    return min(len(wrapped(text, width)), most)


def main_wants(
    face: RunFace,
    names: tuple[LargeLines, ...],
    signs: Mapping[int, LargeLines],
    *,
    beside: int,
    inner: int,
    is_narrow: bool,
) -> Iterator[Want]:
    """The wants of the main column: name and time are `beside` columns wide, words `inner`."""
    # The name is in its own frame, one column narrower on each side.
    name, state = lines_of(face.name, beside - 2), lines_of(face.state, beside)
    how = lines_of(face.how, inner)
    care = tuple(care_rows(face.care, inner)) if inner else ()
    note = lines_of(face.note, inner, 99 if face.is_note_whole else 3)
    coming = len(face.coming[:2]) if inner else 0
    heights = [h for h in reversed(HEIGHTS) if width_of(face.widest_time, h) <= beside]
    is_led_by_name = face.leads_with_name and bool(names)
    yield Want(Part.TIME, 1)
    yield Want(Part.NAME, 1)
    yield Want(Part.STATE, state if face.tone is Tone.LAPSED else 1)
    yield Want(Part.NAME, name)
    yield Want(Part.KEYS, 1)
    if face.has_buttons and face.is_note_whole:
        # Somebody has a cramp: how to end it comes before any trouble of the program.
        yield Want(Part.HOW, how)
        yield Want(Part.BUTTONS, 3 if is_narrow else 2, is_whole=True)
        yield Want(Part.SOUND, 1)
    yield Want(Part.STATE, state if face.is_note_whole else min(state, 2))
    if not face.has_buttons:
        yield Want(Part.SIDE, 1)
    if face.is_note_whole:
        yield Want(Part.NOTE, note, is_whole=True)
    if face.tone is Tone.READY or face.has_buttons:
        yield Want(Part.HOW, how)
        yield from _cautions(care, 2)
    if face.has_buttons:
        yield Want(Part.BUTTONS, 3 if is_narrow else 2, is_whole=True)
        yield Want(Part.SIDE, 1)
    else:
        yield from _digits(heights, 3)
    yield Want(Part.STATE, state)
    yield Want(Part.HOW, min(how, 2))
    yield Want(Part.NEXT, min(coming, 1))
    yield Want(Part.NOTE, note, is_whole=face.is_note_whole)
    yield Want(Part.HOW, how)
    if face.tone is not Tone.READY:
        yield Want(Part.BARS, 1)
    yield Want(Part.TOP, 1)
    if face.has_buttons:
        yield from _letters(names, 3)
        yield Want(Part.BUTTONS, 9 if is_narrow else 6, is_whole=True)
        yield from _digits(heights, 3)
    if not is_led_by_name:
        yield from _digits(heights, 5)
    yield from _cautions(care, 2)
    yield from (Want(Part.SIGN, rows, is_whole=True) for rows in signs if rows == SMALLEST_SIDE)
    if face.side_large:
        yield Want(Part.TIME, 1, is_gap=True)
    if is_led_by_name:
        yield from _letters(names, 5)
        yield from _digits(heights, 3)
    else:
        yield from _letters(names, 3)
        if face.side in (Side.LEFT, Side.RIGHT):
            # What to do is as tall as the side.
            yield from _cautions(care)
            yield from _letters(names, 5)
        yield from _digits(heights, 7)
        yield from _letters(names, 5)
        if face.side is Side.AFFECTED:
            yield from _signs(signs, 5)
    yield from _cautions(care)
    yield from (Want(Part.BARS, rows) for rows in (1, 2))
    yield Want(Part.SOUND, 1)
    yield Want(Part.NEXT, coming)
    for part in (Part.HOW, Part.BARS, Part.STATE, Part.TIME, Part.NEXT, Part.KEYS):
        yield Want(part, 1, is_gap=True)
    yield Want(Part.NAME, 2, is_whole=True, is_gap=True)
    yield from _growth(face, names, signs, heights, is_led_by_name=is_led_by_name)


def _growth(
    face: RunFace,
    names: tuple[LargeLines, ...],
    signs: Mapping[int, LargeLines],
    heights: list[int],
    *,
    is_led_by_name: bool,
) -> Iterator[Want]:
    """The largest part grows with the screen; the one beside it follows, a little smaller."""
    if is_led_by_name:
        for form in names:
            yield Want(Part.NAME, form.rows, is_whole=True)
            yield from _signs(signs, form.letter_rows)
            most = form.letter_rows * 2 // 3
            yield from _digits(heights, min(most, 5) if face.has_buttons else most)
        if face.has_buttons:
            yield Want(Part.BUTTONS, 10, is_whole=True)
            yield from _digits(heights, names[-1].letter_rows)
        return
    yield from _signs(signs, 5)
    for height in heights:
        yield Want(Part.TIME, height, is_whole=True)
        yield from _signs(signs, height * 2 // 3)
        yield from _letters(names, height * 2 // 3)
        yield from _signs(signs, height * 2 // 3)


def _digits(heights: list[int], most: int) -> Iterator[Want]:
    """Digits of at most `most` rows."""
    yield from (Want(Part.TIME, height, is_whole=True) for height in heights if height <= most)


def _letters(names: tuple[LargeLines, ...], most: int) -> Iterator[Want]:
    """The name in letters of at most `most` rows."""
    fitting = (form for form in names if form.letter_rows <= most)
    yield from (Want(Part.NAME, form.rows, is_whole=True) for form in fitting)


def _signs(signs: Mapping[int, LargeLines], most: int) -> Iterator[Want]:
    """The side in letters of at most `most` rows."""
    fitting = (rows for rows, form in signs.items() if form.letter_rows <= most)
    yield from (Want(Part.SIGN, rows, is_whole=True) for rows in fitting)


def _cautions(rows: Iterable[int], most: int = 99) -> Iterator[Want]:
    """As many whole cautions as fit in at most `most` rows."""
    yield from (Want(Part.CARE, each, is_whole=True) for each in rows if each <= most)


def beside_wants(face: RunFace, inner: int) -> Iterator[Want]:
    """The wants of the second column, whose words have `inner` columns."""
    care = tuple(care_rows(face.care, inner))
    if face.is_note_whole:
        yield Want(Part.NOTE, lines_of(face.note, inner), is_whole=True)
    yield Want(Part.HOW, lines_of(face.how, inner))
    yield from _cautions(care[:1])
    yield Want(Part.NEXT, min(len(face.coming), 2))
    yield Want(Part.NOTE, lines_of(face.note, inner, 3))
    yield from _cautions(care, 2)
    if face.has_picture:
        yield Want(Part.FIGURE, PICTURE_ROWS + 1, is_whole=True)
    yield from _cautions(care)
    yield Want(Part.CARE, 1, is_gap=True)
    yield Want(Part.NOTE, 1, is_gap=True)
    yield Want(Part.NEXT, 1, is_gap=True)


def still_wants(face: RunFace, width: int) -> Iterator[Want]:
    """The wants of a still step: the time, its name, what comes next, the end."""
    inner = width - MARGIN
    yield Want(Part.TIME, 1)
    yield Want(Part.NAME, max(lines_of(face.name, inner - 2), 1))
    yield Want(Part.STATE, 1)
    yield Want(Part.NEXT, min(len(face.coming), 1))
    yield Want(Part.TOP, 1)
    for height in reversed(HEIGHTS):
        if width_of(face.widest_time, height) <= inner:
            yield Want(Part.TIME, height, is_whole=True)
    yield Want(Part.NOTE, lines_of(face.note, inner, 3))
    yield Want(Part.NAME, 2, is_whole=True, is_gap=True)
    yield Want(Part.STATE, 1, is_gap=True)
    yield Want(Part.NEXT, 1, is_gap=True)
