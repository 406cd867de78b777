"""A page to read, as a value: what the cards, the safety page and the evidence are made of."""

from collections.abc import Iterator

from uncramp.core.lazy.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class LeafletPart:
    """A heading and what stands under it."""

    heading: str
    words: tuple[str, ...] = ()
    """Paragraphs."""
    points: tuple[str, ...] = ()
    """A list, after the paragraphs."""


@dataclass(frozen=True, slots=True)
class Leaflet:
    """A short page."""

    id: str
    """By which a person asks for it."""
    title: str
    parts: tuple[LeafletPart, ...]
    summary: str = ""
    """One sentence, first on the page."""
    sources: tuple[str, ...] = ()

    def texts(self) -> Iterator[str]:
        """Every text that says something, title and headings aside."""
        if self.summary:
            yield self.summary
        for part in self.parts:
            yield from part.words
            yield from part.points
