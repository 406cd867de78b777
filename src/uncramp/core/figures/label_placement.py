"""The places of names in a picture: outside the limb, each with a line to its target."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from math import hypot
from textwrap import wrap

from uncramp.core.figures.canvas import CELL_HEIGHT, XY
from uncramp.core.lazy.dataclass import dataclass

_SLANT_COST = 1.2
"""The extra cost of a row above or below the place."""

_LINE_COST = 3.0
"""The cost of another line of text."""

_CROSSING_COST = 40.0
_COVER_COST = 6.0
"""The cost of crossing another name's line, and of covering a cell of the limb."""

_MISSING_COST = 1000.0
"""The cost of leaving out a name."""

_REACH = 8
"""How many rows above or below its place a name may be."""

_ROUNDS = 3
"""How often all names are moved to their best places, given the others."""


@dataclass(frozen=True, slots=True)
class Label:
    """A name to be placed."""

    text: str
    at: XY
    """Where its line ends, in cell widths."""
    clearance: float = 0.0
    """How far from that point its line stops."""


@dataclass(frozen=True, slots=True)
class Placed:
    """The place of a name, in cells, and the line from it, in cell widths."""

    lines: tuple[str, ...]
    column: int
    row: int
    leader: tuple[XY, XY]

    @property
    def width(self) -> int:
        """The width of its longest line in cells."""
        return max(map(len, self.lines))

    def cells(self) -> Iterator[tuple[int, int]]:
        """The cells that it takes."""
        for offset in range(len(self.lines)):
            for column in range(self.column, self.column + self.width):
                yield column, self.row + offset


@dataclass(frozen=True, slots=True)
class Ground:
    """The picture that names are placed on."""

    columns: int
    rows: int
    by_row: Mapping[int, Collection[int]]
    """The columns, by row, of the cells of the limb, the hands and the things beside them."""
    kept_free: tuple[tuple[XY, float], ...] = ()
    """Places, each with a radius, that no name's line may cross: where to press."""


def place_labels(
    ground: Ground, wanted: Sequence[Label], *, may_cover: bool = False
) -> tuple[Placed | None, ...]:
    """Each name's place, or None if there is no room for it.

    With `may_cover` a name may cover the limb, where it does the least harm.
    """
    choices = [_choices(ground, each, may_cover=may_cover) for each in wanted]
    forwards = range(len(wanted))
    # The first name can take the only good place of the next, so the other order is tried too.
    tried = [_settled(choices, order) for order in (forwards, forwards[::-1])]
    _, placed = min(tried, key=lambda one: one[0])
    return placed


def _settled(
    choices: Sequence[Sequence[tuple[float, Placed]]], order: Sequence[int]
) -> tuple[float, tuple[Placed | None, ...]]:
    """Each name at its best place, and the total cost."""
    placed: list[Placed | None] = [None] * len(choices)
    costs = [0.0] * len(choices)
    for _ in range(_ROUNDS):
        before = list(placed)
        for index in order:
            others = [p for at, p in enumerate(placed) if p and at != index]
            costs[index], placed[index] = _best(choices[index], others)
        if placed == before:
            break
    return sum(costs), tuple(placed)


def _best(
    choices: Sequence[tuple[float, Placed]], others: Sequence[Placed]
) -> tuple[float, Placed | None]:
    """The cheapest of `choices`, which are sorted by their cost without other names."""
    best, least = None, _MISSING_COST
    for cost, choice in choices:
        if cost >= least:
            break
        if any(_touch(choice, other) for other in others):
            continue
        total = cost + sum(_meeting_cost(choice, other) for other in others)
        if total < least:
            best, least = choice, total
    return least, best


def _touch(one: Placed, other: Placed) -> bool:
    """Do two names share a cell, or touch each other?"""
    return (
        one.column <= other.column + other.width
        and other.column <= one.column + one.width
        and one.row < other.row + len(other.lines)
        and other.row < one.row + len(one.lines)
    )


def _meeting_cost(one: Placed, other: Placed) -> float:
    if _passes(one.leader, other) or _passes(other.leader, one):
        return 2 * _CROSSING_COST
    return _CROSSING_COST if _cross(one.leader, other.leader) else 0.0


def _passes(leader: tuple[XY, XY], name: Placed) -> bool:
    """Does the line run through the name's cells?"""
    low, high = 0.0, 1.0
    top, bottom = name.row * CELL_HEIGHT, (name.row + len(name.lines)) * CELL_HEIGHT
    sides = ((name.column, name.column + name.width), (top, bottom))
    for start, end, (least, most) in zip(*leader, sides, strict=True):
        if start == end:
            if not least <= start <= most:
                return False
            continue
        enters, leaves = sorted(((least - start) / (end - start), (most - start) / (end - start)))
        low, high = max(low, enters), min(high, leaves)
    return low <= high


def _distance(place: XY, leader: tuple[XY, XY]) -> float:
    """From a place to the nearest place of a line."""
    (x1, y1), (x2, y2) = leader
    along, down = x2 - x1, y2 - y1
    square = along * along + down * down
    part = ((place[0] - x1) * along + (place[1] - y1) * down) / square if square else 0.0
    part = min(max(part, 0.0), 1.0)
    return hypot(place[0] - x1 - part * along, place[1] - y1 - part * down)


def _cross(one: tuple[XY, XY], other: tuple[XY, XY]) -> bool:
    def side(a: XY, b: XY, c: XY) -> float:
        return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

    (a, b), (c, d) = one, other
    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0


def _choices(ground: Ground, wanted: Label, *, may_cover: bool) -> list[tuple[float, Placed]]:
    """The possible places of the name if it were alone, with their costs, the cheapest first."""
    found = []
    middle = int(wanted.at[1] / CELL_HEIGHT)
    for lines in _wrappings(wanted.text):
        width = max(map(len, lines))
        last = min(middle + _REACH, ground.rows - len(lines))
        for row in range(max(0, middle - _REACH - len(lines)), last + 1):
            if may_cover:
                columns = set(range(ground.columns - width + 1))
            else:
                columns = _columns(ground, wanted, width, range(row, row + len(lines)))
            for column in columns:
                placed = _placed(wanted, lines, column, row)
                cost = _cost(ground, wanted, placed)
                cost += _cover_cost(ground, placed) if may_cover else 0.0
                found.append((cost, placed))
    return sorted(found, key=lambda choice: choice[0])


def _columns(ground: Ground, wanted: Label, width: int, rows: range) -> set[int]:
    """Where a name of that width can begin: beside the limb, at the edge, or over its place."""
    taken = sorted(set().union(*(ground.by_row.get(row, ()) for row in rows)))
    found: set[int] = set()
    for before, after in pairwise((-2, *taken, ground.columns + 1)):
        # One cell between a name and the limb stays free.
        first, last = before + 2, after - 1 - width
        if first <= last:
            middle = min(max(round(wanted.at[0] - width / 2), first), last)
            found |= {first, last, middle}
    return found


def _placed(wanted: Label, lines: tuple[str, ...], column: int, row: int) -> Placed:
    """The name there, its lines flush with the line that leads from it."""
    x, y = wanted.at
    width = max(map(len, lines))
    top = row * CELL_HEIGHT
    level = top + (_nearest_line(lines, top, y) + 0.5) * CELL_HEIGHT
    if column + width <= x:
        lines = tuple(line.rjust(width) for line in lines)
        start = (column + width + 0.3, level)
    elif column >= x:
        start = (column - 0.3, level)
    else:
        lines = tuple(line.center(width) for line in lines)
        start = (x, top - 0.2 if y < top else top + len(lines) * CELL_HEIGHT + 0.2)
    length = hypot(x - start[0], y - start[1])
    kept = max(0.0, length - wanted.clearance) / length if length else 0.0
    end = (start[0] + (x - start[0]) * kept, start[1] + (y - start[1]) * kept)
    return Placed(lines, column, row, (start, end))


def _cost(ground: Ground, wanted: Label, placed: Placed) -> float:
    """The cost of the name at that place."""
    (x, y), (start_x, start_y) = wanted.at, placed.leader[0]
    first, last = placed.column, placed.column + placed.width
    top, bottom = ((placed.row + offset) * CELL_HEIGHT for offset in (0, len(placed.lines)))
    cost = hypot(x - start_x, y - start_y) + _LINE_COST * (len(placed.lines) - 1)
    cost += 0 if top <= y <= bottom else _SLANT_COST * abs(y - start_y)
    for (at_x, at_y), radius in ground.kept_free:
        cost += _CROSSING_COST * (_distance((at_x, at_y), placed.leader) < radius)
        off_x = at_x - min(max(at_x, first), last)
        off_y = at_y - min(max(at_y, top), bottom)
        cost += 10 * _CROSSING_COST * (hypot(off_x, off_y) < radius)
    return cost


def _cover_cost(ground: Ground, placed: Placed) -> float:
    over = sum(column in ground.by_row.get(row, ()) for column, row in placed.cells())
    return _COVER_COST * over


def _nearest_line(lines: Sequence[str], top: float, y: float) -> int:
    return min(max(int((y - top) / CELL_HEIGHT), 0), len(lines) - 1)


def _wrappings(text: str) -> Collection[tuple[str, ...]]:
    """The text on one line, on two, and so on, each as narrow as possible."""
    found: dict[int, tuple[str, ...]] = {}
    narrowest = max(map(len, text.split()))
    for width in range(len(text), narrowest - 1, -1):
        lines = tuple(wrap(text, width))
        found[len(lines)] = lines
    return found.values()
