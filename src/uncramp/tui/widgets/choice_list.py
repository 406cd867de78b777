"""Things to choose, a line each, under headings; only what is in sight is drawn."""

from dataclasses import dataclass
from itertools import chain
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.events import Click
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from uncramp.tui.library.choice_rows import ChoiceRow, Kind
from uncramp.tui.widgets.wrapping import shortened

LEAST_TEXT = 12
"""Fewer cells than this are not left to what a row is about, as long as it needs more."""


class ChoiceList(ScrollView, can_focus=False):
    """Rows of which one is chosen, never a heading; the keys are the screen's."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "choices--heading", "choices--text", "choices--value", "choices--out", "choices--chosen",
    }  # fmt: skip

    DEFAULT_CSS = """
    ChoiceList {
        height: 1fr;
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        & > .choices--heading { color: $primary; text-style: bold; }
        & > .choices--text { color: $foreground; }
        & > .choices--value { color: $text-muted; }
        & > .choices--out { color: $text-muted; }
        & > .choices--chosen { color: $primary; background: $surface; text-style: bold; }
    }
    """

    @dataclass
    class Clicked(Message):
        """The chosen row was clicked again."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        """Show nothing yet."""
        super().__init__(id=id)
        self._rows: tuple[ChoiceRow, ...] = ()
        self._chosen = 0

    def show(self, rows: tuple[ChoiceRow, ...]) -> None:
        """Show `rows`, of which there are as many each time."""
        self._rows = rows
        self.virtual_size = Size(self.scrollable_content_region.width, len(rows))
        self._choose(self._chosen, 1)

    @property
    def rows(self) -> tuple[ChoiceRow, ...]:
        """What is shown."""
        return self._rows

    @property
    def chosen_row(self) -> ChoiceRow:
        """The row that a key changes."""
        return self._rows[self._chosen]

    def move_by(self, rows: int) -> None:
        """Choose the row so many further down, as far as there are any."""
        self._choose(self._chosen + rows, 1 if rows > 0 else -1)

    def _choose(self, at: int, towards: int) -> None:
        last = len(self._rows) - 1
        at = max(min(at, last), 0)
        onward = range(at, last + 1) if towards > 0 else range(at, -1, -1)
        back = range(at, -1, -1) if towards > 0 else range(at, last + 1)
        fit = (i for i in chain(onward, back) if self._rows[i].kind is not Kind.HEADING)
        self._chosen = next(fit, 0)
        # The heading over the first row comes into sight with it.
        above = 1 if self._rows[self._chosen - 1].kind is Kind.HEADING else 0
        region = Region(0, max(self._chosen - above, 0), 1, 1 + above)
        self.scroll_to_region(region, animate=False, force=True, immediate=True)
        self.refresh()

    def on_resize(self) -> None:
        """Keep the chosen row in sight."""
        self.virtual_size = Size(self.scrollable_content_region.width, len(self._rows))
        if self._rows:
            self._choose(self._chosen, 1)

    def on_click(self, event: Click) -> None:
        """Choose the row under the mouse; if it is chosen already, turn it."""
        at = event.y + self.scroll_offset.y
        if not 0 <= at < len(self._rows) or self._rows[at].kind is Kind.HEADING:
            return
        if at == self._chosen:
            self.post_message(self.Clicked())
        else:
            self._choose(at, 1)

    def render_line(self, y: int) -> Strip:
        """One row."""
        width = self.scrollable_content_region.width
        at = y + self.scroll_offset.y
        if at >= len(self._rows):
            return Strip.blank(width, self.rich_style)
        row, style = self._rows[at], self.get_component_rich_style
        if row.kind is Kind.HEADING:
            heading = style("choices--heading")
            words = Segment(shortened(row.text, width), heading)
            return Strip([words]).adjust_cell_length(width, heading)
        is_chosen = at == self._chosen
        before = "▌ " if is_chosen else "  "
        # A step that is left out has a sign of its own, besides being paler.
        sign = ("✗ " if row.is_out else "✓ ") if row.kind is Kind.STEP else ""
        before += " " * min(row.indent, width // 8) + sign
        room = max(width - cell_len(before) - 1, 0)
        least = min(cell_len(row.text), LEAST_TEXT)
        value = shortened(row.value, max(room - least - 2, 0))
        text = shortened(row.text, max(room - cell_len(value) - 2, 0))
        gap = " " * max(room - cell_len(text) - cell_len(value), 0)
        of_text = style("choices--out" if row.is_out else "choices--text")
        of_value = style("choices--out" if row.is_out else "choices--value")
        if is_chosen:
            of_text = of_value = style("choices--chosen")
        parts = [Segment(before + text + gap, of_text), Segment(value, of_value)]
        return Strip(parts).adjust_cell_length(width, of_text)
