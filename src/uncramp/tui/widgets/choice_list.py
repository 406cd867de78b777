"""Things to choose, a line each, under headings."""

from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment

from uncramp.tui.library.choice_rows import ChoiceRow, Kind
from uncramp.tui.widgets.row_list import Line, RowList
from uncramp.tui.widgets.wrapping import spread

LEAST_TEXT = 12
"""The least cells for the name of a row, if it needs them."""


class ChoiceList(RowList[ChoiceRow]):
    """What can be chosen for one run."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"row--out"}

    DEFAULT_CSS = """
    ChoiceList > .row--out { color: $text-muted; }
    """

    def show(self, rows: tuple[ChoiceRow, ...]) -> None:
        """Show `rows`, whose number never changes."""
        self.show_rows(rows, self.chosen)

    def can_choose(self, row: ChoiceRow) -> bool:
        """Can the row be chosen? A heading cannot."""
        return row.kind is not Kind.HEADING

    def draw(self, row: ChoiceRow, line: int, width: int, *, is_chosen: bool) -> Line:
        """One row: its name, and its value at the right edge."""
        if row.kind is Kind.HEADING:
            return self.heading(row.text, width)
        before = "▌ " if is_chosen else "  "
        # A step that is left out is paler and also has a sign.
        sign = ("✗ " if row.is_out else "✓ ") if row.kind is Kind.STEP else ""
        before += " " * min(row.indent, width // 8) + sign
        room = max(width - cell_len(before) - 1, 0)
        text, value = spread(row.text, row.value, room, least=LEAST_TEXT)
        of_text = self.style("out" if row.is_out else "text")
        of_value = self.style("out" if row.is_out else "quiet")
        if is_chosen:
            of_text = of_value = self.style("chosen")
        return [Segment(before + text, of_text), Segment(value, of_value)], of_text
