"""Figures as SVG, from the same lines and with the same names as the pictures in a terminal."""

from collections.abc import Iterator, Sequence
from html import escape

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
from uncramp.core.routine.model import Side

COLUMNS, ROWS = 84, 30
"""The grid on which names are placed, as in a terminal."""

UNIT = 9
"""A cell's width in the drawing's own units: no letter of its text is wider on the average."""

# Opacity has a property of its own, because some renderers draw an eight-digit colour opaque.
# Greys in the middle can be read on a dark ground as on a light one.
_STYLE = """
    .flesh { fill: #888; fill-opacity: .2; stroke: none; }
    .limb { fill: none; stroke: #888; stroke-width: 2.5; stroke-linejoin: round; }
    .landmark { fill: none; stroke: #888; stroke-width: 1.5; stroke-dasharray: 5 4; }
    .bone { fill: #888; fill-opacity: .3; stroke: #888; stroke-width: 1.5; }
    .measure { fill: none; stroke: #2a7fba; stroke-width: 2; }
    .leader { fill: none; stroke: #888; stroke-width: 1; stroke-dasharray: 1.5 3; }
    .hand { fill: #c9a183; stroke: #8a5a2b; stroke-width: 2; stroke-linejoin: round; }
    .tool { fill: none; stroke: #2a7fba; stroke-width: 5; stroke-linejoin: round; }
    .zone { fill: #2a9d8f; fill-opacity: .35; stroke: #2a9d8f; stroke-width: 2; }
    .arrow { fill: #2a9d8f; stroke: none; }
    .point { fill: #d62839; stroke: #fff; stroke-width: 2; }
    text { fill: #7d7d7d; font-size: 14px;
        font-family: 'DejaVu Sans', 'Noto Sans', 'Liberation Sans', Arial, sans-serif; }
    .name { font-size: 13px; font-weight: bold; }
    .spot { fill: #d62839; }
    .area { fill: #23867a; }
"""


def svg_of(figure: Figure, side: Side = Side.RIGHT) -> str:
    """`figure` as an SVG document, for the left limb or, for any other side, the right one."""
    layout = lay_out(figure, COLUMNS, ROWS, side)
    names_class = "spot" if any(isinstance(m.shape, Spot) for m in figure.marks) else "area"
    body = [
        *_limb(layout.frame, figure),
        *(text for name in layout.names for text in _name(name, names_class)),
    ]
    width, height = COLUMNS * UNIT, ROWS * CELL_HEIGHT * UNIT
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height:g}">\n'
        f"  <title>{escape(_title(figure, side))}</title>\n"
        f"  <style>{_STYLE}  </style>\n" + "".join(f"  {line}\n" for line in body) + "</svg>\n"
    )


def _title(figure: Figure, side: Side) -> str:
    labels = ", ".join(mark.label for mark in figure.marks)
    limb = "left" if side is Side.LEFT else "right"
    return f"{figure.title} ({limb})" + (f": {labels}" if labels else "")


def _limb(frame: Frame, figure: Figure) -> Iterator[str]:
    view, outlines = figure.view, contours(figure.view)
    yield _path("flesh", frame.put([place for line in outlines for place in line]), is_closed=True)
    for outline in outlines:
        yield _path("limb", frame.put(outline), is_closed=not view.cuts)
    for part in view.parts:
        yield _path("limb", frame.put(places_of(part.line)))
    for landmark in figure.landmarks:
        yield from _landmark(frame, landmark)
    for mark in figure.marks:
        yield from _area(frame, mark)
    for tool in figure.tools:
        yield _path("tool", frame.put(smoothed(tool.places)))
    for hand in figure.hands:
        outline = tuple(smoothed(hand.places, is_closed=True))
        yield _path("hand", frame.put(outline), is_closed=True)
    for mark in figure.marks:
        if isinstance(mark.shape, Spot):
            x, y = frame.put_one((mark.shape.x, mark.shape.y))
            place = f'cx="{x * UNIT:.1f}" cy="{y * UNIT:.1f}"'
            yield f'<circle class="point" {place} r="{frame.radius_of(mark.shape) * UNIT:.1f}"/>'


def _landmark(frame: Frame, landmark: Landmark) -> Iterator[str]:
    line = frame.put(places_of(landmark.line))
    if landmark.is_measure:
        yield _path("measure", line)
        yield _path("measure", tick(line[0], line[1]))
        yield _path("measure", tick(line[-1], line[-2]))
    elif isinstance(landmark.line, Ellipse):
        yield _path("bone", line, is_closed=True)
    else:
        yield _path("landmark", line)


def _area(frame: Frame, mark: Mark) -> Iterator[str]:
    match mark.shape:
        case Stroke(places, width, goes_back):
            middle = frame.put(smoothed(places))
            for outline in arrow(middle, width * frame.width, goes_back=goes_back):
                yield _path("arrow", outline, is_closed=True)
        case Ellipse():
            yield _path("zone", frame.put(places_of(mark.shape)), is_closed=True)
        case Spot():
            return


def _name(name: Name, names_class: str) -> Iterator[str]:
    place = name.place
    start, end = place.leader
    yield _path("leader", [start, end])
    first, last = float(place.column), float(place.column + place.width)
    if start[0] >= last:
        x, anchor = last, ' text-anchor="end"'
    elif start[0] <= first:
        x, anchor = first, ""
    else:
        x, anchor = (first + last) / 2, ' text-anchor="middle"'
    chosen = f' class="name {names_class}"' if name.is_of_mark else ""
    for offset, line in enumerate(place.lines):
        y = (place.row + offset + 0.5) * CELL_HEIGHT * UNIT + 5
        yield f'<text{chosen} x="{x * UNIT:g}" y="{y:g}"{anchor}>{escape(line.strip())}</text>'


def _path(name: str, places: Sequence[XY], *, is_closed: bool = False) -> str:
    steps = " ".join(f"{x * UNIT:.1f} {y * UNIT:.1f}" for x, y in places)
    return f'<path class="{name}" d="M{steps}{"Z" if is_closed else ""}"/>'
