"""The atlas: the points and the figures that a routine can name, read from this package."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from uncramp.core.figures.shapes import (
    UNIT_BOX,
    Curve,
    Ellipse,
    Figure,
    Landmark,
    LimbView,
    Mark,
    Shape,
    Stroke,
    all_landmarks,
    figure_of,
    landmarks_for,
)
from uncramp.core.lazy.dataclass import replace
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
    by_id = {view.id: view for view in views}
    shown = [view for table, view in zip(tables["views"], views, strict=True) if _is_shown(table)]
    figures = {v.id: Figure(v.id, v.title, v, (), all_landmarks(v)) for v in shown}
    for table in tables["areas"]:
        figures[table["id"]] = _area(table, by_id[table["view"]])
    return MappingProxyType(figures)


def find_figure(point: Point | None, figure: str | None = None) -> Figure | None:
    """What a step shows: its point on a view that has it, or else the figure with this id.

    If `figure` is a view that has the point, it replaces the point's own view. None if there is
    nothing to show.
    """
    figures = load_figures()
    if point is None or (figure and figure not in point.views):
        return figures.get(figure) if figure else None
    wanted = figure or point.figure
    return figure_of(point, figures[wanted].view) if wanted else None


def _read(name: str) -> _Table:
    return tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))


def _point(table: _Table) -> Point:
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in table.items()
    }
    values["views"] = {view: (x, y) for view, (x, y) in table["views"].items()}
    return Point(**values)


def _view(table: _Table) -> LimbView:
    return LimbView(
        id=table["id"],
        title=table["title"],
        width=table["size"][0],
        height=table["size"][1],
        outline=_places(table["outline"]),
        cuts=frozenset(table.get("cuts", ())),
        parts=tuple(map(_landmark, table.get("parts", ()))),
        landmarks=tuple(map(_landmark, table.get("landmarks", ()))),
        limb=Limb(table.get("limb", Limb.LEG)),
        extent=tuple(table.get("extent", UNIT_BOX)),
    )


def _is_shown(table: _Table) -> bool:
    """Can a step show the view without an area on it?"""
    is_alone: bool = table.get("alone", True)
    return is_alone


def _area(table: _Table, view: LimbView) -> Figure:
    marks = (Mark(_shape(table), table["label"]),)
    hands = tuple(Curve(_places(hand)) for hand in table.get("hands", ()))
    tools = tuple(Curve(_places(tool)) for tool in table.get("tools", ()))
    landmarks = landmarks_for(view, table["id"])
    return Figure(table["id"], table["title"], view, marks, landmarks, hands, tools)


def _landmark(table: _Table) -> Landmark:
    kind = next(kind for kind in ("ellipse", "line", "measure") if kind in table)
    line = Ellipse(*table["ellipse"]) if kind == "ellipse" else Curve(_places(table[kind]))
    x_and_y = table.get("named_at")
    return Landmark(
        table["name"],
        line,
        frozenset(table.get("leads_to", ())),
        (x_and_y[0], x_and_y[1]) if x_and_y else None,
        kind == "measure",
    )


def _shape(table: _Table) -> Shape:
    if "ellipse" in table:
        return Ellipse(*table["ellipse"])
    return Stroke(_places(table["stroke"]), table["width"], table.get("goes_back", False))


def _places(pairs: list[list[float]]) -> tuple[tuple[float, float], ...]:
    return tuple((x, y) for x, y in pairs)
