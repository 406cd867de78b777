import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.content.bundled import FOLDER, IDS, routine, steps
from uncramp.atlas import load_atlas
from uncramp.core.points import Point

SOURCES = tomllib.loads(Path(__file__).with_name("sources.toml").read_text(encoding="utf-8"))
PLACE = re.compile(
    r"1\.6|2\.\d+ (summary|when|cautions)|2\.\d+-\d+|3\.[13] [A-Z]+\d*|3\.3|4\.[12]|5"
)


def sentences(*texts: str | None) -> Iterator[str]:
    for text in texts:
        yield from re.split(r"(?<=[.?!])\s+", text) if text else ()


def said_by_routine(routine_id: str) -> set[str]:
    """Every sentence of the routine's own file; what it uses of another is that one's."""
    found = routine(routine_id)
    text = FOLDER.joinpath(f"{routine_id}.toml").read_text(encoding="utf-8")
    own_cautions = [caution for caution in found.cautions if caution in text]
    said = set(sentences(found.summary, found.when, *own_cautions))
    for step in steps(found.items):
        if step.how and step.how in text:
            said |= set(sentences(step.how, step.say))
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


def test_each_source_is_a_place_that_can_be_looked_up() -> None:
    for table in [*SOURCES["routines"].values(), *SOURCES["points"].values()]:
        for sentence, places in table.items():
            assert places, sentence
            assert all(PLACE.fullmatch(place) for place in places), (sentence, places)
