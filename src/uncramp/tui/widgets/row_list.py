"""The base of all lists: rows, one of which is chosen, drawn only when visible.

A list makes and draws only visible rows, so that a plan of a hundred thousand steps opens at once.
It takes no keys: they belong to the screen, so that typing can go elsewhere.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import ClassVar, Generic, TypeVar

from rich.segment import Segment
from rich.style import Style
from textual.events import Click
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from uncramp.tui.widgets.wrapping import shortened

RowT = TypeVar("RowT")

Line = tuple[list[Segment], Style]
"""The parts of one line, and the style of the rest of its width."""


class RowList(ScrollView, Generic[RowT], can_focus=False):
    """Rows to choose from. A kind of list says how a row is drawn, and which can be chosen."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "row--heading", "row--text", "row--quiet", "row--chosen", "row--chosen-quiet",
    }  # fmt: skip

    DEFAULT_CSS = """
    RowList {
        height: 1fr;
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        & > .row--heading { color: $primary; text-style: bold; }
        & > .row--text { color: $foreground; }
        & > .row--quiet { color: $text-muted; }
        & > .row--chosen { color: $primary; background: $surface; text-style: bold; }
        & > .row--chosen-quiet { color: $foreground; background: $surface; }
    }
    """

    chosen: reactive[int] = reactive(0, repaint=False)
    """The row that the keys act on, counted from 0."""

    @dataclass
    class Chose(Message):
        """Another row is chosen, or the chosen one says something else."""

    @dataclass
    class Clicked(Message):
        """A row was clicked, and is chosen now."""

        was_chosen: bool
        """Was it chosen before the click?"""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        """Show no rows yet."""
        super().__init__(id=id)
        self._rows: Sequence[RowT] = ()
        self._tops: Sequence[int] = range(1)

    # For each kind of list.

    def draw(self, row: RowT, line: int, width: int, *, is_chosen: bool) -> Line:
        """Line `line` of a row, in `width` cells."""
        raise NotImplementedError

    def can_choose(self, row: RowT) -> bool:
        """Can the row be chosen? A heading cannot."""
        return True

    def tops(self, rows: Sequence[RowT]) -> Sequence[int]:
        """The first line of each row, and at the end the total number of lines."""
        return range(len(rows) + 1)

    # For screens.

    @property
    def rows(self) -> Sequence[RowT]:
        """The rows that are shown."""
        return self._rows

    @property
    def chosen_row(self) -> RowT | None:
        """The row that the keys act on; None if none can be chosen."""
        if not 0 <= self.chosen < len(self._rows):
            return None
        row = self._rows[self.chosen]
        return row if self.can_choose(row) else None

    def show_rows(self, rows: Sequence[RowT], chosen: int) -> None:
        """Show `rows`, and choose the one at `chosen` or the next possible one below it."""
        before = self.chosen_row
        self._rows = rows
        self._measure()
        self.chosen = self._nearest(chosen, 1)
        self._scroll_to_chosen()
        self.refresh()
        if self.chosen_row != before:
            self.post_message(self.Chose())

    def move_by(self, rows: int) -> None:
        """Choose the row `rows` further down, or the last one."""
        self._choose(self._nearest(self.chosen + rows, 1 if rows > 0 else -1))

    def move_by_pages(self, pages: int) -> None:
        """Choose the row `pages` further down: at least the next one."""
        if not self._rows:
            return
        line = self._tops[self.chosen] + pages * max(self.size.height, 1)
        further = self._at_line(line) - self.chosen
        self.move_by(further if further * pages > 0 else pages)

    # Private parts.

    def _nearest(self, at: int, towards: int) -> int:
        """The nearest row to `at` that can be chosen, in the direction of `towards` first."""
        if not self._rows:
            return 0
        at = max(min(at, len(self._rows) - 1), 0)
        down, up = range(at, len(self._rows)), range(at, -1, -1)
        ways = (down, up) if towards > 0 else (up, down)
        return next((i for i in chain(*ways) if self.can_choose(self._rows[i])), 0)

    def _choose(self, at: int) -> None:
        if at != self.chosen:
            self.chosen = at
            self.post_message(self.Chose())
        self._scroll_to_chosen()

    def _at_line(self, line: int) -> int:
        """The row at a line of the whole list; the last row for lines below it."""
        return max(min(bisect_right(self._tops, line), len(self._rows)) - 1, 0)

    def _measure(self) -> None:
        self._tops = self.tops(self._rows)
        self.virtual_size = Size(self.scrollable_content_region.width, self._tops[-1])

    def _scroll_to_chosen(self) -> None:
        if not self._rows:
            return
        # A heading becomes visible with the first row of its group.
        first = self.chosen
        while first > 0 and not self.can_choose(self._rows[first - 1]):
            first -= 1
        top = self._tops[first]
        region = Region(0, top, 1, self._tops[self.chosen + 1] - top)
        self.scroll_to_region(region, animate=False, force=True, immediate=True)

    def watch_chosen(self, before: int, now: int) -> None:
        """Draw the two rows that changed."""
        for at in {before, now}:
            if at < len(self._rows):
                top, end = self._tops[at], self._tops[at + 1]
                y = top - self.scroll_offset.y
                self.refresh(Region(0, y, self.size.width, end - top))

    def on_resize(self) -> None:
        """Keep the chosen row visible."""
        self._measure()
        self._scroll_to_chosen()

    def on_click(self, event: Click) -> None:
        """Choose the row under the mouse."""
        line = event.y + self.scroll_offset.y
        if not 0 <= line < self._tops[-1]:
            return
        at = self._at_line(line)
        if self.can_choose(self._rows[at]):
            was_chosen = at == self.chosen
            self._choose(at)
            self.post_message(self.Clicked(was_chosen))

    def render_line(self, y: int) -> Strip:
        """One line of a row."""
        width = self.scrollable_content_region.width
        line = y + self.scroll_offset.y
        if line >= self._tops[-1]:
            return Strip.blank(width, self.rich_style)
        at = self._at_line(line)
        parts, style = self.draw(
            self._rows[at], line - self._tops[at], width, is_chosen=at == self.chosen
        )
        return Strip(parts).adjust_cell_length(width, style)

    def style(self, name: str) -> Style:
        """The style of a part of a row, by the last word of its component class."""
        return self.get_component_rich_style(f"row--{name}")

    def heading(self, words: str, width: int) -> Line:
        """The line of a heading."""
        style = self.style("heading")
        return [Segment(shortened(words, max(width - 1, 0)), style)], style
