"""Views of a limb and the marks on them, as values. Their lines are in the atlas's file.

Every place is a pair of fractions of the view's unit box, x to the right and y down; a view
may reach beyond that box. All views show the right limb; `mirrored` turns a place to the left.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from uncramp.core.lazy.dataclass import dataclass
from uncramp.core.routine.points import Limb, Point

Place = tuple[float, float]
"""x and y as fractions of a view's unit box."""

Extent = tuple[float, float, float, float]
"""Left, top, right and bottom of a view, as fractions of its unit box."""

UNIT_BOX: Extent = (0.0, 0.0, 1.0, 1.0)

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
class Stroke:
    """A movement of the hands along a line, from its first place to its last."""

    places: tuple[Place, ...]
    width: float
    """How wide the arrow is drawn, as a fraction of the view's width."""
    goes_back: bool = False
    """Do the hands move back and forth? Then the arrow has a head at both ends."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A point to press, exactly here."""

    x: float
    y: float


Line = Curve | Ellipse
Shape = Spot | Ellipse | Stroke


@dataclass(frozen=True, slots=True)
class Landmark:
    """A bone, a crease or a tendon that guides a finger, or a distance to measure."""

    name: str
    """Its name in the picture; empty if it needs none."""
    line: Line
    leads_to: frozenset[str] = frozenset()
    """The points (by code) and areas (by id) whose pictures show it; empty for all."""
    named_at: Place | None = None
    """Where the line from its name ends; None for its middle."""
    is_measure: bool = False
    """Is it a distance, such as four fingers, and not a part of the body?"""


@dataclass(frozen=True, slots=True)
class Mark:
    """Where to press, rub or roll, and its name."""

    shape: Shape
    label: str = ""


@dataclass(frozen=True, slots=True)
class LimbView:
    """A limb seen from one side."""

    id: str
    title: str
    width: float
    """The width of the unit box: only its ratio to `height` matters."""
    height: float
    outline: tuple[Place, ...]
    """The limb as a closed line."""
    cuts: frozenset[str] = frozenset()
    """`top` or `bottom`: edges beyond which the limb continues."""
    parts: tuple[Landmark, ...] = ()
    """More of the limb, such as toes, or things beside it, such as a basin."""
    landmarks: tuple[Landmark, ...] = ()
    limb: Limb = Limb.LEG
    extent: Extent = UNIT_BOX


@dataclass(frozen=True, slots=True)
class Figure:
    """What a step can show: a view, with the area to work on if it has one."""

    id: str
    title: str
    view: LimbView
    marks: tuple[Mark, ...] = ()
    landmarks: tuple[Landmark, ...] = ()
    """The landmarks of the view that lead to the marks."""
    hands: tuple[Curve, ...] = ()
    """The working hands, as closed lines in front of the limb."""
    tools: tuple[Curve, ...] = ()
    """What the hands hold, such as a towel, as lines."""


def figure_of(point: Point, view: LimbView) -> Figure:
    """`view` with `point` marked on it. Raises KeyError where the point is not in that view."""
    x, y = point.views[view.id]
    shape: Shape = Ellipse(x, y, *point.zone) if point.zone else Spot(x, y)
    landmarks = landmarks_for(view, point.code)
    return Figure(view.id, view.title, view, (Mark(shape, point.label),), landmarks)


def landmarks_for(view: LimbView, name: str) -> tuple[Landmark, ...]:
    """The landmarks of `view` that lead to the point with that code, or to the area of that id."""
    return tuple(each for each in view.landmarks if not each.leads_to or name in each.leads_to)


def all_landmarks(view: LimbView) -> tuple[Landmark, ...]:
    """Every landmark of `view` that is a part of the body, for a picture without a mark."""
    return tuple(each for each in view.landmarks if not each.is_measure)


def mirrored(places: Sequence[Place]) -> tuple[Place, ...]:
    """The same places on the other limb."""
    return tuple((1 - x, y) for x, y in places)


def contours(view: LimbView) -> tuple[tuple[Place, ...], ...]:
    """The view's outline as smooth lines, broken where the limb continues beyond the box."""
    _, top, _, bottom = view.extent
    edges = [{"top": top, "bottom": bottom}[cut] for cut in view.cuts]
    lines: list[list[Place]] = [[]]
    closed = (*view.outline, view.outline[0])
    for start, end in pairwise(closed):
        lines[-1].append(start)
        if start[1] == end[1] and start[1] in edges:
            lines.append([])
    if len(lines) == 1:
        return (_held(smoothed(view.outline, is_closed=True), view.extent),)
    # The part after the last break belongs to the line that the outline starts with.
    lines[0] = lines.pop() + lines[0]
    return tuple(_held(smoothed(line), view.extent) for line in lines)


def _held(line: Iterable[Place], extent: Extent) -> tuple[Place, ...]:
    """The line inside the view: a curve swings a little beyond a sharp corner."""
    left, top, right, bottom = extent
    return tuple((min(max(x, left), right), min(max(y, top), bottom)) for x, y in line)


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
        return b + (c - a + bend) * t / 2

    return along(0), along(1)
