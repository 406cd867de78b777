"""The atlas: the points and the figures that a routine can name, read from this package."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
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


_OF_HEAD = ("id =", "view =", "limb =", "alone =")
"""The keys of a figure by which it is found, each a word or `false` on a line of its own.

The lines of its drawing are read when it is shown."""


@cache
def load_atlas() -> Atlas:
    """The points, and the ids of the figures."""
    figures = load_figures()
    points = map(_point, _read("points.toml")["points"])
    at_limbs = (replace(p, limb=figures.limbs.get(p.figure) if p.figure else None) for p in points)
    return Atlas(at_limbs, figures, figures.limbs)


@cache
def load_figures() -> "Figures":
    """The figures by id: each view of a limb, and each area on one."""
    return Figures(Path(__file__).with_name("figures.toml").read_text(encoding="utf-8"))


class Figures(Mapping[str, Figure]):
    """The figures by id, each read when it is first asked for.

    To read all of their lines takes longer than all else that `uncramp check` does.
    """

    def __init__(self, text: str) -> None:
        """Find the figures in the text of the atlas's file."""
        self._read: dict[str, Figure] = {}
        self._read_views: dict[str, LimbView] = {}
        self._views: dict[str, str] = {}
        self._areas: dict[str, tuple[str, str]] = {}
        self.limbs: dict[str, Limb] = {}
        """Of each figure."""
        limb_of: dict[str, Limb] = {}
        for block in text.split("\n[[")[1:]:
            kind, _, body = block.partition("]]\n")
            lines = [line for line in body.splitlines() if line.startswith(_OF_HEAD)]
            head = dict(line.replace('"', "").split(" = ") for line in lines)
            name = head["id"]
            if kind == "views":
                self._views[name] = body
                limb_of[name] = Limb(head.get("limb", Limb.LEG))
                # Some a step cannot show without an area on them.
                if head.get("alone") != "false":
                    self.limbs[name] = limb_of[name]
            else:
                self._areas[name] = (head["view"], body)
                self.limbs[name] = limb_of[head["view"]]

    def __getitem__(self, name: str) -> Figure:
        """The figure with that id. Raises KeyError if there is none."""
        if name not in self._read:
            self._read[name] = self._figure(name)
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        """The ids: first the views, then the areas, as they stand in the file."""
        return iter(self.limbs)

    def __len__(self) -> int:
        """How many there are."""
        return len(self.limbs)

    def _figure(self, name: str) -> Figure:
        if name not in self.limbs:
            raise KeyError(name)
        if name in self._areas:
            view, body = self._areas[name]
            return _area(tomllib.loads(body), self._view(view))
        found = self._view(name)
        return Figure(found.id, found.title, found, (), all_landmarks(found))

    def _view(self, name: str) -> LimbView:
        if name not in self._read_views:
            self._read_views[name] = _view(tomllib.loads(self._views[name]))
        return self._read_views[name]


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
