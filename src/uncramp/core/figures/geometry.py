"""The lines of a figure in cell widths: the place of a view, and the shape of an arrow.

A cell is one wide and `CELL_HEIGHT` high; x runs to the right and y down.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import cos, hypot, pi, sin

from uncramp.core.figures.canvas import CELL_HEIGHT, XY
from uncramp.core.figures.shapes import (
    Curve,
    Ellipse,
    LimbView,
    Line,
    Place,
    Shape,
    Spot,
    Stroke,
    mirrored,
    smoothed,
)
from uncramp.core.routine.model import Side

_SMALLEST_SPOT = 0.9
_SPOT_SHARE = 0.02
"""A spot's radius: at least in cell widths, and as a part of the view's height."""


class Frame:
    """The place of a view on a grid of cells: as large as fits, centred."""

    def __init__(
        self, view: LimbView, size: tuple[int, int], side: Side, share: float = 1.0
    ) -> None:
        """Fit `view` into `size` columns and rows, or into that share of them."""
        columns, rows = size[0], size[1] * CELL_HEIGHT
        left, top, right, bottom = view.extent
        across, down = (right - left) * view.width, (bottom - top) * view.height
        scale = share * min(columns / across, rows / down)
        self.width = view.width * scale
        self.height = view.height * scale
        self._is_left = side is Side.LEFT
        start = 1 - right if self._is_left else left
        self._x = (columns - across * scale) / 2 - start * self.width
        self._y = (rows - down * scale) / 2 - top * self.height

    def put(self, places: Sequence[Place]) -> list[XY]:
        """The places of the view in cell widths, on the side that is shown."""
        turned = mirrored(places) if self._is_left else places
        return [(self._x + x * self.width, self._y + y * self.height) for x, y in turned]

    def put_one(self, place: Place) -> XY:
        """One place of the view in cell widths."""
        return self.put([place])[0]

    def radius_of(self, shape: Shape) -> float:
        """Half the width of what is drawn for a mark, in cell widths."""
        match shape:
            case Spot():
                return max(_SMALLEST_SPOT, _SPOT_SHARE * self.height)
            case Ellipse(_, _, rx, _):
                return rx * self.width
            case Stroke(_, width):
                return width / 2 * self.width


def places_of(line: Line) -> tuple[Place, ...]:
    """The line as many short straight pieces."""
    if isinstance(line, Ellipse):
        return tuple(circle(line.x, line.y, line.rx, line.ry))
    return smoothed(line.places)


def middle_of(shape: Shape | Line) -> Place:
    """A place in the middle of what is drawn."""
    match shape:
        case Spot(x, y) | Ellipse(x, y):
            return x, y
        case Stroke(places) | Curve(places):
            (x1, y1), (x2, y2) = places[(len(places) - 1) // 2], places[len(places) // 2]
            return (x1 + x2) / 2, (y1 + y2) / 2


def circle(x: float, y: float, rx: float, ry: float) -> list[XY]:
    """An ellipse round a place, closed."""
    turns = [2 * pi * step / 32 for step in range(33)]
    return [(x + rx * cos(turn), y + ry * sin(turn)) for turn in turns]


def _band(middle: Sequence[XY], width: float) -> list[XY]:
    """The outline of a band of `width` along a line."""
    left, right = [], []
    for (x1, y1), (x2, y2) in pairwise(middle):
        length = hypot(x2 - x1, y2 - y1)
        across, down = (y1 - y2) / length * width / 2, (x2 - x1) / length * width / 2
        for x, y in ((x1, y1), (x2, y2)):
            left.append((x + across, y + down))
            right.append((x - across, y - down))
    return [*left, *reversed(right)]


def arrow(middle: Sequence[XY], width: float, *, goes_back: bool) -> list[list[XY]]:
    """The closed outlines of an arrow along a line: its shaft, and a head at each of its ends."""
    heads = [_arrow_head(middle, width)]
    if goes_back:
        heads.append(_arrow_head(middle[::-1], width))
    return [_band(middle, max(0.3, 0.3 * width)), *heads]


def _arrow_head(middle: Sequence[XY], width: float) -> list[XY]:
    size = max(1.2, 0.75 * width)
    x2, y2 = middle[-1]
    back = next((p for p in reversed(middle) if hypot(x2 - p[0], y2 - p[1]) >= size), middle[0])
    length = hypot(x2 - back[0], y2 - back[1]) or 1.0
    ahead_x, ahead_y = (x2 - back[0]) / length * size, (y2 - back[1]) / length * size
    back_x, back_y = x2 - ahead_x, y2 - ahead_y
    half_x, half_y = 0.6 * ahead_x, 0.6 * ahead_y
    return [(x2, y2), (back_x - half_y, back_y + half_x), (back_x + half_y, back_y - half_x)]


def tick(end: XY, inner: XY) -> list[XY]:
    """A short line across the end of a distance that comes from `inner`."""
    length = hypot(end[0] - inner[0], end[1] - inner[1]) or 1.0
    across, down = (end[1] - inner[1]) / length * 0.6, (inner[0] - end[0]) / length * 0.6
    return [(end[0] - across, end[1] - down), (end[0] + across, end[1] + down)]
