import re
from xml.etree import ElementTree

import pytest

from uncramp.atlas import find_figure, load_atlas, load_figures
from uncramp.atlas.charts import FOLDER, charts
from uncramp.core.figures.drawing import COLUMNS, UNIT
from uncramp.core.figures.shapes import Figure
from uncramp.core.figures.svg import svg_of
from uncramp.core.routine.model import Side

CHARTS = dict(charts())


def test_the_drawings_in_the_repository_are_those_of_the_data() -> None:
    kept = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.svg")}
    assert kept == CHARTS, "draw them again: python -m uncramp.atlas.charts"


@pytest.mark.parametrize("figure", load_figures().values(), ids=lambda figure: figure.id)
@pytest.mark.parametrize("side", [Side.LEFT, Side.RIGHT])
def test_a_drawing_is_whole_and_says_what_it_shows(figure: Figure, side: Side) -> None:
    root = ElementTree.fromstring(svg_of(figure, side))
    title = root.findtext("{http://www.w3.org/2000/svg}title")
    assert title is not None
    assert figure.title in title
    assert side.value in title


@pytest.mark.parametrize("figure", load_figures().values(), ids=lambda figure: figure.id)
def test_a_colour_that_some_would_draw_opaque_is_not_used(figure: Figure) -> None:
    colours = re.findall(r"#[0-9a-fA-F]+", svg_of(figure))
    assert colours
    assert {len(colour) for colour in colours} <= {4, 7}


def test_the_left_limb_is_the_mirror_of_the_right() -> None:
    def point_x(side: Side) -> float:
        point = load_atlas().find("KD3")
        figure = find_figure(point)
        assert figure
        found = re.search(r'class="point" cx="([\d.]+)"', svg_of(figure, side))
        assert found is not None
        return float(found[1])

    assert point_x(Side.LEFT) == pytest.approx(COLUMNS * UNIT - point_x(Side.RIGHT), abs=0.2)
