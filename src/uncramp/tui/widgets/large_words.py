"""What to do now and on which side, in large letters if they fit."""

from textual.content import Content

from uncramp.core.lazy.dataclass import dataclass
from uncramp.tui.widgets.letter_shapes import (
    LETTER_HEIGHTS,
    large_lines,
    letters_drawn,
    letters_wide,
)
from uncramp.tui.widgets.words import Words

MOST_LINES = {3: 3, 5: 3, 8: 3}
"""The most lines of large letters, by their height; two for all others."""


@dataclass(frozen=True, slots=True)
class LargeLines:
    """Words split into lines of large letters."""

    lines: tuple[str, ...]
    letter_rows: int
    is_narrow: bool

    @property
    def words(self) -> str:
        """The text, without the signs of a side."""
        return " ".join(self.lines).strip("◀▶◆ ").replace("◀ ", "").replace("◆ ", "")

    @property
    def rows(self) -> int:
        """How many rows they take, with one free row between two lines."""
        return len(self.lines) * (self.letter_rows + 1) - 1

    @property
    def columns(self) -> int:
        """How many columns the widest line takes."""
        return max(
            letters_wide(line, self.letter_rows, is_narrow=self.is_narrow) for line in self.lines
        )

    def drawn(self) -> str:
        """All of their rows."""
        blocks = (
            "\n".join(letters_drawn(line, self.letter_rows, is_narrow=self.is_narrow))
            for line in self.lines
        )
        return "\n\n".join(blocks)


def large_forms(text: str, width: int) -> tuple[LargeLines, ...]:
    """`text` at each height of letters that fits `width`, smallest first.

    Letters are narrow if that takes fewer lines, or if nothing else fits.
    """
    forms = (_form(text, width, height) for height in reversed(LETTER_HEIGHTS))
    return tuple(form for form in forms if form is not None)


def _form(text: str, width: int, height: int) -> LargeLines | None:
    most = MOST_LINES.get(height, 2)
    found = [
        LargeLines(lines, height, is_narrow)
        for is_narrow in (False, True)
        if (lines := large_lines(text, width, height, most, is_narrow=is_narrow))
    ]
    return min(found, key=lambda form: len(form.lines), default=None)


def side_forms(words: str, sign: str, width: int, *, is_one_line: bool) -> tuple[LargeLines, ...]:
    """A side, such as `left leg`, with its sign, at each height from five rows up, smallest first.

    It takes one line, or two with the sign on the second; the limb is left out if it does not
    fit, and so is a sign that points to no side.
    """
    side, _, limb = words.partition(" ")
    short = (_signed(side, sign),)
    if sign == UNKNOWN and _columns(short[0], SMALLEST_SIDE) > width:
        short = (side,)
    whole = (_signed(words, sign),) if is_one_line else (side, _signed(limb, sign))
    found: list[LargeLines] = []
    for height in reversed(LETTER_HEIGHTS):
        for lines in (short, whole) if limb else (short,):
            form = LargeLines(tuple(line.upper() for line in lines), height, is_narrow=True)
            # If there was room for the limb, it stays when letters grow.
            is_next = lines is whole or not any(len(other.words) > len(side) for other in found)
            if height >= SMALLEST_SIDE and is_next and form.columns <= width:
                found.append(form)
    return tuple(found)


SMALLEST_SIDE = 5
"""The least height of a side's letters, readable from three steps away."""


UNKNOWN = "◆"
"""The sign of a side that nobody has named."""


def _columns(line: str, height: int) -> int:
    return letters_wide(line.upper(), height, is_narrow=True)


def _signed(words: str, sign: str) -> str:
    return {"◀": f"◀ {words}", "▶": f"{words} ▶", "◀▶": f"◀ {words} ▶"}.get(sign, f"{sign} {words}")


class LargeWords(Words):
    """Words that are drawn large if they have enough rows."""

    def render(self) -> Content:
        """The words in the largest letters that fit."""
        width, rows = self.content_size.width, self.content_size.height
        fitting = [form for form in large_forms(self.text, width) if form.rows <= rows]
        return Content(fitting[-1].drawn()) if fitting else super().render()
