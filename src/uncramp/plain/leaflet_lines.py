"""Pages to read, as lines: cards, the safety page, the evidence."""

import sys
from collections.abc import Iterable, Iterator

from uncramp.plain.output import terminal_columns

TYPE_CHECKING = False
if TYPE_CHECKING:
    from uncramp.advice.leaflet import Leaflet


WIDEST = 78
"""The most columns of a line that is pleasant to read."""
NARROWEST = 20
"""In a narrower terminal the lines break again."""


def reading_width() -> int:
    """The columns of a paragraph on standard output: fewer than `WIDEST` in a narrow terminal."""
    if sys.stdout is None or not sys.stdout.isatty():
        return WIDEST
    return max(min(terminal_columns(sys.stdout) - 1, WIDEST), NARROWEST)


def leaflet_lines(
    leaflet: "Leaflet", *, width: int = WIDEST, colour: bool = False
) -> Iterator[str]:
    """The page, wrapped to `width` columns; its headings are bold if it may have colours."""
    yield from _headed(leaflet.title, width, colour)
    yield from hung("", leaflet.summary, width)
    for part in leaflet.parts:
        yield ""
        yield from _headed(part.heading, width, colour)
        for words in part.words:
            yield from hung("  ", words, width)
        for point in part.points:
            yield from hung("  - ", point, width)
    if leaflet.sources:
        yield ""
        yield from _headed("Sources", width, colour)
        for source in leaflet.sources:
            yield from hung("  - ", source, width)


def titles_lines(leaflets: "Iterable[Leaflet]") -> Iterator[str]:
    """One line a page: its id and its title."""
    rows = list(leaflets)
    width = max((len(leaflet.id) for leaflet in rows), default=0)
    for leaflet in rows:
        yield f"{leaflet.id:<{width}}  {leaflet.title}"


def hung(lead: str, words: str, width: int) -> list[str]:
    """The words wrapped, with `lead` before the first line and the others indented as far."""
    from textwrap import wrap

    hang = " " * len(lead)
    return wrap(words, width, initial_indent=lead, subsequent_indent=hang, break_on_hyphens=False)


def _headed(heading: str, width: int, colour: bool) -> Iterator[str]:
    for line in hung("", heading, width):
        yield f"\x1b[1m{line}\x1b[0m" if colour else line
