"""A figure drawn into a grid of character cells, for a screen or for plain text.

A picture holds characters and what each is part of; colours are the screen's own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, hypot, pi, sin

from uncramp.core.figures.canvas import CELL_HEIGHT, XY, Canvas, Cell, Charset, Role
from uncramp.core.figures.label_placement import Bounds, place_label
from uncramp.core.figures.shapes import (
    Band,
    Ellipse,
    Figure,
    Line,
    Mark,
    Place,
    Spot,
    Stroke,
    View,
    contours,
    mirrored,
    smoothed,
)
from uncramp.core.routine.model import Side

SMALLEST_COLUMNS = 16
SMALLEST_ROWS = 8
"""Below this a picture leads nobody to the place, and words do."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure drawn for one side at one size."""

    rows: tuple[tuple[Cell, ...], ...]
    side: Side

    @property
    def lines(self) -> tuple[str, ...]:
        """Its rows as text, without what is blank at their ends."""
        return tuple("".join(c.character for c in row).rstrip() for row in self.rows)


def draw(
    figure: Figure,
    columns: int,
    rows: int,
    side: Side | None = None,
    *,
    charset: Charset = Charset.BRAILLE,
    is_hollow: bool = False,
) -> Picture | None:
    """`figure` in `columns` by `rows` cells, or None where that is too small to be of use.

    The left limb is drawn for `Side.LEFT`, the right one for any other. `is_hollow`
    draws a point as a ring instead of a disc: one and then the other make it pulse.
    """
    if columns < SMALLEST_COLUMNS or rows < SMALLEST_ROWS:
        return None
    shown = Side.LEFT if side is Side.LEFT else Side.RIGHT
    canvas = Canvas(columns, rows, charset)
    frame = _Frame(figure.view, columns, rows, shown)
    outlines = contours(figure.view)
    canvas.flesh(frame.put([place for line in outlines for place in line]))
    for line in (*outlines, *(_line(part.line) for part in figure.view.parts)):
        canvas.line(frame.put(line), Role.LIMB)
    for landmark in figure.view.landmarks:
        is_bone = isinstance(landmark.line, Ellipse)
        canvas.line(frame.put(_line(landmark.line)), Role.LANDMARK, is_dotted=not is_bone)
    bounds = [_draw_mark(canvas, frame, mark, is_hollow) for mark in figure.marks]
    for mark, around in zip(figure.marks, bounds, strict=True):
        place_label(canvas, mark.label, around)
    return Picture(canvas.cells(), shown)


class _Frame:
    """Where a view's box stands on the canvas: as large as fits, in the middle."""

    def __init__(self, view: View, columns: int, rows: int, side: Side) -> None:
        self._is_left = side is Side.LEFT
        scale = min(columns / view.width, rows * CELL_HEIGHT / view.height)
        self.width = view.width * scale
        self.height = view.height * scale
        self._x = (columns - self.width) / 2
        self._y = (rows * CELL_HEIGHT - self.height) / 2

    def put(self, places: Sequence[Place]) -> list[XY]:
        turned = mirrored(places) if self._is_left else places
        return [(self._x + x * self.width, self._y + y * self.height) for x, y in turned]


def _draw_mark(canvas: Canvas, frame: _Frame, mark: Mark, is_hollow: bool) -> Bounds:
    match mark.shape:
        case Spot(x, y):
            return _draw_spot(canvas, frame, frame.put([(x, y)])[0], is_hollow)
        case Ellipse():
            area = frame.put(_line(mark.shape))
        case Band(places, width):
            area = _along(frame.put(smoothed(places)), width * frame.width)
        case Stroke(places, width):
            return _draw_stroke(canvas, frame.put(smoothed(places)), width * frame.width)
    canvas.line([*area, area[0]], Role.ZONE)
    canvas.fill(area, Role.ZONE, is_sparse=True)
    return Bounds.around(area)


def _draw_stroke(canvas: Canvas, middle: Sequence[XY], width: float) -> Bounds:
    """An arrow between the edges of what the hands take in."""
    edges = _along(middle, width)
    half = len(edges) // 2
    canvas.line(edges[:half], Role.ZONE, is_dotted=True)
    canvas.line(edges[half:], Role.ZONE, is_dotted=True)
    canvas.fill(_arrow_head(middle, width), Role.ZONE)
    canvas.fill(_along(middle, 0.25 * width), Role.ZONE)
    canvas.line(middle, Role.ZONE)
    return Bounds.around(edges)


def _draw_spot(canvas: Canvas, frame: _Frame, centre: XY, is_hollow: bool) -> Bounds:
    x, y = centre
    radius = max(0.9, 0.025 * frame.height)
    canvas.clear(x, y, radius + 0.5)
    circle = _circle(x, y, radius, radius)
    if is_hollow:
        canvas.line(circle, Role.POINT)
    else:
        canvas.fill(circle, Role.POINT)
        # Where dots are coarse the middle of none may lie in the circle.
        canvas.dot(x, y, Role.POINT)
    return Bounds.around(circle)


def _line(line: Line) -> tuple[Place, ...]:
    if isinstance(line, Ellipse):
        return tuple(_circle(line.x, line.y, line.rx, line.ry))
    return smoothed(line.places)


def _circle(x: float, y: float, rx: float, ry: float) -> list[XY]:
    turns = [2 * pi * step / 32 for step in range(33)]
    return [(x + rx * cos(turn), y + ry * sin(turn)) for turn in turns]


def _along(middle: Sequence[XY], width: float) -> list[XY]:
    """The outline of a band of `width` along a line."""
    left, right = [], []
    for (x1, y1), (x2, y2) in pairwise(middle):
        length = hypot(x2 - x1, y2 - y1)
        across, down = (y1 - y2) / length * width / 2, (x2 - x1) / length * width / 2
        for x, y in ((x1, y1), (x2, y2)):
            left.append((x + across, y + down))
            right.append((x - across, y - down))
    return [*left, *reversed(right)]


def _arrow_head(middle: Sequence[XY], width: float) -> list[XY]:
    (x1, y1), (x2, y2) = middle[0], middle[-1]
    half = max(1.0, 0.4 * width) / hypot(x2 - x1, y2 - y1)
    ahead_x, ahead_y = (x2 - x1) * half, (y2 - y1) * half
    back_x, back_y = x2 - 1.5 * ahead_x, y2 - 1.5 * ahead_y
    return [(x2, y2), (back_x - ahead_y, back_y + ahead_x), (back_x + ahead_y, back_y - ahead_x)]
