"""Rows of large buttons, each with its key on it, for a person who can hardly look.

A button only does what its key does.
"""

from collections.abc import Iterator
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.events import Click
from textual.strip import Strip
from textual.widget import Widget

from uncramp.core.lazy.dataclass import dataclass
from uncramp.tui.keys.bindings import action_of, given_key
from uncramp.tui.widgets.letter_shapes import (
    LETTER_HEIGHTS,
    can_be_drawn,
    letters_drawn,
    letters_wide,
)
from uncramp.tui.widgets.wrapping import shortened

ROW_OF_ONE_FROM = 50
"""With fewer columns than this, a row of more than two buttons is split into two."""


@dataclass(frozen=True, slots=True)
class ButtonShown:
    """A button: its label, and whether it is already chosen."""

    id: str
    """Its id in the key table."""
    key: str
    words: str
    is_chosen: bool = False


ButtonRow = tuple[ButtonShown, ...]


@dataclass(frozen=True, slots=True)
class _Placed:
    button: ButtonShown
    x: int
    y: int
    wide: int
    high: int
    letter_rows: int
    """The height of its letters: the same for a whole row, 1 for ordinary text."""


class ButtonRows(Widget):
    """Rows of buttons that share the width; the chosen one in each row is marked."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"buttons--button", "buttons--chosen"}

    DEFAULT_CSS = """
    ButtonRows {
        & > .buttons--button { color: $text; text-style: bold; }
        & > .buttons--chosen {
            background: $block-cursor-background;
            color: $block-cursor-foreground;
            text-style: $block-cursor-text-style;
        }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        """Show nothing yet."""
        super().__init__(id=id)
        self._rows: tuple[ButtonRow, ...] = ()

    @property
    def text(self) -> str:
        """The labels of the buttons, a line for each row."""
        return "\n".join("   ".join(map(self._words_of, row)) for row in self._rows)

    def show(self, rows: tuple[ButtonRow, ...]) -> None:
        """Show `rows`; draw only if they changed."""
        if rows != self._rows:
            self._rows = rows
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """One row of cells."""
        plain = self.rich_style
        styles = (
            self.get_component_rich_style("buttons--button"),
            self.get_component_rich_style("buttons--chosen"),
        )
        segments: list[Segment] = []
        x = 0
        for placed in self._placed():
            if placed.y <= y < placed.y + placed.high:
                segments.append(Segment(" " * (placed.x - x), plain))
                segments.append(self._row_of(placed, y - placed.y, styles))
                x = placed.x + placed.wide
        return Strip(segments).adjust_cell_length(self.size.width, plain)

    async def on_click(self, event: Click) -> None:
        """Do what the button under the mouse does; a click between buttons goes to the screen."""
        at = event.get_content_offset(self)
        if at is None:
            return
        for placed in self._placed():
            is_across = placed.x <= at.x < placed.x + placed.wide
            if is_across and placed.y <= at.y < placed.y + placed.high:
                event.stop()
                action = action_of(self.screen, placed.button.id)
                if action:
                    await self.screen.run_action(action)
                return

    def _row_of(self, placed: _Placed, row: int, styles: tuple[Style, Style]) -> Segment:
        button, inner = placed.button, placed.wide - 2
        style = styles[button.is_chosen]
        if placed.high == 1:
            words = shortened(self._words_of(button), inner)
            return Segment(f"[{words.center(inner)}]", style)
        # A thick frame shows what is chosen if there are no colours.
        frame = "┏━┓┃┗┛" if button.is_chosen else "╭─╮│╰╯"
        if row in (0, placed.high - 1):
            left, right = (frame[0], frame[2]) if row == 0 else (frame[4], frame[5])
            return Segment(left + frame[1] * inner + right, style)
        lines = self._lines_of(placed)
        at = row - 1 - (placed.high - 2 - len(lines)) // 2
        said = lines[at] if 0 <= at < len(lines) else ""
        return Segment(f"{frame[3]}{said.center(inner)}{frame[3]}", style)

    def _lines_of(self, placed: _Placed) -> tuple[str, ...]:
        """Its label, in large letters if all of its row fit."""
        if placed.letter_rows == 1:
            return (shortened(self._words_of(placed.button), placed.wide - 2),)
        words = self._words_of(placed.button, has_mark=False)
        return letters_drawn(words, placed.letter_rows)

    def _letter_rows(self, row: ButtonRow, wide: int, high: int) -> int:
        words = [self._words_of(button, has_mark=False) for button in row]
        if not all(map(can_be_drawn, words)):
            return 1
        fitting = (
            rows
            for rows in LETTER_HEIGHTS
            if rows <= high - 2 and all(letters_wide(each, rows) <= wide - 4 for each in words)
        )
        return next(fitting, 1)

    def _words_of(self, button: ButtonShown, *, has_mark: bool = True) -> str:
        mark = "✓ " if button.is_chosen and has_mark else ""
        return f"{mark}{given_key(self.screen, button.id) or button.key} {button.words}"

    def _placed(self) -> Iterator[_Placed]:
        width, height = self.size
        rows = list(self._rows)
        if width < ROW_OF_ONE_FROM:
            rows = [part for row in rows for part in _halves(row)]
        if not rows:
            return
        high = max(height // len(rows), 1)
        for at, row in enumerate(rows):
            wide = (width - len(row) + 1) // len(row)
            letter_rows = self._letter_rows(row, wide, high)
            for index, button in enumerate(row):
                x, y = index * (wide + 1), at * high
                yield _Placed(button, x, y, wide, high, letter_rows)


def _halves(row: ButtonRow) -> tuple[ButtonRow, ...]:
    middle = (len(row) + 1) // 2
    return (row[:middle], row[middle:]) if len(row) > 2 else (row,)
