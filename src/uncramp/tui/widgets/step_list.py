"""The steps of a plan, a line each; only visible ones are made and drawn."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment

from uncramp.tui.widgets.row_list import Line, RowList
from uncramp.tui.widgets.wrapping import spread

LEAST_NAME = 10
"""If the name would have fewer cells than this, the facts beside it are left out."""


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step in the list."""

    number: int
    name: str
    facts: str
    """Its side, round and length."""
    is_here: bool = False
    """Is it the present step of the run?"""


class StepList(RowList[int]):
    """Steps to choose from, by their numbers."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"row--here"}

    DEFAULT_CSS = """
    StepList > .row--here { color: $primary; text-style: bold; }
    """

    def __init__(self, row_of: Callable[[int], StepRow], *, id: str | None = None) -> None:  # noqa: A002
        """Show no steps yet; `row_of` makes the line of a step when it becomes visible."""
        super().__init__(id=id)
        self._row_of = row_of
        self._digits = 1

    def show(self, numbers: Sequence[int], chosen: int | None = None) -> None:
        """Show the steps `numbers`, which may be any sequence; `chosen` is a line of it.

        If the chosen line was not visible, it is centred.
        """
        self._digits = len(str(numbers[-1])) if numbers else 1
        top, height = self.scroll_offset.y, self.size.height
        self.show_rows(numbers, self.chosen if chosen is None else chosen)
        if chosen is not None and not top <= self.chosen < top + height:
            middle = max(self.chosen - height // 2, 0)
            self.scroll_to(y=middle, animate=False, force=True, immediate=True)

    def draw(self, row: int, line: int, width: int, *, is_chosen: bool) -> Line:
        """One step: its number and name, and at the right edge its facts."""
        step = self._row_of(row)
        mark = "▌" if is_chosen else " "
        number = f"{'▸' if step.is_here else ' '}{step.number:>{self._digits}}  "
        room = max(width - 2 - len(number), 0)
        facts = step.facts if room >= LEAST_NAME + 2 + cell_len(step.facts) else ""
        name, facts = spread(step.name, facts, room)
        parts = (("text", mark), ("quiet", number), ("text", name), ("quiet", facts))
        over = "chosen" if is_chosen else "here" if step.is_here else None
        segments = [Segment(text, self.style(over or part)) for part, text in parts]
        return segments, self.style("chosen") if is_chosen else self.rich_style
