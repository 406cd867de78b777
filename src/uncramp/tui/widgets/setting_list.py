"""Settings, a line each, under the words of their group; only what is in sight is drawn."""

from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.events import Click
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from uncramp.tui.widgets.wrapping import shortened


@dataclass(frozen=True, slots=True)
class SettingRow:
    """One line: a setting with what holds, or the words over a group."""

    id: str
    """The setting's name; "" for the words over a group."""
    title: str
    value: str = ""
    is_own: bool = False
    """Is it other than at the start?"""
    turns: bool = False
    """Do the arrows at its sides change it?"""


class SettingList(ScrollView, can_focus=False):
    """Rows to choose from; the keys are the screen's."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "settings--group", "settings--title", "settings--value", "settings--own",
        "settings--chosen", "settings--chosen-value",
    }  # fmt: skip

    DEFAULT_CSS = """
    SettingList {
        height: 1fr;
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        & > .settings--group { color: $primary; text-style: bold; }
        & > .settings--title { color: $foreground; }
        & > .settings--value { color: $text-muted; }
        & > .settings--own { color: $foreground; text-style: bold; }
        & > .settings--chosen { color: $primary; background: $surface; text-style: bold; }
        & > .settings--chosen-value { color: $foreground; background: $surface; text-style: bold; }
    }
    """

    @dataclass
    class Chose(Message):
        """Another setting is chosen."""

    @dataclass
    class Clicked(Message):
        """The chosen setting was clicked."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        """Show no rows yet."""
        super().__init__(id=id)
        self._rows: tuple[SettingRow, ...] = ()
        self._chosen = 0

    def show(self, rows: tuple[SettingRow, ...]) -> None:
        """Show `rows`; what was chosen stays chosen."""
        before = self.chosen_row
        self._rows = rows
        at = (i for i, row in enumerate(rows) if row.id and (not before or row.id == before.id))
        self._chosen = next(at, 0)
        self._measure()
        self.refresh()

    @property
    def chosen_row(self) -> SettingRow | None:
        """The setting that the keys change; None where there is none."""
        return self._rows[self._chosen] if self._chosen < len(self._rows) else None

    @property
    def visible_rows(self) -> int:
        """How many rows a page has."""
        return max(self.size.height, 1)

    def move_by(self, rows: int) -> None:
        """Choose the setting so many rows further, as far as there are any."""
        at = self._chosen
        wanted = max(min(at + rows, len(self._rows) - 1), 0)
        step = 1 if rows > 0 else -1
        while 0 <= wanted < len(self._rows) and not self._rows[wanted].id:
            wanted += step
        if 0 <= wanted < len(self._rows):
            self._choose(wanted)
        else:
            self._choose(next(i for i, row in enumerate(self._rows) if row.id))

    def _choose(self, at: int) -> None:
        if at != self._chosen:
            self._chosen = at
            self.refresh()
            self.post_message(self.Chose())
        self._scroll_to_chosen()

    def _measure(self) -> None:
        self.virtual_size = Size(self.scrollable_content_region.width, len(self._rows))

    def on_resize(self) -> None:
        """Keep the chosen setting in sight."""
        self._measure()
        self._scroll_to_chosen()

    def on_click(self, event: Click) -> None:
        """Choose what is under the mouse; change it where it is chosen already."""
        at = event.y + self.scroll_offset.y
        if not (0 <= at < len(self._rows)) or not self._rows[at].id:
            return
        if at == self._chosen:
            self.post_message(self.Clicked())
        self._choose(at)

    def _scroll_to_chosen(self) -> None:
        # The words over a group come into sight with its first setting.
        above = 0 < self._chosen <= len(self._rows) and not self._rows[self._chosen - 1].id
        region = Region(0, self._chosen - above, 1, 1 + above)
        self.scroll_to_region(region, animate=False, force=True, immediate=True)

    def render_line(self, y: int) -> Strip:
        """One row."""
        width = self.scrollable_content_region.width
        at = y + self.scroll_offset.y
        if at >= len(self._rows):
            return Strip.blank(width, self.rich_style)
        row = self._rows[at]
        if not row.id:
            style = self.get_component_rich_style("settings--group")
            text = shortened(row.title, max(width - 1, 0))
            return Strip([Segment(text, style)]).adjust_cell_length(width, style)
        is_chosen = at == self._chosen
        of_title = self.get_component_rich_style(
            "settings--chosen" if is_chosen else "settings--title"
        )
        name = "chosen-value" if is_chosen else "own" if row.is_own else "value"
        of_value = self.get_component_rich_style(f"settings--{name}")
        mark = "▌" if is_chosen else " "
        sign = "•" if row.is_own else " "
        room = max(width - 5, 0)
        title = shortened(row.title, room)
        left, right = ("‹ ", " ›") if is_chosen and row.turns else ("  ", "  ")
        value = shortened(row.value, max(room - cell_len(title) - 6, 0))
        value = f"{left}{value}{right}" if value else ""
        gap = " " * max(width - 3 - cell_len(title) - cell_len(value), 0)
        parts = [
            Segment(f"{mark}{sign} ", of_title),
            Segment(title, of_title),
            Segment(gap, of_title),
            Segment(value, of_value),
        ]
        return Strip(parts).adjust_cell_length(width, of_title)
