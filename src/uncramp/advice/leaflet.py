"""A page to read, as a value, for the cards, the safety page and the evidence."""

from collections.abc import Iterator

from uncramp.core.lazy.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class LeafletPart:
    """A heading and the text under it."""

    heading: str
    words: tuple[str, ...] = ()
    """Paragraphs."""
    points: tuple[str, ...] = ()
    """A list, after the paragraphs."""


@dataclass(frozen=True, slots=True)
class Leaflet:
    """A short page."""

    id: str
    """The id by which a person names it."""
    title: str
    parts: tuple[LeafletPart, ...]
    summary: str = ""
    """One sentence, first on the page."""
    sources: tuple[str, ...] = ()

    def texts(self) -> Iterator[str]:
        """Every text except title and headings."""
        if self.summary:
            yield self.summary
        for part in self.parts:
            yield from part.words
            yield from part.points
