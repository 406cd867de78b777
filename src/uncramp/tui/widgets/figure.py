"""Where to press: a limb in character cells, with the point bright on it."""

import os
from itertools import groupby
from typing import ClassVar

from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from uncramp.core.figures.canvas import Charset, Role
from uncramp.core.figures.render import Picture, draw
from uncramp.core.figures.shapes import Figure
from uncramp.core.lazy.dataclass import dataclass
from uncramp.core.routine.model import Side


@dataclass(frozen=True, slots=True)
class FigureShown:
    """What the widget shows."""

    figure: Figure | None = None
    side: Side | None = None
    is_hollow: bool = False
    """Is the point a ring at this moment, not a disc? Alternating makes it pulse."""


class FigureWidget(Widget):
    """A picture that fills its room, and is left out if there is too little room."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "figure--limb", "figure--leader", "figure--landmark", "figure--hand", "figure--zone",
        "figure--point", "figure--label", "figure--name",
    }  # fmt: skip

    DEFAULT_CSS = """
    FigureWidget {
        & > .figure--limb { color: $foreground 65%; }
        & > .figure--leader { color: $foreground 35%; }
        & > .figure--landmark { color: $foreground 50%; }
        & > .figure--hand { color: $foreground; }
        & > .figure--label { color: $text-muted; }
        & > .figure--name { color: $primary; text-style: bold; }
        & > .figure--zone { color: $accent; }
        & > .figure--point { color: $primary; text-style: bold; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        """Show nothing yet."""
        super().__init__(id=id)
        self._shown = FigureShown()
        self._picture: Picture | None = None

    @property
    def picture(self) -> Picture | None:
        """What is drawn; None if there is nothing to draw, or no room."""
        return self._picture

    def show(self, shown: FigureShown) -> None:
        """Show it; draw only the rows that changed."""
        if shown != self._shown:
            self._shown = shown
            self._draw()

    def on_resize(self) -> None:
        """Draw again for the new size."""
        self._draw()

    def _draw(self) -> None:
        before, shown, size = self._picture, self._shown, self.size
        self._picture = None
        if shown.figure is not None:
            self._picture = draw(
                shown.figure,
                size.width,
                size.height,
                shown.side,
                charset=_charset(self.app.console.encoding),
                is_hollow=shown.is_hollow,
            )
        if before is None or self._picture is None:
            if before is not self._picture:
                self.refresh()
            return
        for y in range(size.height):
            old, new = before.rows[y : y + 1], self._picture.rows[y : y + 1]
            if old != new:
                self.refresh(Region(0, y, size.width, 1))

    def render_line(self, y: int) -> Strip:
        """One row of the picture."""
        width, base = self.size.width, self.rich_style
        if self._picture is None or y >= len(self._picture.rows):
            return Strip.blank(width, base)
        styles = {role: self.get_component_rich_style(name) for role, name in _COMPONENTS.items()}
        runs = groupby(self._picture.rows[y], key=lambda cell: cell.role)
        segments = [
            Segment("".join(cell.character for cell in cells), styles.get(role, base))
            for role, cells in runs
        ]
        return Strip(segments).adjust_cell_length(width, base)


_COMPONENTS = {
    role: f"figure--{role.name.lower()}" for role in Role if role not in (Role.BLANK, Role.FLESH)
}


def _charset(encoding: str) -> Charset:
    """Braille, unless the encoding or, on the Linux console, the font does not have it."""
    if not encoding.casefold().startswith("utf"):
        return Charset.ASCII
    return Charset.BLOCKS if os.environ.get("TERM") == "linux" else Charset.BRAILLE
