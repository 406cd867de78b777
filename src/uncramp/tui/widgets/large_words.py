"""What is to be done now, in large letters where there is room for them."""

from textual.content import Content

from uncramp.tui.widgets.letter_shapes import large_lines, letters_drawn
from uncramp.tui.widgets.words import Words

MOST_LINES = {5: 1, 3: 2}
"""The heights of large letters, largest first, and of how many lines of them at most.

So they never take more rows than the time beside them.
"""


def large_rows(text: str, width: int) -> tuple[int, ...]:
    """The numbers of rows at which `text` stands in large letters, smallest first."""
    found = ((h, large_lines(text, width, h, most)) for h, most in MOST_LINES.items())
    return tuple(sorted(_rows_of(len(lines), height) for height, lines in found if lines))


def _rows_of(lines: int, height: int) -> int:
    # One row stays free between two lines.
    return lines * (height + 1) - 1


class LargeWords(Words):
    """Words that are drawn large where their rows are as many as that takes."""

    def render(self) -> Content:
        """The words in the largest letters that fit."""
        width, rows = self.content_size.width, self.content_size.height
        for height, most in MOST_LINES.items():
            lines = large_lines(self.text, width, height, most)
            if lines and _rows_of(len(lines), height) <= rows:
                drawn = ("\n".join(letters_drawn(line, height)) for line in lines)
                return Content("\n\n".join(drawn))
        return super().render()
