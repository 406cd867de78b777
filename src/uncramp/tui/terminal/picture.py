"""The present look of a screen, as the text that draws it."""

from collections.abc import Iterable
from typing import Any

from rich.segment import Segment
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip

from uncramp.tui.terminal.cells import is_tried


def picture_of(screen: Screen[Any], passing: Iterable[Region] = ()) -> str | None:
    """All cells of `screen`, each row at its place; the regions `passing` are blank.

    None with a version of Textual that was not tested with it.
    """
    if not is_tried():
        return None
    blank = [region.intersection(screen.size.region) for region in passing]
    rows: list[str] = []
    for y, strip in enumerate(screen._compositor.render_strips()):
        for region in blank:
            if region and y in region.line_range:
                strip = _without_words(strip, *region.column_span)
        drawn = strip.simplify().discard_meta().render(screen.app.console)
        rows.append(f"\x1b[{y + 1};1H{drawn}")
    return "".join(rows)


def _without_words(strip: Strip, begin: int, end: int) -> Strip:
    before, words, after = strip.divide([begin, end, strip.cell_length])
    blank = (Segment(" " * segment.cell_length, segment.style) for segment in words)
    return Strip.join([before, Strip(blank), after])
