"""Settings, a line each, under the headings of their groups."""

from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment

from uncramp.tui.widgets.row_list import Line, RowList
from uncramp.tui.widgets.wrapping import shortened


@dataclass(frozen=True, slots=True)
class SettingRow:
    """One line: a setting with its value, or a heading."""

    id: str
    """The setting's name; "" for a heading."""
    title: str
    value: str = ""
    is_own: bool = False
    """Is it different from the default?"""
    turns: bool = False
    """Do the arrows change it?"""


class SettingList(RowList[SettingRow]):
    """Settings to choose from."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"row--own", "row--chosen-value"}

    DEFAULT_CSS = """
    SettingList {
        & > .row--own { color: $foreground; text-style: bold; }
        & > .row--chosen-value { color: $foreground; background: $surface; text-style: bold; }
    }
    """

    def show(self, rows: tuple[SettingRow, ...]) -> None:
        """Show `rows`; the chosen one stays chosen."""
        before = self.chosen_row
        at = (i for i, row in enumerate(rows) if before and row.id == before.id)
        self.show_rows(rows, next(at, 0))

    def choose(self, name: str) -> None:
        """Choose the setting with that name, if it exists."""
        at = next((i for i, row in enumerate(self.rows) if row.id and row.id == name), None)
        if at is not None:
            self.show_rows(self.rows, at)

    def can_choose(self, row: SettingRow) -> bool:
        """Can the row be chosen? A heading cannot."""
        return bool(row.id)

    def draw(self, row: SettingRow, line: int, width: int, *, is_chosen: bool) -> Line:
        """One row: the setting, and its value at the right edge."""
        if not row.id:
            return self.heading(row.title, width)
        of_title = self.style("chosen" if is_chosen else "text")
        of_value = self.style("chosen-value" if is_chosen else "own" if row.is_own else "quiet")
        mark = "▌" if is_chosen else " "
        sign = "•" if row.is_own else " "
        room = max(width - 5, 0)
        title = shortened(row.title, room)
        left, right = ("‹ ", " ›") if is_chosen and row.turns else ("  ", "  ")
        value = shortened(row.value, max(room - cell_len(title) - 6, 0))
        value = f"{left}{value}{right}" if value else ""
        gap = " " * max(width - 3 - cell_len(title) - cell_len(value), 0)
        parts = [Segment(f"{mark}{sign} {title}{gap}", of_title), Segment(value, of_value)]
        return parts, of_title
