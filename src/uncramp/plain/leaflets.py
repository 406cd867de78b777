"""Pages to read, as lines: cards, the safety page, the evidence."""

from collections.abc import Iterable, Iterator
from textwrap import wrap

from uncramp.advice.leaflet import Leaflet

WIDEST = 78
"""Columns of a line that is pleasant to read."""


def leaflet_lines(leaflet: Leaflet, *, width: int = WIDEST) -> Iterator[str]:
    """The page, wrapped to `width` columns, without colours."""
    yield from wrap(leaflet.title, width)
    yield from wrap(leaflet.summary, width)
    for part in leaflet.parts:
        yield ""
        yield from wrap(part.heading, width)
        for words in part.words:
            yield from hung("  ", words, width)
        for point in part.points:
            yield from hung("  - ", point, width)
    if leaflet.sources:
        yield ""
        yield "Sources"
        for source in leaflet.sources:
            yield from hung("  - ", source, width)


def titles_lines(leaflets: Iterable[Leaflet]) -> Iterator[str]:
    """One line a page: its id and its title."""
    rows = list(leaflets)
    width = max((len(leaflet.id) for leaflet in rows), default=0)
    for leaflet in rows:
        yield f"{leaflet.id:<{width}}  {leaflet.title}"


def hung(lead: str, words: str, width: int) -> list[str]:
    """The words wrapped, with `lead` before the first line and as much room before the others."""
    return wrap(words, width, initial_indent=lead, subsequent_indent=" " * len(lead))
