from itertools import pairwise
from pathlib import Path

import pytest

from uncramp.atlas import find_figure, load_atlas, load_figures
from uncramp.core.figures.shapes import (
    Ellipse,
    Figure,
    LimbView,
    Place,
    Spot,
    Stroke,
    contours,
    figure_of,
    mirrored,
)

ROOT = Path(__file__).parents[2]
FIGURES = load_figures()
VIEWS = {figure.view.id: figure.view for figure in FIGURES.values()}
MARKED = [
    *(figure for figure in FIGURES.values() if figure.marks),
    *(figure_of(p, VIEWS[view]) for p in load_atlas().points for view in p.views),
]
HOLDS = {
    "calf-pull", "wall-stretch", "towel-pull", "toes-up", "toes-up-towel", "foot-down",
    "foot-down-alone", "forefoot-press", "seated-lean", "hamstring-chair",
}  # fmt: skip
ON_A_LIMB = [figure for figure in MARKED if figure.id not in HOLDS]
"""Where the mark says which way the whole body goes, it stands beside the body."""


def is_inside(place: Place, outline: list[Place]) -> bool:
    x, y = place
    crossings = 0
    for (x1, y1), (x2, y2) in pairwise([*outline, outline[0]]):
        if min(y1, y2) <= y < max(y1, y2) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
            crossings += 1
    return crossings % 2 == 1


def test_the_views_and_areas_there_are() -> None:
    assert set(FIGURES) == {
        "sole", "medial-foot", "lateral-ankle", "posterior-leg", "lateral-leg", "anterior-leg",
        "back-of-hand", "soak",
        "back-of-knee", "calf", "calf-roll", "below-knee", "shin-muscle", "heel", "sole-rub",
        "sole-palm",
        *HOLDS,
    }  # fmt: skip
    assert load_atlas().figures == tuple(FIGURES)
    told = (ROOT / "docs" / "format.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in told for name in FIGURES)


@pytest.mark.parametrize("figure", ON_A_LIMB, ids=lambda f: f"{f.id} {f.marks[0].label}")
@pytest.mark.parametrize("is_left", [False, True], ids=["right", "left"])
def test_a_mark_lies_inside_its_limb(figure: Figure, is_left: bool) -> None:
    outline = [place for line in contours(figure.view) for place in line]
    (mark,) = figure.marks
    match mark.shape:
        case Spot(x, y) | Ellipse(x, y, _, _):
            places: tuple[Place, ...] = ((x, y),)
        case Stroke(places, _):
            pass
    if is_left:
        places, outline = mirrored(places), list(mirrored(outline))
    assert all(is_inside(place, outline) for place in places)


@pytest.mark.parametrize("view", VIEWS.values(), ids=lambda view: view.id)
def test_an_outline_runs_through_its_written_places_and_stays_in_its_box(view: LimbView) -> None:
    drawn = {place for line in contours(view) for place in line}
    left, top, right, bottom = view.extent
    assert all(left <= x <= right and top <= y <= bottom for x, y in drawn)
    for place in view.outline:
        assert min(abs(place[0] - x) + abs(place[1] - y) for x, y in drawn) < 1e-9


def test_no_line_is_drawn_where_the_limb_goes_on() -> None:
    for view in VIEWS.values():
        edges = {"top": view.extent[1], "bottom": view.extent[3]}
        for line in contours(view):
            for (_, y1), (_, y2) in pairwise(line):
                assert not any(y1 == y2 == edges[cut] for cut in view.cuts)


def test_a_step_shows_its_point_in_the_view_it_asks_for() -> None:
    gb34 = load_atlas().find("GB34")
    shown = find_figure(gb34)
    assert shown is not None
    assert (shown.view.id, shown.marks[0].label) == ("lateral-leg", "GB34")
    in_front = find_figure(gb34, "anterior-leg")
    assert in_front is not None
    assert in_front.marks[0].shape == Spot(0.335, 0.245)
    area = find_figure(gb34, "calf")
    assert area is not None
    assert area.id == "calf"


def test_a_step_without_a_point_shows_its_figure_or_nothing() -> None:
    assert find_figure(None, "calf-roll") is FIGURES["calf-roll"]
    assert find_figure(None, "no-such-figure") is None
    assert find_figure(None) is None


def test_a_zone_is_an_area_and_not_a_spot() -> None:
    zone = find_figure(load_atlas().find("PARA"))
    assert zone is not None
    assert isinstance(zone.marks[0].shape, Ellipse)
