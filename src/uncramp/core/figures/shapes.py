"""Views of a limb and the marks on them, as values. Their lines stand in the atlas's own file.

Every place is a pair of fractions of the view's box, x to the right and y down.
All views show the right limb; `mirrored` turns a place to the left one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from uncramp.core.routine.points import Limb, Point

Place = tuple[float, float]
"""x and y as fractions of a view's box."""

SMOOTHNESS = 6
"""How many straight pieces a curve has between two of its written places."""


@dataclass(frozen=True, slots=True)
class Curve:
    """A smooth line through places."""

    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Ellipse:
    """An ellipse: a bone, a toe, or a soft area to press."""

    x: float
    y: float
    rx: float
    ry: float


@dataclass(frozen=True, slots=True)
class Band:
    """An area along a line."""

    places: tuple[Place, ...]
    width: float
    """As a fraction of the view's width."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A movement of the hands along a line, from its first place to its last."""

    places: tuple[Place, ...]
    width: float
    """How much of the limb the hands take in, as a fraction of the view's width."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A point to press, exactly here."""

    x: float
    y: float


Line = Curve | Ellipse
Shape = Spot | Ellipse | Band | Stroke


@dataclass(frozen=True, slots=True)
class Landmark:
    """A bone, a crease or a tendon that leads a finger."""

    name: str
    line: Line


@dataclass(frozen=True, slots=True)
class Mark:
    """Where to press, rub or roll, and what to call it."""

    shape: Shape
    label: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """A limb seen from one side."""

    id: str
    title: str
    width: float
    """Of the box, in any unit: only its ratio to `height` counts."""
    height: float
    outline: tuple[Place, ...]
    """The limb as a closed line."""
    cuts: frozenset[str] = frozenset()
    """`top` or `bottom`: edges of the box at which the limb goes on and no line is drawn."""
    parts: tuple[Landmark, ...] = ()
    """More of the limb: the toes."""
    landmarks: tuple[Landmark, ...] = ()
    limb: Limb = Limb.LEG


@dataclass(frozen=True, slots=True)
class Figure:
    """What a step can show: a view, with the area to work on where it has one."""

    id: str
    title: str
    view: View
    marks: tuple[Mark, ...] = ()


def figure_of(point: Point, view: View) -> Figure:
    """`view` with `point` marked on it. Raises KeyError where the point is not in that view."""
    x, y = point.views[view.id]
    shape: Shape = Ellipse(x, y, *point.zone) if point.zone else Spot(x, y)
    return Figure(view.id, view.title, view, (Mark(shape, point.label),))


def mirrored(places: Sequence[Place]) -> tuple[Place, ...]:
    """The same places on the other limb."""
    return tuple((1 - x, y) for x, y in places)


def contours(view: View) -> tuple[tuple[Place, ...], ...]:
    """The view's outline as smooth lines, broken where the limb goes on beyond the box."""
    edges = [{"top": 0.0, "bottom": 1.0}[cut] for cut in view.cuts]
    lines: list[list[Place]] = [[]]
    closed = (*view.outline, view.outline[0])
    for start, end in pairwise(closed):
        lines[-1].append(start)
        if start[1] == end[1] and start[1] in edges:
            lines.append([])
    if len(lines) == 1:
        return (smoothed(view.outline, is_closed=True),)
    # What follows the last break is the beginning of the line that the outline starts with.
    lines[0] = lines.pop() + lines[0]
    return tuple(smoothed(line) for line in lines)


def smoothed(places: Sequence[Place], *, is_closed: bool = False) -> tuple[Place, ...]:
    """A Catmull-Rom curve through all of `places`, as many short straight pieces."""
    if len(places) < 3:
        return tuple(places)
    first, last = (places[-1], places[:2]) if is_closed else (places[0], places[-1:])
    around = (first, *places, *last)
    curve = [around[1]]
    for four in zip(around, around[1:], around[2:], around[3:], strict=False):
        curve += [_between(*four, step / SMOOTHNESS) for step in range(1, SMOOTHNESS + 1)]
    return tuple(curve)


def _between(before: Place, start: Place, end: Place, after: Place, t: float) -> Place:
    def along(axis: int) -> float:
        a, b, c, d = before[axis], start[axis], end[axis], after[axis]
        bend = (2 * a - 5 * b + 4 * c - d) * t + (3 * b - a - 3 * c + d) * t * t
        # Held inside the box, because a curve swings a little beyond a sharp corner.
        return min(max(b + (c - a + bend) * t / 2, 0.0), 1.0)

    return along(0), along(1)
