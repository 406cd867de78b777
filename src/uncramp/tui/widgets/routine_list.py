"""The routines of the library, a line or two each; only what is in sight is drawn."""

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

from uncramp.tui.widgets.wrapping import shortened

ROOM_FOR_TWO = 12
"""From so many lines on, a row has two."""

STAR = "★"


@dataclass(frozen=True, slots=True)
class Row:
    """One routine in the list."""

    id: str
    title: str
    right: str
    """Its steps and length, or what is wrong."""
    summary: str
    short: str = ""
    """What stands in place of `right` where there is no room for that."""
    is_favourite: bool = False
    is_broken: bool = False
    is_barred: bool = False
    """Is it not for this person?"""


class RoutineList(ScrollView, can_focus=False):
    """Rows to choose from; the keys are the screen's, so that typing can go elsewhere."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "rows--title", "rows--right", "rows--summary", "rows--broken",
        "rows--chosen-title", "rows--chosen-right", "rows--chosen-summary",
        "rows--star", "rows--barred",
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
        & > .rows--star { color: $primary; text-style: bold; }
        & > .rows--barred { color: $text-muted; text-style: not bold; }
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

    @dataclass
    class Chose(Message):
        """Another row is chosen, or what it says is another."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        """Show no rows yet."""
        super().__init__(id=id)
        self._rows: tuple[Row, ...] = ()

    def show(self, rows: tuple[Row, ...], *, from_top: bool = False) -> None:
        """Show `rows`.

        The chosen one stays chosen if it is still there; the first is it where it was the
        first before, or where the list begins anew, `from_top`.
        """
        before = self.chosen_row
        stays = before is not None and self.chosen > 0 and not from_top
        self._rows = rows
        at = next((i for i, row in enumerate(rows) if stays and before and row.id == before.id), 0)
        self._measure()
        self.chosen = at
        self._scroll_to_chosen()
        self.refresh()
        if self.chosen_row != before:
            self.post_message(self.Chose())

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
        self._choose(max(min(self.chosen + rows, len(self._rows) - 1), 0))

    def _choose(self, at: int) -> None:
        if at != self.chosen:
            self.chosen = at
            self.post_message(self.Chose())
        self._scroll_to_chosen()

    @property
    def lines(self) -> int:
        """How many lines a row takes."""
        return 2 if self.size.height >= ROOM_FOR_TWO else 1

    @property
    def visible_rows(self) -> int:
        """How many rows a page has."""
        return max(self.size.height // self.lines, 1)

    def watch_chosen(self, before: int, now: int) -> None:
        """Draw the two rows that changed."""
        for at in {before, now}:
            y = at * self.lines - self.scroll_offset.y
            self.refresh(Region(0, y, self.size.width, self.lines))

    def _measure(self) -> None:
        height = len(self._rows) * self.lines
        self.virtual_size = Size(self.scrollable_content_region.width, height)

    def on_resize(self) -> None:
        """Keep the chosen row in sight."""
        self._measure()
        self._scroll_to_chosen()

    def on_click(self, event: Click) -> None:
        """Open the row under the mouse."""
        at = (event.y + self.scroll_offset.y) // self.lines
        if 0 <= at < len(self._rows):
            self._choose(at)
            self.post_message(self.Opened(self._rows[at]))

    def render_line(self, y: int) -> Strip:
        """One line of a row."""
        width = self.scrollable_content_region.width
        at, line = divmod(y + self.scroll_offset.y, self.lines)
        if at >= len(self._rows):
            return Strip.blank(width, self.rich_style)
        is_chosen = at == self.chosen
        parts, style = (
            self._summary(self._rows[at], is_chosen, width)
            if line
            else self._head(self._rows[at], is_chosen, width)
        )
        return Strip(parts).adjust_cell_length(width, style)

    def _head(self, row: Row, is_chosen: bool, width: int) -> tuple[list[Segment], Style]:
        """The title with its star, and what stands at the right edge."""
        prefix = "chosen-" if is_chosen else ""
        title = self.get_component_rich_style(f"rows--{prefix}title")
        star = self._on(title, "rows--star")
        of_right = self._on(title, "rows--broken" if row.is_broken else f"rows--{prefix}right")
        of_title = self._on(title, "rows--barred") if row.is_barred and not is_chosen else title
        before = f"{STAR} " if row.is_favourite else ""
        right = row.right
        if row.short and cell_len(before + row.title) + cell_len(right) > width - 5:
            right = row.short
        if row.is_barred and self.lines == 1:
            right = "not for you"
        right = shortened(right, max(width - 4, 0))
        room = max(width - cell_len(right) - cell_len(before) - 5, 0)
        text = shortened(row.title, room)
        gap = " " * max(width - cell_len(before + text) - cell_len(right) - 3, 0)
        parts = [Segment("▌ " if is_chosen else "  ", title), Segment(before, star)]
        return [
            *parts,
            Segment(text, of_title),
            Segment(gap, title),
            Segment(right, of_right),
        ], title

    def _summary(self, row: Row, is_chosen: bool, width: int) -> tuple[list[Segment], Style]:
        prefix = "chosen-" if is_chosen else ""
        title = self.get_component_rich_style(f"rows--{prefix}title")
        style = self.get_component_rich_style(f"rows--{prefix}summary")
        mark = Segment("▌" if is_chosen else " ", title)
        return [mark, Segment(f" {shortened(row.summary, max(width - 3, 0))}", style)], style

    def _on(self, ground: Style, name: str) -> Style:
        """That style, on the same ground as the rest of the line."""
        return self.get_component_rich_style(name) + Style(bgcolor=ground.bgcolor)

    def _scroll_to_chosen(self) -> None:
        self.scroll_to_region(
            Region(0, self.chosen * self.lines, 1, self.lines),
            animate=False,
            force=True,
            immediate=True,
        )
