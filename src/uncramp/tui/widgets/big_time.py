"""The time, as large as fits."""

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from uncramp.core.lazy.dataclass import dataclass
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
        self._shown = TimeShown()
        self._rows: tuple[str, ...] = ()
        self._ink: Style | None = None

    def show(self, shown: TimeShown) -> None:
        """Show it, and draw again only the cells that differ."""
        if shown == self._shown:
            return
        self._shown = shown
        before, self._rows = self._rows, self._drawn()
        changed = [
            x
            for old, new in zip(before, self._rows, strict=False)
            for x, (a, b) in enumerate(zip(old, new, strict=False))
            if a != b
        ]
        is_same_place = len(before) == len(self._rows) and [*map(len, before)] == [
            *map(len, self._rows)
        ]
        if not is_same_place:
            self.refresh()
        elif changed:
            first, last = min(changed), max(changed)
            self.refresh(Region(first, 0, last - first + 1, self.size.height))

    def on_resize(self) -> None:
        """Take the largest digits that fit now."""
        self._rows = self._drawn()
        self.refresh()

    @property
    def digit_rows(self) -> int:
        """The height of the digits in rows."""
        return next((h for h in HEIGHTS if self._fits(h)), 1)

    def notify_style_update(self) -> None:
        """Draw in another colour from now on."""
        super().notify_style_update()
        self._ink = None

    def render_line(self, y: int) -> Strip:
        """One row of the time, centred."""
        if self._ink is None:
            self._ink = self.rich_style
        width, rows = self.size.width, self._rows
        at = y - max((self.size.height - len(rows)) // 2, 0)
        text = rows[at] if 0 <= at < len(rows) else ""
        return Strip([Segment(text.ljust(width), self._ink)], width)

    def _fits(self, height: int) -> bool:
        width = width_of(self._shown.widest, height)
        return height <= self.size.height and width <= self.size.width

    def _drawn(self) -> tuple[str, ...]:
        """The rows, from the left edge."""
        height = self.digit_rows
        text = self._shown.text.rjust(len(self._shown.widest))
        if height == 1:
            spaced = text
            indent = " " * max((self.size.width - len(spaced)) // 2, 0)
            return (indent + spaced,)
        indent = " " * ((self.size.width - width_of(text, height)) // 2)
        return tuple(indent + row for row in drawn(text, height))
