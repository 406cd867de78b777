"""Pages to read: cards, what is known to help, and when to see a doctor."""

from collections.abc import Iterator

from uncramp.advice import load_cards, load_evidence
from uncramp.advice.leaflet import Leaflet
from uncramp.advice.safety import SAFETY
from uncramp.core.suitability.assess import Answer
from uncramp.tui.dialogs.page import PageOver
from uncramp.tui.widgets.text_page import Look, Paragraph

BLANK = Paragraph()


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


def difference_paragraphs(answer: Answer) -> tuple[Paragraph, ...]:
    """What is different about a routine for this person; empty if nothing is."""
    if not answer.differences:
        return ()
    different = [Paragraph(f"• {words}", Look.CARE, hang=2) for words in answer.differences]
    return (Paragraph("For you", Look.HEADING), *different, BLANK)


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
