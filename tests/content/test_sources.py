import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.content.bundled import FOLDER, IDS, routine, steps
from uncramp.advice import load_cards, load_evidence
from uncramp.advice.leaflet import Leaflet
from uncramp.advice.safety import SAFETY
from uncramp.atlas import load_atlas
from uncramp.core.routine.points import Point
from uncramp.core.suitability import assess
from uncramp.core.suitability.conditions import CONDITIONS

SOURCES = tomllib.loads(Path(__file__).with_name("sources.toml").read_text(encoding="utf-8"))
PLACE = re.compile(
    r"00[0-4]-\d+|1\.6|2\.\d+ (summary|when|cautions)|2\.\d+-\d+|2\.15|3\.[13] [A-Z]+\d*|3\.3"
    r"|4\.[1-4]|5|trial"
)


def sentences(*texts: str | None) -> Iterator[str]:
    for text in texts:
        split = re.split(r"(?<=[.?!])\s+", text) if text else ()
        yield from (sentence for sentence in split if sentence != "{time}.")


def said_by_routine(routine_id: str) -> set[str]:
    """Every sentence of the routine's own file, without what it borrows."""
    found = routine(routine_id)
    text = FOLDER.joinpath(f"{routine_id}.toml").read_text(encoding="utf-8")
    own_cautions = [caution for caution in found.cautions if caution in text]
    said = set(sentences(found.summary, found.when, *own_cautions))
    for step in steps(found.items):
        if step.how and step.how in text:
            said |= set(sentences(step.how, step.say, step.say_again))
            said |= set(sentences(*(prompt.say for prompt in step.prompts)))
            own = [c for c in step.cautions if not step.point or c not in step.point.cautions]
            said |= set(sentences(*own))
    return said


def said_by_point(point: Point) -> set[str]:
    return set(sentences(point.where, point.find, point.cue, *point.cautions))


@pytest.mark.parametrize("routine_id", IDS)
def test_each_sentence_of_a_routine_has_its_source(routine_id: str) -> None:
    assert said_by_routine(routine_id) == SOURCES["routines"][routine_id].keys()


@pytest.mark.parametrize("point", load_atlas().points, ids=lambda point: point.code)
def test_each_sentence_of_a_point_has_its_source(point: Point) -> None:
    assert said_by_point(point) == SOURCES["points"][point.label].keys()


LEAFLETS = (SAFETY, load_evidence(), *load_cards())


@pytest.mark.parametrize("leaflet", LEAFLETS, ids=lambda leaflet: leaflet.id)
def test_each_sentence_of_a_page_has_its_source(leaflet: Leaflet) -> None:
    assert set(sentences(*leaflet.texts())) == SOURCES["pages"][leaflet.id].keys()


def test_each_sentence_said_to_a_person_of_themselves_has_its_source() -> None:
    asked = [text for c in CONDITIONS for text in (c.question, c.effect)]
    first = {assess.first_run_words(routine(routine_id)) for routine_id in IDS}
    told = [
        assess.CLOT_WORDS,
        assess.CLOT_EMERGENCY_WORDS,
        *assess.NUMB_WORDS.values(),
        *assess.PRESSING_WORDS.values(),
        assess.REACHING_WORDS,
        assess.STANDING_WORDS,
        *first,
    ]
    assert set(sentences(*asked, *told)) == SOURCES["pages"]["me"].keys()


def test_no_page_is_traced_that_is_not_there() -> None:
    assert SOURCES["pages"].keys() == {"me", *(leaflet.id for leaflet in LEAFLETS)}


def test_each_source_is_a_place_that_can_be_looked_up() -> None:
    for table in (table for kind in SOURCES.values() for table in kind.values()):
        for sentence, places in table.items():
            assert places, sentence
            assert all(PLACE.fullmatch(place) for place in places), (sentence, places)
