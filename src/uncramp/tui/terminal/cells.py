"""Single cells written directly to the terminal, if nothing else needs drawing.

A time that counts down changes a few cells each second. Textual draws them through its compositor:
some milliseconds, two wake-ups and thousands of bytes. Here they are written directly, in the
colours that Textual would use. This uses parts of Textual that may change, so it is done only with
versions that were tested, and only while nothing covers the cells, nothing else waits to be drawn
and the terminal takes output. In all other cases the widget is drawn in the ordinary way.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import textual
from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

TRIED = ("8.2.",)
"""The beginnings of the tested versions of Textual."""

NEAR = 8
"""Cells this close together are written as one: moving the cursor takes as many bytes."""


@cache
def is_tried() -> bool:
    """Was this tried with the version of Textual that is here?"""
    # The folder beside it names its version. Textual itself asks 25 modules, a reader of mail
    # among them, which take a megabyte and more time than all of ours.
    folder = Path(textual.__path__[0])
    found = [path.stem for path in folder.parent.glob("textual-*.dist-info")]
    version = found[0].removeprefix("textual-") if len(found) == 1 else textual.__version__
    return version.startswith(TRIED)


class CellRun(NamedTuple):
    """Some cells of a row, in one colour, at a place in a widget."""

    x: int
    y: int
    text: str
    ink: Hashable
    """What distinguishes the colours of the cells from those of other cells of the widget."""


def changed_runs(before: str, now: str, y: int, ink: Hashable, x: int = 0) -> Iterable[CellRun]:
    """The differences between two rows of the same length, each character one cell."""
    if before == now:
        return
    begin = end = -1
    for at, (old, new) in enumerate(zip(before, now, strict=True)):
        if old == new:
            continue
        if begin >= 0 and at - end > NEAR:
            yield CellRun(x + begin, y, now[begin:end], ink)
            begin = at
        begin, end = at if begin < 0 else begin, at + 1
    if begin >= 0:
        yield CellRun(x + begin, y, now[begin:end], ink)


def _is_within(run: CellRun, place: Region) -> bool:
    return run.y < place.height and run.x + len(run.text) <= place.width


class CellWriter:
    """Writes cells of one widget."""

    def __init__(self, widget: Widget) -> None:
        """Write cells of `widget`."""
        self._widget = widget
        self._inks: dict[Hashable, tuple[str, str]] = {}
        self._seen_in: Mapping[Widget, object] | None = None
        self._place: Region | None = None

    def forget(self) -> None:
        """Note that the widget has other colours or another size."""
        self._inks.clear()
        self._seen_in = None

    def write(self, runs: Sequence[CellRun]) -> bool:
        """Write them. Returns False if the widget must be drawn in the ordinary way.

        The widget itself already draws the same cells whenever it is drawn.
        """
        if not is_tried() or not self._widget.is_attached:
            return False
        app: Any = self._widget.app
        driver = app._driver
        if not getattr(driver, "takes_cells", False) or not self._is_free(app):
            return False
        place = self._place
        if place is None or not all(_is_within(run, place) for run in runs):
            # The widget may have less room now and not know it yet: it would write over others.
            return False
        # Its cached lines are drawn again the next time the ordinary way needs them.
        self._widget._styles_cache.clear()
        written, last = [], None
        for x, y, text, ink in runs:
            before, _ = self._inks.get(ink) or self._ask_ink(app, x, y, ink)
            if ink != last and last is not None:
                written.append(self._inks[last][1])
            written.append(f"\x1b[{place.y + y + 1};{place.x + x + 1}H")
            written.append(text if ink == last else before + text)
            last = ink
        if last is not None:
            cursor = app.cursor_position
            home = f"\x1b[{cursor.y + 1};{cursor.x + 1}H"
            driver.write("".join([*written, self._inks[last][1], home]))
        return True

    def _is_free(self, app: Any) -> bool:
        """Is the widget uncovered, and is nothing else waiting to be drawn?"""
        screen: Any = self._widget.screen
        compositor = screen._compositor
        if (
            app._batch_count
            or app.screen is not screen
            or screen._dirty_widgets
            or compositor._dirty_regions
            or compositor._full_map_invalidated
            or screen.message_queue_size
        ):
            return False
        seen = compositor.visible_widgets
        if seen is not self._seen_in:
            self._seen_in, self._place = seen, self._place_in(seen)
        return not any(
            node._layout_required
            or node._repaint_required
            or node._scroll_required
            or node._recompose_required
            for node in seen
        )

    def _place_in(self, seen: Mapping[Widget, tuple[Region, Region]]) -> Region | None:
        """Where the widget is on the screen; None unless all of it is visible."""
        region, clip = seen.get(self._widget, (None, None))
        if region is None or clip is None or not clip.contains_region(region):
            return None
        around = set(self._widget.ancestors_with_self)
        covers = (other for widget, (other, _) in seen.items() if widget not in around)
        is_covered = any(other.overlaps(region) for other in covers)
        return None if is_covered else region.shrink(self._widget.gutter)

    def _ask_ink(self, app: Any, x: int, y: int, ink: Hashable) -> tuple[str, str]:
        """What is written before and after text of that ink: as Textual draws one such cell."""
        gutter = self._widget.gutter
        (strip,) = self._widget.render_lines(Region(x + gutter.left, y + gutter.top, 1, 1))
        style = next((segment.style for segment in strip if segment.text), None)
        before, _, after = Strip([Segment("#", style)]).render(app.console).partition("#")
        self._inks[ink] = before, after
        return before, after
