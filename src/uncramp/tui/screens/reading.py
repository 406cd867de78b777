"""Pages to read: cards, what is known to help, when to see a doctor, and the points."""

from collections.abc import Iterator

from textual.geometry import Size

from uncramp.advice import load_cards, load_evidence
from uncramp.advice.leaflet import Leaflet
from uncramp.advice.safety import SAFETY
from uncramp.atlas import find_figure, load_atlas
from uncramp.core.model import Side
from uncramp.core.person import Answer, because_words
from uncramp.core.pictures import draw
from uncramp.core.points import Point
from uncramp.tui.screens.page_over import PageOver
from uncramp.tui.widgets.text_page import Look, Paragraph

BLANK = Paragraph()

_BESIDE_PICTURE = 6, 9
"""Columns of a page's frame, and rows of it and of the words over a picture."""


def safety_page() -> PageOver:
    """When to see a doctor, and when to stop."""
    return PageOver(SAFETY.title, tuple(_leaflet(SAFETY)))


def evidence_page() -> PageOver:
    """What is known to help, and what is not."""
    evidence = load_evidence()
    return PageOver(evidence.title, tuple(_leaflet(evidence)))


def advice_page() -> PageOver:
    """The cards, one after another."""
    return PageOver("Advice", tuple(p for card in load_cards() for p in _card(card)))


def points_page(size: Size, side: Side = Side.RIGHT) -> PageOver:
    """Every point, with its picture on that side, on a screen of `size`."""
    columns = min(size.width - _BESIDE_PICTURE[0], 40)
    rows = min(max(size.height * 8 // 10 - _BESIDE_PICTURE[1], 10), 24)
    paragraphs = [p for point in load_atlas().points for p in _point(point, columns, rows, side)]
    return PageOver("Points to press", tuple(paragraphs))


def difference_paragraphs(answer: Answer) -> tuple[Paragraph, ...]:
    """What of a routine is different for this person; nothing where nothing is."""
    if not answer.differences:
        return ()
    told = [Paragraph(f"• {words}", Look.CARE, hang=2) for words in answer.differences]
    return (Paragraph("For you", Look.HEADING), *told, BLANK)


def _card(card: Leaflet) -> Iterator[Paragraph]:
    yield Paragraph(card.title, Look.STRONG)
    yield from _leaflet(card)
    yield BLANK


def _leaflet(leaflet: Leaflet) -> Iterator[Paragraph]:
    if leaflet.summary:
        yield Paragraph(leaflet.summary)
        yield BLANK
    for part in leaflet.parts:
        yield Paragraph(part.heading, Look.HEADING)
        yield from (Paragraph(words) for words in part.words)
        yield from (Paragraph(f"• {point}", hang=2) for point in part.points)
        yield BLANK
    yield from (Paragraph(f"Source: {source}", Look.QUIET, hang=2) for source in leaflet.sources)


def _point(point: Point, columns: int, rows: int, side: Side) -> Iterator[Paragraph]:
    yield Paragraph(point.title, Look.STRONG)
    yield Paragraph(point.find)
    figure = find_figure(point)
    picture = draw(figure, columns, rows, side) if figure else None
    if figure and picture:
        yield Paragraph(f"{figure.title}, {picture.side.value}", Look.QUIET)
        yield from (Paragraph(_kept_in_place(line), Look.CODE) for line in picture.lines)
    yield Paragraph(f"{point.where}.", Look.QUIET)
    yield from (Paragraph(f"• {caution}", Look.CARE, hang=2) for caution in point.cautions)
    for condition in point.unless:
        yield Paragraph(f"• Left out where: {because_words((condition,))}.", Look.CARE, hang=2)
    yield from (Paragraph(f"Source: {source}", Look.QUIET, hang=2) for source in point.sources)
    yield BLANK


def _kept_in_place(line: str) -> str:
    """The line of a picture with its first blanks as empty braille, which no page strips."""
    drawn = line.lstrip(" ")
    return "\u2800" * (len(line) - len(drawn)) + drawn
