"""Where the name of a mark stands in a picture: beside it, over as little else as can be."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import floor

from uncramp.core.figures.canvas import CELL_HEIGHT, XY, Canvas, Role

_COST = {
    Role.BLANK: 0.0,
    Role.FLESH: 0.2,
    Role.LANDMARK: 4.0,
    Role.LIMB: 6.0,
    Role.ZONE: 6.0,
    Role.LABEL: 1000.0,
    Role.POINT: 1000.0,
}
"""What it costs to write over a cell."""

_FLESH_COST = 4.5
"""What it costs to stand inside the limb at all."""

_ROW_COST = 3.0
_GAP_COST = 0.2
"""What it costs to be a row, or a column, further from the mark."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a mark takes up, in cell widths."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def around(cls, places: Sequence[XY]) -> "Bounds":
        """The smallest that hold all of `places`."""
        xs, ys = [x for x, _ in places], [y for _, y in places]
        return cls(min(xs), min(ys), max(xs), max(ys))


@dataclass(frozen=True, slots=True)
class _Spot:
    lines: tuple[str, ...]
    column: int
    row: int
    leader: range
    """The columns between mark and label, where a line leads from one to the other."""
    cost: float


def place_label(canvas: Canvas, label: str, around: Bounds) -> None:
    """Write `label` beside a mark, with a line to it where it stands apart.

    Nothing is written where there is no room.
    """
    if not label:
        return
    best = min(_spots(canvas, label, around), key=lambda spot: spot.cost, default=None)
    if best is None or best.cost >= _COST[Role.LABEL]:
        return
    if best.leader:
        middle = (around.top + around.bottom) / 2
        start, end = best.leader.start + 0.5, best.leader.stop - 1.0
        canvas.line([(start, middle), (end, middle)], Role.LABEL, is_dotted=True)
    for offset, line in enumerate(best.lines):
        canvas.write(best.column, best.row + offset, line)


def _spots(canvas: Canvas, label: str, around: Bounds) -> Iterator[_Spot]:
    middle = floor((around.top + around.bottom) / 2 / CELL_HEIGHT)
    first_right, last_left = floor(around.right) + 1, floor(around.left) - 1
    reach = max(1, floor((around.bottom - around.top) / 2 / CELL_HEIGHT) + 1)
    for lines in _wrappings(label):
        width = max(map(len, lines))
        for rows_off in range(-reach, reach + 1):
            row = middle + rows_off
            if not 0 <= row <= canvas.rows - len(lines):
                continue
            for gap in range(canvas.columns):
                if first_right + gap + width <= canvas.columns:
                    leader = range(first_right, first_right + gap)
                    yield _spot(canvas, lines, first_right + gap, row, leader, rows_off)
                if last_left - gap - width + 1 >= 0:
                    leader = range(last_left - gap + 1, last_left + 1)
                    yield _spot(canvas, lines, last_left - gap - width + 1, row, leader, rows_off)


def _spot(
    canvas: Canvas, lines: tuple[str, ...], column: int, row: int, leader: range, rows_off: int
) -> _Spot:
    # A line to the label is drawn on the mark's own row only, and a short gap needs none.
    has_leader = rows_off == 0 and len(leader) > 2
    cost = abs(rows_off) * _ROW_COST + len(leader) * _GAP_COST
    cost += (len(leader) - 1) * _ROW_COST if rows_off and len(leader) > 1 else 0
    cost += (len(lines) - 1) * _ROW_COST
    for offset, line in enumerate(lines):
        after = column + len(line)
        covered = [canvas.role_at(at, row + offset) for at in range(column, after)]
        cost += sum(_COST[role] for role in covered)
        cost += _FLESH_COST if Role.FLESH in covered else 0
        # What stands right beside the label runs into it, a point no more than a line does.
        beside = (canvas.role_at(at, row + offset) for at in (column - 1, after))
        cost += sum(min(_COST[role], _COST[Role.LIMB]) for role in beside)
    if has_leader:
        cost += sum(_COST[canvas.role_at(cell, row)] for cell in leader) / 3
    return _Spot(lines, column, row, leader if has_leader else range(0), cost)


def _wrappings(label: str) -> Iterator[tuple[str, ...]]:
    """The label on one line, and on as many as it has words."""
    yield (label,)
    words = label.split()
    if len(words) > 1:
        yield tuple(words)
