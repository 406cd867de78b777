"""The progress of the step and of the whole run, as thin bars."""

from collections.abc import Iterable
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from uncramp.core.lazy.dataclass import dataclass
from uncramp.tui.run.text import Progress
from uncramp.tui.terminal.cells import CellRun, CellWriter, changed_runs
from uncramp.tui.widgets.wrapping import shortened

EIGHTHS = " ▏▎▍▌▋▊▉█"
EMPTY = "·"
"""What is still empty of a bar, where no colour shows how long it is."""
NOTHING = Progress(0, 0)


@dataclass(frozen=True, slots=True)
class BarsShown:
    """What the two bars show."""

    step: Progress = NOTHING
    whole: Progress = NOTHING


class Bars(Widget):
    """Two bars: one above the other with their times, or side by side if there is one row."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"bars--step", "bars--whole", "bars--words"}

    DEFAULT_CSS = """
    Bars {
        height: 2;
        & > .bars--step { color: $primary; background: $surface; }
        & > .bars--whole { color: $secondary; background: $surface; }
        & > .bars--words { color: $text-muted; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        """Show nothing yet."""
        super().__init__(id=id)
        self._shown = BarsShown()
        self._drawn: tuple[tuple[str, ...], ...] = ()
        self._room = Size()
        """Its size, cached: Textual searches for it each time."""
        self._cells = CellWriter(self)
        self._empty = " "
        self._inks: tuple[Style, ...] = ()
        """The styles of words, step, whole and background, cached: they are needed each second."""

    def show(self, shown: BarsShown) -> None:
        """Show it, and draw again only if a cell differs."""
        self._shown = shown
        drawn = self._rows()
        before, self._drawn = self._drawn, drawn
        if [[*map(len, row)] for row in before] != [[*map(len, row)] for row in drawn]:
            self.refresh()
            return
        runs = [
            run
            for y, rows in enumerate(zip(before, drawn, strict=True))
            for run in _changed(y, *rows)
        ]
        if runs and not self._cells.write(runs):
            self.refresh(*(Region(run.x, run.y, len(run.text), 1) for run in runs))

    def on_resize(self) -> None:
        """Lay the bars out again."""
        self._cells.forget()
        ground = self.get_component_rich_style("bars--step").bgcolor
        self._empty = EMPTY if ground is None or ground.is_default else " "
        self._room = self.size
        self._drawn = self._rows()
        self.refresh()

    def notify_style_update(self) -> None:
        """Draw in other colours from now on."""
        super().notify_style_update()
        self._cells.forget()
        self._inks = ()

    def render_line(self, y: int) -> Strip:
        """One row: words and bars alternate."""
        if not self._inks:
            names = ("bars--words", "bars--step", "bars--whole")
            self._inks = (*map(self.get_component_rich_style, names), self.rich_style)
        words, step, whole, ground = self._inks
        if y >= len(self._drawn):
            return Strip.blank(self.size.width, ground)
        styles = (words, whole if y else step, words, whole)
        segments = [
            Segment(part, style) for part, style in zip(self._drawn[y], styles, strict=False)
        ]
        return Strip(segments).adjust_cell_length(self.size.width, ground)

    def _rows(self) -> tuple[tuple[str, ...], ...]:
        """The rows as words, bar, words, bar … from the left edge."""
        width, step, whole = self._room.width, self._shown.step, self._shown.whole
        if width < 12:
            return ()
        if self._room.height < 2:
            half = (width - 2) // 2
            bars = self._bar(step, half), self._bar(whole, width - half - 2)
            return (("", bars[0], "  ", bars[1]),)
        room = max(cell_len(step.words), cell_len(whole.words)) + 2
        if width - room - 6 < 8:
            room = 0
        return tuple(
            (label, self._bar(shown, width - room - 6), shortened(shown.words, room).rjust(room))
            for label, shown in (("Step  ", step), ("All   ", whole))
        )

    def _bar(self, shown: Progress, width: int) -> str:
        return bar_of(shown.share, width, self._empty)


def _changed(y: int, old: tuple[str, ...], new: tuple[str, ...]) -> Iterable[CellRun]:
    """What differs in row `y`; every character of these bars is one cell."""
    x = 0
    for part, (before, now) in enumerate(zip(old, new, strict=True)):
        yield from changed_runs(before, now, y, (y, part), x)
        x += len(now)


def bar_of(share: float, width: int, empty: str = " ") -> str:
    """A bar of `width` cells, filled from the left by `share`, to an eighth of a cell."""
    whole, eighths = divmod(int(share * width * 8), 8)
    if whole >= width:
        return EIGHTHS[8] * width
    part = EIGHTHS[eighths] if eighths else empty
    return (EIGHTHS[8] * whole + part).ljust(width, empty)
