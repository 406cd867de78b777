"""The shipped texts claim nothing unknown, and do not mention how they were made."""

import re
from pathlib import Path

import pytest

from tests.content.bundled import ROOT
from uncramp.advice import load_cards, load_evidence
from uncramp.advice.leaflet import Leaflet
from uncramp.advice.safety import SAFETY
from uncramp.core.suitability.conditions import CONDITIONS

LEAFLETS = (SAFETY, load_evidence(), *load_cards())

CLAIMS = (
    r"toxin", r"detox", r"\bpores\b", r"draws? out", r"fungus", r"nail", r"dead blood",
    r"stagnation", r"channels? (in the feet )?opens?", r"within a few days", r"70 ?%",
    r"however hot", r"\bcures?\b", r"\bcured\b", r"\bheals?\b(?! slowly)", r"turmeric", r"arnica",
    r"bromelain", r"\bMSM\b", r"guarante", r"always works?", r"proven to help",
)  # fmt: skip

OF_OUR_MAKING = (r"\bseeds?\b", r"\bS00\d\b", r"\b00\d-\d+\b", r"\bdossier\b")

SHIPPED = [
    path
    for folder in ("src/uncramp", "routines")
    for path in (ROOT / folder).rglob("*")
    if path.suffix in {".py", ".toml", ".svg", ".tcss"}
]


@pytest.mark.parametrize("leaflet", LEAFLETS, ids=lambda leaflet: leaflet.id)
def test_a_page_makes_no_claim_that_is_not_carried(leaflet: Leaflet) -> None:
    text = "\n".join((leaflet.title, *(part.heading for part in leaflet.parts), *leaflet.texts()))
    for claim in CLAIMS:
        assert not re.search(claim, text, re.IGNORECASE), claim


@pytest.mark.parametrize("leaflet", LEAFLETS, ids=lambda leaflet: leaflet.id)
def test_no_page_names_water_over_42_degrees(leaflet: Leaflet) -> None:
    named = [int(n) for text in leaflet.texts() for n in re.findall(r"(\d+) °C", text)]
    assert all(n <= 42 for n in named)


@pytest.mark.parametrize("leaflet", LEAFLETS, ids=lambda leaflet: leaflet.id)
def test_a_page_names_its_sources_as_a_reader_would_look_them_up(leaflet: Leaflet) -> None:
    assert leaflet.sources
    assert all(len(source) > 8 for source in leaflet.sources)


@pytest.mark.parametrize("leaflet", LEAFLETS, ids=lambda leaflet: leaflet.id)
def test_a_tired_person_can_read_each_sentence(leaflet: Leaflet) -> None:
    for text in leaflet.texts():
        assert len(text) <= 260, text


def test_the_emergency_comes_first() -> None:
    first, second, *_ = SAFETY.parts
    assert "emergency number" in first.heading
    assert "today" in second.heading


def test_magnesium_is_not_promised_anywhere() -> None:
    for leaflet in LEAFLETS:
        for text in leaflet.texts():
            if re.search("magnesium", text, re.IGNORECASE):
                assert leaflet.id in {"evidence", "causes"}, text
                assert re.search("no adequate support|^The articles name", text), text


def test_a_question_is_short_and_no_form_of_fear() -> None:
    for condition in CONDITIONS:
        assert condition.question.endswith("?")
        assert len(condition.question) <= 80
        assert not re.search("danger|warning|risk|die|death", condition.question, re.IGNORECASE)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_shipped_speaks_of_how_it_was_put_together(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for words in OF_OUR_MAKING:
        assert not re.search(words, text, re.IGNORECASE), words
