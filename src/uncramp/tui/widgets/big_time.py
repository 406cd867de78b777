"""The time, as large as fits."""

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from uncramp.core.lazy.dataclass import dataclass
from uncramp.tui.terminal.cells import CellWriter, changed_runs
from uncramp.tui.widgets.digit_shapes import HEIGHTS, drawn, width_of


@dataclass(frozen=True, slots=True)
class TimeShown:
    """What the big time shows."""

    text: str = ""
    widest: str = ""
    """The widest text of this span; its width is reserved, so that the time does not jump."""


class BigTime(Widget):
    """The time in the tallest digits that fit, or in one row."""

    DEFAULT_CSS = """
    BigTime {
        height: 1;
        color: $primary;
        text-style: bold;
    }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        """Show nothing yet."""
        super().__init__(id=id)
        self.shown = TimeShown()
        """What it shows now; change it with `show`."""
        self._rows: tuple[str, ...] = ()
        self._ink: Style | None = None
        self._room = Size()
        """Its size, cached: Textual searches for it each time."""
        self._cells = CellWriter(self)

    def show(self, shown: TimeShown) -> None:
        """Show it, and draw again only the cells that differ."""
        if shown == self.shown:
            return
        self.shown = shown
        before, self._rows = self._rows, self._drawn()
        if [*map(len, before)] != [*map(len, self._rows)]:
            self.refresh()
            return
        top = self._top
        runs = [
            run
            for y, (old, new) in enumerate(zip(before, self._rows, strict=True))
            if old != new
            for run in changed_runs(old, new, top + y, "time")
        ]
        if runs and not self._cells.write(runs):
            first = min(run.x for run in runs)
            last = max(run.x + len(run.text) for run in runs)
            self.refresh(Region(first, 0, last - first, self.size.height))

    def on_resize(self) -> None:
        """Take the largest digits that fit now."""
        self._cells.forget()
        self._room = self.size
        self._rows = self._drawn()
        self.refresh()

    @property
    def digit_rows(self) -> int:
        """How many rows high the digits stand."""
        size, widest = self._room, self.shown.widest
        fitting = (h for h in HEIGHTS if h <= size.height and width_of(widest, h) <= size.width)
        return next(fitting, 1)

    def notify_style_update(self) -> None:
        """Draw in another colour from now on."""
        super().notify_style_update()
        self._cells.forget()
        self._ink = None

    def render_line(self, y: int) -> Strip:
        """One row of the time, centred."""
        if self._ink is None:
            self._ink = self.rich_style
        width, rows = self.size.width, self._rows
        at = y - self._top
        text = rows[at] if 0 <= at < len(rows) else ""
        return Strip([Segment(text.ljust(width), self._ink)], width)

    @property
    def _top(self) -> int:
        """How many rows stay free above the digits."""
        return max((self._room.height - len(self._rows)) // 2, 0)

    def _drawn(self) -> tuple[str, ...]:
        """The rows, from the left edge."""
        height = self.digit_rows
        text = self.shown.text.rjust(len(self.shown.widest))
        if height == 1:
            return (" " * max((self._room.width - len(text)) // 2, 0) + text,)
        indent = " " * ((self._room.width - width_of(text, height)) // 2)
        return tuple(indent + row for row in drawn(text, height))
