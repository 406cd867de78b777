"""A figure as lines, discs and names on a plane, to be written as SVG or on a printed card."""

from collections.abc import Iterator, Sequence

from uncramp.core.figures.canvas import CELL_HEIGHT, XY
from uncramp.core.figures.geometry import Frame, arrow, places_of, tick
from uncramp.core.figures.render import Name, lay_out
from uncramp.core.figures.shapes import (
    Ellipse,
    Figure,
    Landmark,
    Mark,
    Spot,
    Stroke,
    contours,
    smoothed,
)
from uncramp.core.lazy.dataclass import dataclass
from uncramp.core.routine.model import Side

COLUMNS, ROWS = 84, 30
"""The grid on which names are placed if there is much room, as in a terminal."""

UNIT = 9
"""A cell's width in the drawing's own units: no letter of its text is wider on the average."""


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """A line through places, or the edge of an area."""

    style: str
    """What it shows: flesh, limb, landmark, bone, measure, leader, hand, tool, zone or arrow."""
    places: tuple[XY, ...]
    is_closed: bool = False


@dataclass(frozen=True, slots=True)
class DrawnDisc:
    """A point to press."""

    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class DrawnName:
    """One line of a name."""

    text: str
    x: float
    y: float
    """The place of its base line."""
    anchor: str
    """Which of its ends is at x: start, middle or end."""
    is_of_mark: bool


@dataclass(frozen=True, slots=True)
class FigureDrawing:
    """A figure for one side, in its own units; y goes down."""

    title: str
    width: float
    height: float
    parts: tuple[DrawnLine | DrawnDisc | DrawnName, ...]
    has_spot: bool
    """Is a point marked, and not only an area?"""


def drawing_of(
    figure: Figure, side: Side = Side.RIGHT, *, columns: int = COLUMNS, rows: int = ROWS
) -> FigureDrawing:
    """`figure` for the left limb or, for any other side, the right one.

    Names are as large beside the limb as `columns` by `rows` cells make them: fewer cells
    for a smaller picture.
    """
    layout = lay_out(figure, columns, rows, side)
    names = (line for name in layout.names for line in _name(name))
    return FigureDrawing(
        _title(figure, side),
        columns * UNIT,
        rows * CELL_HEIGHT * UNIT,
        (*_limb(layout.frame, figure), *names),
        any(isinstance(mark.shape, Spot) for mark in figure.marks),
    )


def _title(figure: Figure, side: Side) -> str:
    labels = ", ".join(mark.label for mark in figure.marks)
    limb = "left" if side is Side.LEFT else "right"
    return f"{figure.title} ({limb})" + (f": {labels}" if labels else "")


def _limb(frame: Frame, figure: Figure) -> Iterator[DrawnLine | DrawnDisc]:
    view, outlines = figure.view, contours(figure.view)
    yield _line("flesh", frame.put([place for line in outlines for place in line]), is_closed=True)
    for outline in outlines:
        yield _line("limb", frame.put(outline), is_closed=not view.cuts)
    for part in view.parts:
        yield _line("limb", frame.put(places_of(part.line)))
    for landmark in figure.landmarks:
        yield from _landmark(frame, landmark)
    for mark in figure.marks:
        yield from _area(frame, mark)
    for tool in figure.tools:
        yield _line("tool", frame.put(smoothed(tool.places)))
    for hand in figure.hands:
        outline = tuple(smoothed(hand.places, is_closed=True))
        yield _line("hand", frame.put(outline), is_closed=True)
    for mark in figure.marks:
        if isinstance(mark.shape, Spot):
            x, y = frame.put_one((mark.shape.x, mark.shape.y))
            yield DrawnDisc(x * UNIT, y * UNIT, frame.radius_of(mark.shape) * UNIT)


def _landmark(frame: Frame, landmark: Landmark) -> Iterator[DrawnLine]:
    line = frame.put(places_of(landmark.line))
    if landmark.is_measure:
        yield _line("measure", line)
        yield _line("measure", tick(line[0], line[1]))
        yield _line("measure", tick(line[-1], line[-2]))
    elif isinstance(landmark.line, Ellipse):
        yield _line("bone", line, is_closed=True)
    else:
        yield _line("landmark", line)


def _area(frame: Frame, mark: Mark) -> Iterator[DrawnLine]:
    match mark.shape:
        case Stroke(places, width, goes_back):
            middle = frame.put(smoothed(places))
            for outline in arrow(middle, width * frame.width, goes_back=goes_back):
                yield _line("arrow", outline, is_closed=True)
        case Ellipse():
            yield _line("zone", frame.put(places_of(mark.shape)), is_closed=True)
        case Spot():
            return


def _name(name: Name) -> Iterator[DrawnLine | DrawnName]:
    place = name.place
    start, end = place.leader
    yield _line("leader", [start, end])
    first, last = float(place.column), float(place.column + place.width)
    if start[0] >= last:
        x, anchor = last, "end"
    elif start[0] <= first:
        x, anchor = first, "start"
    else:
        x, anchor = (first + last) / 2, "middle"
    for offset, line in enumerate(place.lines):
        y = (place.row + offset + 0.5) * CELL_HEIGHT * UNIT + 5
        yield DrawnName(line.strip(), x * UNIT, y, anchor, name.is_of_mark)


def _line(style: str, places: Sequence[XY], *, is_closed: bool = False) -> DrawnLine:
    return DrawnLine(style, tuple((x * UNIT, y * UNIT) for x, y in places), is_closed)
