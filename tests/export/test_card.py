"""A printed card is complete, nothing is cut, and text from a file is never markup."""

import re
from itertools import chain
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.content.bundled import IDS, routine
from uncramp.core.plan.plan import make_plan
from uncramp.core.routine.model import Choices, Group, Routine, Side, Sides, Step
from uncramp.export.card.card_content import CardContent, card_of
from uncramp.export.card.card_file import write_card
from uncramp.export.card.lettering import width_of, wrapped
from uncramp.export.card.pages import MARGIN, Page, Paper, PrintedFigure, PrintedLine, laid_out
from uncramp.export.card.svg_page import svg_page
from uncramp.export.draft import CannotExport, ExportFault


def words_of(pages: tuple[Page, ...]) -> list[PrintedLine]:
    return [item for page in pages for item in page.items if isinstance(item, PrintedLine)]


def said(pages: tuple[Page, ...]) -> str:
    return " ".join(chain.from_iterable(one.text.split() for one in words_of(pages)))


def longest_texts(card: CardContent) -> list[str]:
    steps = [text for step in card.steps for text in (step.name, step.facts, step.how, step.notes)]
    return [*card.about, *card.care, *steps, *(step.care for step in card.steps), *card.sources]


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("routine_id", IDS)
def test_all_of_a_bundled_routine_is_inside_its_pages(routine_id: str, paper: Paper) -> None:
    card = card_of(make_plan(routine(routine_id)))
    pages = laid_out(card, paper)
    assert len(pages) <= 2
    everything = said(pages)
    for text in longest_texts(card):
        assert " ".join(text.split()) in everything
    for page in pages:
        for item in page.items:
            if isinstance(item, PrintedLine):
                assert item.x >= MARGIN - 0.1
                assert item.x + item.width <= page.width - MARGIN + 0.1
                assert item.y < page.height - MARGIN + 10
            if isinstance(item, PrintedFigure):
                assert item.x + item.drawing.width * item.scale <= page.width - MARGIN + 0.1
                assert item.y + item.drawing.height * item.scale < page.height - MARGIN


def test_sides_and_pictures_follow_the_person() -> None:
    steps = (Group("g", (routine("bedtime").items[3],)),)
    card = card_of(make_plan(Routine("r", "R", steps), Choices(first_side=Side.RIGHT)))
    assert [step.facts for step in card.steps if "side" in step.facts] == [
        "right side, then left side"
    ]
    assert {picture.side for picture in card.pictures} == {Side.RIGHT}
    left = Routine("r", "R", (Step("a", "Rub", 1_000, sides=Sides.LEFT, figure="calf-roll"),))
    assert card_of(make_plan(left)).pictures[0].side is Side.LEFT


def test_what_is_left_out_is_not_on_it() -> None:
    plan = make_plan(routine("bedtime"), Choices(conditions=frozenset({"pregnant"})))
    assert not [step for step in card_of(plan).steps if "BL60" in step.facts]


def test_own_times_are_printed() -> None:
    step = Step("a", "Soak", 20_000)
    plan = make_plan(Routine("r", "R", (step,)), Choices(times_ms={"a": 90_000}))
    assert card_of(plan).steps[0].time == "1:30"


@given(st.text(max_size=200), st.floats(20, 400))
def test_lines_fit_and_lose_nothing(text: str, width: float) -> None:
    lines = list(wrapped(text, 10, width))
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(width_of(line, 10) <= width + 0.01 or len(line) == 1 for line in lines)


HOSTILE = '</title><script>alert(1)</script> & "q" \u202e \uffff \x1b[31m'


def test_hostile_words_stay_words() -> None:
    step = Step("a", HOSTILE, 1_000, how=HOSTILE)
    card = card_of(make_plan(Routine("r", HOSTILE, (step,))))
    (page,) = laid_out(card, Paper.A4)
    root = ElementTree.fromstring(svg_page(page, card.title, '"><x'))
    tags = {re.sub("{.*}", "", element.tag) for element in root.iter()}
    assert tags <= {"svg", "title", "style", "rect", "text", "line"}
    assert "\u202e" not in said((page,))


@pytest.mark.slow
def test_a_title_of_a_megabyte_is_refused_in_words(tmp_path: Path) -> None:
    card = card_of(make_plan(Routine("r", "x " * 500_000, (Step("a", "Rub", 1_000),))))
    with pytest.raises(CannotExport) as caught:
        write_card(tmp_path / "a.svg", card, Paper.A4)
    assert caught.value.why is ExportFault.TOO_MANY_PAGES
    assert list(tmp_path.iterdir()) == []


def test_an_svg_is_a_file_for_each_page(tmp_path: Path) -> None:
    card = card_of(make_plan(routine("bedtime")))
    written = write_card(tmp_path / "b.svg", card, Paper.A4)
    assert [path.name for path in written] == ["b.svg", "b-2.svg"]
    assert sorted(tmp_path.iterdir()) == sorted(written)
    # The second page is not replaced either.
    (tmp_path / "b.svg").unlink()
    with pytest.raises(CannotExport) as caught:
        write_card(tmp_path / "b.svg", card, Paper.A4)
    assert caught.value.why is ExportFault.THERE_ALREADY
    assert [path.name for path in tmp_path.iterdir()] == ["b-2.svg"]


def test_a_pdf_has_all_pages_and_is_the_same_each_time(tmp_path: Path) -> None:
    card = card_of(make_plan(routine("bedtime")))
    first, second = tmp_path / "a.pdf", tmp_path / "b.pdf"
    for target in (first, second):
        assert write_card(target, card, Paper.LETTER) == (target,)
    data = first.read_bytes()
    assert data == second.read_bytes()
    assert len(re.findall(rb"/Type /Page\b", data)) == 2


def test_letters_that_no_pdf_can_show_are_named(tmp_path: Path) -> None:
    card = card_of(make_plan(Routine("r", "שלום", (Step("a", "Rub", 1_000),))))
    with pytest.raises(CannotExport) as caught:
        write_card(tmp_path / "a.pdf", card, Paper.A4)
    assert (caught.value.why, caught.value.detail) == (ExportFault.NO_FONT, "שלום")
    write_card(tmp_path / "a.svg", card, Paper.A4)
