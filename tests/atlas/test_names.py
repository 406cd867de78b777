"""A picture names everything that `find` mentions, beside the limb, in each character set."""

import re
from collections import Counter
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from tests.atlas.test_figures import FIGURES, MARKED, VIEWS, is_inside
from uncramp.atlas import load_atlas
from uncramp.core.figures.canvas import CELL_HEIGHT, Charset, Role
from uncramp.core.figures.drawing import COLUMNS, ROWS
from uncramp.core.figures.render import draw, lay_out, names_of
from uncramp.core.figures.shapes import Figure, contours, figure_of
from uncramp.core.figures.svg import svg_of
from uncramp.core.routine.model import Side
from uncramp.core.routine.points import Point

SIZES = [(38, 15), (38, 21), (58, 37)]
"""The sizes of a point's picture on screens of 40, 80 and 120 columns."""

ALL = [*MARKED, *(figure for figure in FIGURES.values() if not figure.marks)]
each_figure = pytest.mark.parametrize("figure", ALL, ids=lambda f: f"{f.id} {names_of(f)[0]}")
each_size = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
both_sides = pytest.mark.parametrize("side", [Side.LEFT, Side.RIGHT])

SPOKEN_OF = {
    "inner ankle bone": "inner ankle bone",
    "outer ankle bone": "outer ankle bone",
    "side of the ankle": "ankle",
    "tendon": "tendon",
    "ball of the foot": "ball of the foot",
    "gap between the second and third toes": "gap between toes 2 and 3",
    "dip just behind the ball": "dip",
    "heel pad": "heel pad",
    "big toe": "big toe",
    "knuckle": "knuckle",
    "cords": "cord",
    "crease": "crease",
    "midline": "midline",
    "upside-down V": "upside-down V",
    "calf": "calf muscle",
    "four fingers and two thumbs": "4 fingers and 2 thumbs",
    "Halfway": "half",
    "knob": "knob",
    "the knee.": "kneecap",
    "thumb's width": "1 thumb",
    "Four fingers below": "4 fingers",
    "one finger outside": "1 finger",
    "outer dimple": "outer dimple",
    "kneecap": "kneecap",
    "shin ridge": "shin ridge",
    "thumb and index finger": "index finger",
    "Bring thumb": "thumb",
    "mound": "mound",
    "bone of the index finger": "bone of the index finger",
}
"""The landmarks that texts mention, and the name of each in a picture."""


@pytest.mark.parametrize("point", load_atlas().points, ids=lambda point: point.code)
def test_every_landmark_that_leads_to_a_point_is_named(point: Point) -> None:
    # A knuckle in the hand that presses is no landmark.
    find = point.find.replace("Use a knuckle", "")
    spoken_of = {name for words, name in SPOKEN_OF.items() if words in find}
    assert spoken_of, "what leads to the point stands in no list: add it above and to the figure"
    for view in point.views:
        names = names_of(figure_of(point, VIEWS[view]))
        assert all(any(name in shown for shown in names) for name in spoken_of), names


def words_of(figure: Figure) -> Counter[str]:
    return Counter(word for name in names_of(figure) for word in name.split())


@pytest.mark.slow
@each_figure
@each_size
@both_sides
@pytest.mark.parametrize("charset", Charset)
def test_all_names_stand_in_the_picture_however_it_is_drawn(
    figure: Figure, size: tuple[int, int], side: Side, charset: Charset
) -> None:
    picture = draw(figure, *size, side, charset=charset)
    assert picture is not None
    written = ""
    for row in picture.rows:
        for left, right in pairwise((*row, row[-1])):
            is_text = left.role in (Role.LABEL, Role.NAME)
            written += left.character if is_text else " "
            # A name of a mark beside the name of a landmark are two words.
            written += "" if left.role is right.role else " "
        written += " "
    assert Counter(written.split()) == words_of(figure)


@each_figure
@both_sides
def test_all_names_stand_in_the_drawing(figure: Figure, side: Side) -> None:
    root = ElementTree.fromstring(svg_of(figure, side))
    texts = [text.text or "" for text in root.iter("{http://www.w3.org/2000/svg}text")]
    assert Counter(" ".join(texts).split()) == words_of(figure)


@pytest.mark.slow
@each_figure
@pytest.mark.parametrize("size", [*SIZES, (COLUMNS, ROWS)], ids=lambda size: f"{size[0]}x{size[1]}")
@both_sides
def test_no_name_stands_on_the_limb_or_on_another(
    figure: Figure, size: tuple[int, int], side: Side
) -> None:
    layout = lay_out(figure, *size, side)
    limb = layout.frame.put([place for line in contours(figure.view) for place in line])
    taken: set[tuple[int, int]] = set()
    for name in layout.names:
        cells = set(name.place.cells())
        assert cells.isdisjoint(taken)
        taken |= cells
        for column, row in cells:
            assert 0 <= column < size[0]
            assert 0 <= row < size[1]
            assert not is_inside((column + 0.5, (row + 0.5) * CELL_HEIGHT), limb), name.text


@each_figure
@each_size
def test_a_name_has_its_own_line_which_crosses_no_other_name(
    figure: Figure, size: tuple[int, int]
) -> None:
    layout = lay_out(figure, *size, Side.RIGHT)
    for name in layout.names:
        (x1, y1), (x2, y2) = name.place.leader
        on_line = {
            (int(x1 + (x2 - x1) * t / 40), int((y1 + (y2 - y1) * t / 40) / CELL_HEIGHT))
            for t in range(41)
        }
        for other in layout.names:
            if other is not name:
                assert on_line.isdisjoint(other.place.cells()), (name.text, other.text)


def test_what_a_picture_names_is_drawn_there() -> None:
    for figure in ALL:
        left, top, right, bottom = figure.view.extent
        for landmark in figure.landmarks:
            at = landmark.named_at
            assert at is None or (left <= at[0] <= right and top <= at[1] <= bottom), landmark


def test_a_name_is_what_a_lay_person_would_say() -> None:
    for figure in ALL:
        for name in names_of(figure):
            assert not re.search("fibula|malleol|crest|popliteal|plantar", name), name
