"""The routines of the library, a line or two each; only what is in sight is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from uncramp.tui.widgets.row_list import Line, RowList
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


class RoutineList(RowList[Row]):
    """Routines to choose from."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "row--title", "row--broken", "row--star", "row--barred",
    }  # fmt: skip

    DEFAULT_CSS = """
    RoutineList {
        & > .row--title { color: $foreground; text-style: bold; }
        & > .row--broken { color: $text-error; text-style: bold; }
        & > .row--star { color: $primary; text-style: bold; }
        & > .row--barred { color: $text-muted; text-style: not bold; }
    }
    """

    def show(self, rows: tuple[Row, ...], *, from_top: bool = False) -> None:
        """Show `rows`.

        The chosen one stays chosen if it is still there; the first is it where it was the
        first before, or where the list begins anew, `from_top`.
        """
        before = self.chosen_row
        stays = before is not None and self.chosen > 0 and not from_top
        at = (i for i, row in enumerate(rows) if stays and before and row.id == before.id)
        self.show_rows(rows, next(at, 0))

    @property
    def lines(self) -> int:
        """How many lines a row takes."""
        return 2 if self.size.height >= ROOM_FOR_TWO else 1

    def tops(self, rows: Sequence[Row]) -> Sequence[int]:
        """The first line of each row, and after them the number of lines in all."""
        return range(0, len(rows) * self.lines + 1, self.lines)

    def draw(self, row: Row, line: int, width: int, *, is_chosen: bool) -> Line:
        """One line of a row."""
        if line:
            return self._summary(row, is_chosen, width)
        return self._head(row, is_chosen, width)

    def _head(self, row: Row, is_chosen: bool, width: int) -> Line:
        """The title with its star, and what stands at the right edge."""
        title = self.style("chosen" if is_chosen else "title")
        star = self._on(title, "star")
        quiet = "chosen-quiet" if is_chosen else "quiet"
        of_right = self._on(title, "broken" if row.is_broken else quiet)
        of_title = self._on(title, "barred") if row.is_barred and not is_chosen else title
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
        return [
            Segment("▌ " if is_chosen else "  ", title),
            Segment(before, star),
            Segment(text, of_title),
            Segment(gap, title),
            Segment(right, of_right),
        ], title

    def _summary(self, row: Row, is_chosen: bool, width: int) -> Line:
        title = self.style("chosen" if is_chosen else "title")
        style = self.style("chosen-quiet" if is_chosen else "quiet")
        mark = Segment("▌" if is_chosen else " ", title)
        return [mark, Segment(f" {shortened(row.summary, max(width - 3, 0))}", style)], style

    def _on(self, ground: Style, name: str) -> Style:
        """That style, on the same ground as the rest of the line."""
        return self.style(name) + Style(bgcolor=ground.bgcolor)
