"""The atlas: the points and the figures that a routine can name, read from this package."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from uncramp.core.figures.shapes import (
    Band,
    Curve,
    Ellipse,
    Figure,
    Landmark,
    Mark,
    Shape,
    Stroke,
    View,
    figure_of,
)
from uncramp.core.routine.points import Atlas, Limb, Point

_Table = dict[str, Any]


@cache
def load_atlas() -> Atlas:
    """The points, and the ids of the figures."""
    figures = load_figures()
    limbs = {name: figure.view.limb for name, figure in figures.items()}
    points = map(_point, _read("points.toml")["points"])
    at_limbs = (replace(p, limb=limbs.get(p.figure) if p.figure else None) for p in points)
    return Atlas(at_limbs, figures, limbs)


@cache
def load_figures() -> Mapping[str, Figure]:
    """The figures by id: each view of a limb, and each area on one."""
    tables = _read("figures.toml")
    views = [_view(table) for table in tables["views"]]
    figures = {view.id: Figure(view.id, view.title, view) for view in views}
    for table in tables["areas"]:
        view, mark = figures[table["view"]].view, Mark(_shape(table), table["label"])
        figures[table["id"]] = Figure(table["id"], table["title"], view, (mark,))
    return MappingProxyType(figures)


def find_figure(point: Point | None, figure: str | None = None) -> Figure | None:
    """What a step shows: its point on a view that has it, or else the figure of this id.

    A `figure` that is a view in which the point lies is taken in place of the
    point's own. None where there is nothing to show.
    """
    figures = load_figures()
    if point is None or (figure and figure not in point.views):
        return figures.get(figure) if figure else None
    wanted = figure or point.figure
    return figure_of(point, figures[wanted].view) if wanted else None


def _read(name: str) -> _Table:
    return tomllib.loads(files(__name__).joinpath(name).read_text(encoding="utf-8"))


def _point(table: _Table) -> Point:
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in table.items()
    }
    values["views"] = {view: (x, y) for view, (x, y) in table["views"].items()}
    return Point(**values)


def _view(table: _Table) -> View:
    return View(
        id=table["id"],
        title=table["title"],
        width=table["size"][0],
        height=table["size"][1],
        outline=_places(table["outline"]),
        cuts=frozenset(table.get("cuts", ())),
        parts=tuple(map(_landmark, table.get("parts", ()))),
        landmarks=tuple(map(_landmark, table["landmarks"])),
        limb=Limb(table.get("limb", Limb.LEG)),
    )


def _landmark(table: _Table) -> Landmark:
    is_ellipse = "ellipse" in table
    line = Ellipse(*table["ellipse"]) if is_ellipse else Curve(_places(table["line"]))
    return Landmark(table["name"], line)


def _shape(table: _Table) -> Shape:
    if "ellipse" in table:
        return Ellipse(*table["ellipse"])
    if "stroke" in table:
        return Stroke(_places(table["stroke"]), table["width"])
    return Band(_places(table["band"]), table["width"])


def _places(pairs: list[list[float]]) -> tuple[tuple[float, float], ...]:
    return tuple((x, y) for x, y in pairs)
