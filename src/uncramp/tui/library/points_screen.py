"""The points to press, one at a time: how to find each, its picture on either limb, cautions."""

from textual.app import ComposeResult
from textual.containers import Container
from textual.events import Resize

from uncramp.atlas import find_figure, load_atlas
from uncramp.core.figures.render import SMALLEST_ROWS
from uncramp.core.routine.model import Side
from uncramp.core.routine.points import Point
from uncramp.core.suitability.conditions import because_words
from uncramp.tui.base_screen import BaseScreen
from uncramp.tui.keys.bindings import bindings_for
from uncramp.tui.widgets.figure import FigureShown, FigureWidget
from uncramp.tui.widgets.key_line import KeyLine, KeyShown
from uncramp.tui.widgets.text_page import Look, Paragraph, TextPage
from uncramp.tui.widgets.words import Ends

PULSE_S = 1.0
"""How long the point is a disc, and then a ring."""

WIDE_FROM = 80
"""From this many columns on the picture is beside the words, not above them."""

MOST_ROWS_ABOVE = 20
FEWEST_ROWS_OF_WORDS = 6
BESIDE_ALL = 3
"""The rows of the title, the picture's name, and the keys."""


class PointsScreen(BaseScreen[None]):
    """A point and where it is; the arrows go to the next one."""

    CSS_PATH = "points_screen.tcss"

    PLACE = "points"
    BINDINGS = bindings_for(
        "points",
        next="by(1)", back="by(-1)", side="other_side",
        left="side('left')", right="side('right')", keys="app.keys",
    )  # fmt: skip

    def __init__(self, point: Point | None = None, side: Side = Side.RIGHT) -> None:
        """Open at `point`, or at the first, on the limb of that side."""
        super().__init__()
        self._points = load_atlas().points
        self._at = self._points.index(point) if point else 0
        self._side = side
        self._is_hollow = False

    def compose(self) -> ComposeResult:
        """The point's name, its picture, its text, and the keys."""
        yield Ends(id="name")
        with Container(id="middle"):
            with Container(id="drawn"):
                yield Ends(id="shows")
                yield FigureWidget(id="figure")
            yield TextPage(id="page")
        yield KeyLine(id="keys")

    def on_mount(self) -> None:
        """Show the first, and let its point pulse if animations are on."""
        self.query_one(TextPage).focus()
        self.show_keys(KeyShown("", "Read on", 4, "↑↓"))
        if self.app.animation_level == "full":
            self.set_interval(PULSE_S, self._pulse)
        self._show()

    def on_resize(self, event: Resize) -> None:
        """Put the picture beside the words or above them, or hide it."""
        width, height = event.size
        is_wide = width >= WIDE_FROM
        self.set_class(is_wide, "-beside")
        rows = min(height - FEWEST_ROWS_OF_WORDS - BESIDE_ALL, MOST_ROWS_ABOVE)
        drawn = self.query_one("#drawn")
        drawn.display = is_wide or rows >= SMALLEST_ROWS
        drawn.styles.height = "1fr" if is_wide else rows + 1

    def _pulse(self) -> None:
        self._is_hollow = not self._is_hollow
        self._show_figure()

    def _show(self) -> None:
        point, count = self._points[self._at], len(self._points)
        self.query_one("#name", Ends).show(point.title, f"{self._at + 1} of {count}", quiet=1)
        self.query_one(TextPage).show(paragraphs_of(point))
        self._show_figure()

    def _show_figure(self) -> None:
        figure = find_figure(self._points[self._at])
        named = f"{figure.title}, {self._side.value}" if figure else ""
        self.query_one("#shows", Ends).show(named, "")
        shown = FigureShown(figure, self._side, self._is_hollow)
        self.query_one(FigureWidget).show(shown)

    def action_by(self, count: int) -> None:
        """Go to another point; after the last comes the first."""
        self._at = (self._at + count) % len(self._points)
        self._show()

    def action_side(self, side: str) -> None:
        """Show the limb of that side."""
        self._side = Side(side)
        self._show_figure()

    def action_other_side(self) -> None:
        """Show the other limb."""
        self.action_side(self._side.other.value)

    def action_close(self) -> None:
        """Go back to the library."""
        self.dismiss()


def paragraphs_of(point: Point) -> tuple[Paragraph, ...]:
    """The text about a point: how to find it first, its sources last."""
    page = [Paragraph(point.find, Look.STRONG), Paragraph(f"{point.where}.")]
    page += [Paragraph(f"• {caution}", Look.CARE, hang=2) for caution in point.cautions]
    for condition in point.unless:
        page.append(Paragraph(f"• Left out if {because_words((condition,))}.", Look.CARE, hang=2))
    names = dict.fromkeys((point.code, *point.aliases))
    others = [name for name in names if name not in (point.label, point.name)]
    if others:
        page.append(Paragraph(f"Also called {', '.join(others)}.", Look.QUIET))
    page += [Paragraph(f"Source: {source}", Look.QUIET, hang=2) for source in point.sources]
    return tuple(page)
