"""The steps of a plan, a line each; only what is in sight is made and drawn."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.events import Click
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from uncramp.tui.widgets.wrapping import shortened

LEAST_NAME = 10
"""Where the name would have fewer cells than this, the facts beside it are left out."""


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step in the list."""

    number: int
    name: str
    facts: str
    """Its side, round and length."""
    is_here: bool = False
    """Is it the one that the run is in?"""


class StepList(ScrollView, can_focus=False):
    """Steps to choose from, by their numbers; the keys are the screen's."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "steps--number", "steps--name", "steps--facts", "steps--chosen", "steps--here",
    }  # fmt: skip

    DEFAULT_CSS = """
    StepList {
        height: 1fr;
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        & > .steps--number { color: $text-muted; }
        & > .steps--name { color: $foreground; }
        & > .steps--facts { color: $text-muted; }
        & > .steps--here { color: $primary; text-style: bold; }
        & > .steps--chosen { color: $primary; background: $surface; text-style: bold; }
    }
    """

    chosen: reactive[int] = reactive(0, repaint=False)
    """The line that Enter takes, counted from 0."""

    @dataclass
    class Taken(Message):
        """A line was clicked."""

        number: int
        """The step on it."""

    def __init__(self, row_of: Callable[[int], StepRow], *, id: str | None = None) -> None:  # noqa: A002
        """Show no steps yet; `row_of` makes the line of a step when it comes into sight."""
        super().__init__(id=id)
        self._row_of = row_of
        self._numbers: Sequence[int] = ()
        self._digits = 1

    def show(self, numbers: Sequence[int], chosen: int | None = None) -> None:
        """Show the steps `numbers`, which may be any sequence; `chosen` is a line of it."""
        self._numbers = numbers
        self._digits = len(str(numbers[-1])) if numbers else 1
        self.virtual_size = Size(self.scrollable_content_region.width, len(numbers))
        if chosen is not None:
            self.chosen = chosen
            self._scroll_to_chosen()
        self.refresh()

    @property
    def numbers(self) -> Sequence[int]:
        """The steps that are listed."""
        return self._numbers

    @property
    def chosen_number(self) -> int | None:
        """The step that Enter takes; None where none is listed."""
        return self._numbers[self.chosen] if 0 <= self.chosen < len(self._numbers) else None

    def move_by(self, lines: int) -> None:
        """Choose the line so many further down, as far as there are any."""
        self.chosen = max(min(self.chosen + lines, len(self._numbers) - 1), 0)
        self._scroll_to_chosen()

    def watch_chosen(self, before: int, now: int) -> None:
        """Draw the two lines that changed."""
        for at in {before, now}:
            self.refresh(Region(0, at - self.scroll_offset.y, self.size.width, 1))

    def on_resize(self) -> None:
        """Keep the chosen line in sight."""
        self.virtual_size = Size(self.scrollable_content_region.width, len(self._numbers))
        self._scroll_to_chosen()

    def on_click(self, event: Click) -> None:
        """Take the line under the mouse."""
        at = event.y + self.scroll_offset.y
        if 0 <= at < len(self._numbers):
            self.post_message(self.Taken(self._numbers[at]))

    def render_line(self, y: int) -> Strip:
        """One step: its number and name, and at the right edge its facts."""
        width = self.scrollable_content_region.width
        at = y + self.scroll_offset.y
        if at >= len(self._numbers):
            return Strip.blank(width, self.rich_style)
        row, is_chosen = self._row_of(self._numbers[at]), at == self.chosen
        mark = "▌" if is_chosen else " "
        number = f"{'▸' if row.is_here else ' '}{row.number:>{self._digits}}  "
        room = max(width - 2 - len(number), 0)
        facts = row.facts if room >= LEAST_NAME + 2 + cell_len(row.facts) else ""
        name = shortened(row.name, max(room - cell_len(facts) - (2 if facts else 0), 0))
        gap = " " * max(room - cell_len(name) - cell_len(facts), 0)
        parts = (
            ("name", mark), ("number", number), ("name", name), ("facts", gap), ("facts", facts),
        )  # fmt: skip
        over = "chosen" if is_chosen else "here" if row.is_here else None
        style = self.get_component_rich_style
        segments = [Segment(text, style(f"steps--{over or part}")) for part, text in parts]
        return Strip(segments).adjust_cell_length(
            width, style("steps--chosen") if is_chosen else self.rich_style
        )

    def _scroll_to_chosen(self) -> None:
        middle = self.chosen - self.size.height // 2
        is_in_sight = 0 <= self.chosen - self.scroll_offset.y < self.size.height
        if not is_in_sight:
            self.scroll_to(y=max(middle, 0), animate=False, force=True, immediate=True)
