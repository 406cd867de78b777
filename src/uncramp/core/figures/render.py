"""A figure drawn into a grid of character cells, for a screen or for plain text.

A picture has characters and what each is part of; the screen chooses the colours.
"""

from functools import lru_cache

from uncramp.core.figures.canvas import XY, Canvas, Cell, Charset, Role
from uncramp.core.figures.geometry import (
    Frame,
    arrow,
    circle,
    middle_of,
    places_of,
    tick,
)
from uncramp.core.figures.label_placement import Ground, Label, Placed, place_labels
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

SMALLEST_COLUMNS = 16
SMALLEST_ROWS = 8
"""A smaller picture helps nobody to find the place; words are better."""

_SHARES = (1.0, 0.94, 0.88, 0.82, 0.76, 0.7)
"""How much of its room the limb may fill: less if its names need the rest."""

_GAP = 0.6
"""The gap between a mark and the line from its name, in cell widths."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure drawn for one side at one size."""

    rows: tuple[tuple[Cell, ...], ...]
    side: Side

    @property
    def lines(self) -> tuple[str, ...]:
        """Its rows as text, without blanks at their ends."""
        return tuple("".join(c.character for c in row).rstrip() for row in self.rows)


@dataclass(frozen=True, slots=True)
class Name:
    """The name of a mark or of a landmark, with its place."""

    text: str
    is_of_mark: bool
    place: Placed


@dataclass(frozen=True, slots=True)
class Layout:
    """The places of a figure and its names on a grid of cells."""

    frame: Frame
    names: tuple[Name, ...]


def draw(
    figure: Figure,
    columns: int,
    rows: int,
    side: Side | None = None,
    *,
    charset: Charset = Charset.BRAILLE,
    is_hollow: bool = False,
) -> Picture | None:
    """`figure` in `columns` by `rows` cells, or None if that is too small to be useful.

    The left limb is drawn for `Side.LEFT`, the right one for any other. `is_hollow` draws a
    point as a ring instead of a disc; alternating makes it pulse.
    """
    if columns < SMALLEST_COLUMNS or rows < SMALLEST_ROWS:
        return None
    shown = Side.LEFT if side is Side.LEFT else Side.RIGHT
    return _drawn(figure, (columns, rows), shown, charset, is_hollow)


@lru_cache(maxsize=16)
def _drawn(
    figure: Figure, size: tuple[int, int], side: Side, charset: Charset, is_hollow: bool
) -> Picture:
    # Cached, because a pulsing point needs the same two pictures again and again.
    canvas, layout = _laid_out(figure, size, side, charset, is_hollow=is_hollow)
    for name in layout.names:
        canvas.line(name.place.leader, Role.LEADER, is_dotted=True)
        role = Role.NAME if name.is_of_mark else Role.LABEL
        for offset, line in enumerate(name.place.lines):
            canvas.write(name.place.column, name.place.row + offset, line, role)
    return Picture(canvas.cells(), side)


def lay_out(figure: Figure, columns: int, rows: int, side: Side) -> Layout:
    """The places of `figure` and its names in `columns` by `rows` cells."""
    return _laid_out(figure, (columns, rows), side, Charset.BRAILLE)[1]


def _laid_out(
    figure: Figure, size: tuple[int, int], side: Side, charset: Charset, *, is_hollow: bool = False
) -> tuple[Canvas, Layout]:
    """The limb as large as possible with all names, or with as many as fit."""
    best: tuple[Canvas, Layout] | None = None
    for share in _SHARES:
        canvas, frame = Canvas(*size, charset), Frame(figure.view, size, side, share)
        _draw_figure(canvas, frame, figure, is_hollow=is_hollow)
        layout = Layout(frame, _names(canvas, frame, figure))
        if best is None or len(layout.names) > len(best[1].names):
            best = canvas, layout
        if len(layout.names) == len(names_of(figure)):
            break
    assert best is not None
    canvas, layout = best
    return canvas, Layout(layout.frame, (*_names_on_limb(canvas, figure, layout), *layout.names))


def names_of(figure: Figure) -> tuple[str, ...]:
    """The names of the marks and landmarks of `figure`, repeated as often as they appear."""
    of_marks = (mark.label for mark in figure.marks)
    return tuple(name for name in (*of_marks, *(one.name for one in figure.landmarks)) if name)


def _names(canvas: Canvas, frame: Frame, figure: Figure) -> tuple[Name, ...]:
    of_marks = [_wanted(frame, mark) for mark in figure.marks if mark.label]
    of_landmarks = [
        Label(one.name, frame.put_one(one.named_at or middle_of(one.line)))
        for one in figure.landmarks
        if one.name
    ]
    wanted = of_marks + of_landmarks
    placed = place_labels(_ground(canvas, frame, figure), wanted)
    return tuple(
        Name(each.text, index < len(of_marks), place)
        for index, (each, place) in enumerate(zip(wanted, placed, strict=True))
        if place
    )


def _names_on_limb(canvas: Canvas, figure: Figure, layout: Layout) -> tuple[Name, ...]:
    """The names of marks that do not fit beside the limb: better on the limb than nowhere."""
    there = {name.text for name in layout.names if name.is_of_mark}
    left_out = [mark for mark in figure.marks if mark.label and mark.label not in there]
    ground = _ground(canvas, layout.frame, figure)
    wanted = [_wanted(layout.frame, mark) for mark in left_out]
    placed = place_labels(ground, wanted, may_cover=True)
    return tuple(
        Name(each.text, True, place) for each, place in zip(wanted, placed, strict=True) if place
    )


def _wanted(frame: Frame, mark: Mark) -> Label:
    at = frame.put_one(middle_of(mark.shape))
    return Label(mark.label, at, frame.radius_of(mark.shape) + _GAP)


def _ground(canvas: Canvas, frame: Frame, figure: Figure) -> Ground:
    spots = [mark.shape for mark in figure.marks if isinstance(mark.shape, Spot)]
    kept_free = tuple(
        (frame.put_one((spot.x, spot.y)), frame.radius_of(spot) + _GAP / 2) for spot in spots
    )
    return Ground(canvas.columns, canvas.rows, canvas.taken(), kept_free)


def _draw_figure(canvas: Canvas, frame: Frame, figure: Figure, *, is_hollow: bool) -> None:
    outlines = contours(figure.view)
    canvas.flesh(frame.put([place for line in outlines for place in line]))
    for line in (*outlines, *(places_of(part.line) for part in figure.view.parts)):
        canvas.line(frame.put(line), Role.LIMB)
    for landmark in figure.landmarks:
        _draw_landmark(canvas, frame, landmark)
    for mark in figure.marks:
        _draw_area(canvas, frame, mark)
    for tool in figure.tools:
        canvas.line(frame.put(smoothed(tool.places)), Role.HAND)
    for hand in figure.hands:
        outline = frame.put(smoothed(hand.places, is_closed=True))
        canvas.cover(outline)
        canvas.line([*outline, outline[0]], Role.HAND)
    for mark in figure.marks:
        if isinstance(mark.shape, Spot):
            at = frame.put_one((mark.shape.x, mark.shape.y))
            _draw_spot(canvas, at, frame.radius_of(mark.shape), is_hollow=is_hollow)


def _draw_landmark(canvas: Canvas, frame: Frame, landmark: Landmark) -> None:
    line = frame.put(places_of(landmark.line))
    is_solid = landmark.is_measure or isinstance(landmark.line, Ellipse)
    canvas.line(line, Role.LANDMARK, is_dotted=not is_solid)
    if landmark.is_measure:
        canvas.line(tick(line[0], line[1]), Role.LANDMARK)
        canvas.line(tick(line[-1], line[-2]), Role.LANDMARK)


def _draw_area(canvas: Canvas, frame: Frame, mark: Mark) -> None:
    match mark.shape:
        case Spot():
            return
        case Stroke(places, width, goes_back):
            middle = frame.put(smoothed(places))
            for outline in arrow(middle, width * frame.width, goes_back=goes_back):
                canvas.fill(outline, Role.ZONE)
            # With coarse dots no middle of a dot may be inside the shaft.
            canvas.line(middle, Role.ZONE)
            canvas.head(middle[-1], middle[-2])
            if goes_back:
                canvas.head(middle[0], middle[1])
        case Ellipse():
            area = frame.put(places_of(mark.shape))
            canvas.line(area, Role.ZONE)
            canvas.fill(area, Role.ZONE, is_sparse=True)


def _draw_spot(canvas: Canvas, at: XY, radius: float, *, is_hollow: bool) -> None:
    x, y = at
    canvas.clear(x, y, radius + 0.5)
    disc = circle(x, y, radius, radius)
    if is_hollow:
        canvas.line(disc, Role.POINT)
    else:
        canvas.fill(disc, Role.POINT)
        # With coarse dots no middle of a dot may be inside the circle.
        canvas.dot(x, y, Role.POINT)
