"""`uncramp safety`, `uncramp evidence` and `uncramp advice`."""

import sys

from uncramp.advice.leaflet import Leaflet
from uncramp.cli.arguments import Arguments
from uncramp.core.text.safe_text import shown
from uncramp.core.text.suggestions import nearest
from uncramp.plain.leaflet_lines import leaflet_lines, reading_width, titles_lines
from uncramp.plain.output import complain, is_coloured, write


def safety(asked: Arguments) -> int:
    """Write when to see a doctor and when to stop."""
    from uncramp.advice.safety import SAFETY

    return _write(SAFETY)


def evidence(asked: Arguments) -> int:
    """Write what is known to help and what is not."""
    from uncramp.advice import load_evidence

    return _write(load_evidence())


def advice(asked: Arguments) -> int:
    """Write the requested card, or the names of all."""
    cards = _cards()
    if asked.name is None:
        write([*titles_lines(cards.values()), "", "uncramp advice NAME opens one."])
        return 0
    name = asked.name.casefold()
    if name not in cards:
        near = nearest(name, cards)
        hint = f"Did you mean {near}?" if near else f"The pages are {', '.join(cards)}."
        return complain(f'There is no page "{shown(asked.name)}". {hint}')
    return _write(cards[name])


def _cards() -> dict[str, Leaflet]:
    """The cards, and the two pages with their own commands."""
    from uncramp.advice import load_cards, load_evidence
    from uncramp.advice.safety import SAFETY

    return {card.id: card for card in (*load_cards(), SAFETY, load_evidence())}


def _write(leaflet: Leaflet) -> int:
    write(leaflet_lines(leaflet, width=reading_width(), colour=is_coloured(sys.stdout)))
    return 0
