"""The routines of the library, two lines each; only what is in sight is drawn."""

from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.events import Click
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from uncramp.tui.wrapping import shortened

LINES = 2
"""Lines that a row takes."""


@dataclass(frozen=True, slots=True)
class Row:
    """One routine in the list."""

    id: str
    title: str
    right: str
    """Its length, or what is wrong."""
    summary: str
    is_broken: bool = False


class RoutineList(ScrollView, can_focus=False):
    """Rows to choose from; the keys are the screen's, so that typing can go elsewhere."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "rows--title", "rows--right", "rows--summary", "rows--broken",
        "rows--chosen-title", "rows--chosen-right", "rows--chosen-summary",
    }  # fmt: skip

    DEFAULT_CSS = """
    RoutineList {
        height: 1fr;
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        & > .rows--title { color: $foreground; text-style: bold; }
        & > .rows--right { color: $text-muted; }
        & > .rows--summary { color: $text-muted; }
        & > .rows--broken { color: $text-error; text-style: bold; }
        & > .rows--chosen-title { color: $primary; background: $surface; text-style: bold; }
        & > .rows--chosen-right { color: $foreground; background: $surface; }
        & > .rows--chosen-summary { color: $foreground; background: $surface; }
    }
    """

    chosen: reactive[int] = reactive(0, repaint=False)
    """The row that Enter opens."""

    @dataclass
    class Opened(Message):
        """A row was clicked."""

        row: Row
        """Which one."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        """Show no rows yet."""
        super().__init__(id=id)
        self._rows: tuple[Row, ...] = ()

    def show(self, rows: tuple[Row, ...]) -> None:
        """Show `rows`; the chosen one stays chosen if it is still there."""
        before = self.chosen_row
        self._rows = rows
        at = next((i for i, row in enumerate(rows) if before and row.id == before.id), 0)
        self.virtual_size = Size(self.scrollable_content_region.width, len(rows) * LINES)
        self.chosen = at
        self._bring_into_sight()
        self.refresh()

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is shown."""
        return self._rows

    @property
    def chosen_row(self) -> Row | None:
        """The row that Enter opens; None where there is none."""
        return self._rows[self.chosen] if 0 <= self.chosen < len(self._rows) else None

    def move_by(self, rows: int) -> None:
        """Choose the row so many further down, as far as there are any."""
        self.chosen = max(min(self.chosen + rows, len(self._rows) - 1), 0)
        self._bring_into_sight()

    @property
    def rows_in_sight(self) -> int:
        """How many rows a page has."""
        return max(self.size.height // LINES, 1)

    def watch_chosen(self, before: int, now: int) -> None:
        """Draw the two rows that changed."""
        for at in {before, now}:
            y = at * LINES - self.scroll_offset.y
            self.refresh(Region(0, y, self.size.width, LINES))

    def on_resize(self) -> None:
        """Keep the chosen row in sight."""
        self.virtual_size = Size(self.scrollable_content_region.width, len(self._rows) * LINES)
        self._bring_into_sight()

    def on_click(self, event: Click) -> None:
        """Open the row under the mouse."""
        at = (event.y + self.scroll_offset.y) // LINES
        if 0 <= at < len(self._rows):
            self.chosen = at
            self.post_message(self.Opened(self._rows[at]))

    def render_line(self, y: int) -> Strip:
        """One line of a row."""
        width = self.scrollable_content_region.width
        at, line = divmod(y + self.scroll_offset.y, LINES)
        if at >= len(self._rows):
            return Strip.blank(width, self.rich_style)
        row, prefix = self._rows[at], "chosen-" if at == self.chosen else ""
        mark = "▌" if at == self.chosen else " "
        style = self.get_component_rich_style
        title = style(f"rows--{prefix}title")
        if line == 1:
            text = shortened(row.summary, max(width - 3, 0))
            summary = style(f"rows--{prefix}summary")
            parts = [Segment(mark, title), Segment(" ", summary), Segment(text, summary)]
            return Strip(parts).adjust_cell_length(width, summary)
        right = shortened(row.right, max(width - 4, 0))
        text = shortened(row.title, max(width - cell_len(right) - 5, 0))
        gap = " " * max(width - cell_len(text) - cell_len(right) - 3, 0)
        of_right = style("rows--broken" if row.is_broken else f"rows--{prefix}right")
        if row.is_broken and prefix:
            of_right = of_right + Style(bgcolor=title.bgcolor)
        parts = [Segment(mark, title), Segment(" ", title), Segment(text, title)]
        parts += [Segment(gap, title), Segment(right, of_right)]
        return Strip(parts).adjust_cell_length(width, title)

    def _bring_into_sight(self) -> None:
        self.scroll_to_region(
            Region(0, self.chosen * LINES, 1, LINES), animate=False, force=True, immediate=True
        )
