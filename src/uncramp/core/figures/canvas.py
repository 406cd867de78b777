"""A grid of character cells to draw on with dots finer than a cell.

Places on it are in cell widths, x to the right and y down; a cell is one wide and two high,
so that a circle looks round.
"""

from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum, StrEnum
from itertools import pairwise
from math import ceil, floor, hypot

from uncramp.core.lazy.dataclass import dataclass

CELL_HEIGHT = 2.0
"""A cell's height in its own widths."""

XY = tuple[float, float]


class Role(IntEnum):
    """What a cell is part of; if two share a cell, the higher one is shown."""

    BLANK = 0
    FLESH = 1
    """Inside the limb, with nothing drawn: a screen may give it a faint background."""
    LEADER = 2
    """The line from a name to what it names."""
    LANDMARK = 3
    LIMB = 4
    HAND = 5
    ZONE = 6
    POINT = 7
    LABEL = 8
    """The name of a landmark."""
    NAME = 9
    """The name of what to press."""


class Charset(StrEnum):
    """Which characters a picture is made of."""

    BRAILLE = "braille"
    """Eight dots a cell."""
    BLOCKS = "blocks"
    """Four quarters a cell, if a terminal's font has no braille."""
    ASCII = "ascii"
    """One letter a cell."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One character of a picture."""

    character: str = " "
    role: Role = Role.BLANK


_GRAIN = {Charset.BRAILLE: (2, 4), Charset.BLOCKS: (2, 2), Charset.ASCII: (1, 1)}
"""Dots a cell, across and down."""

_BRAILLE_BITS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
_QUARTERS = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"
_LETTERS = {
    Role.LEADER: ".",
    Role.LANDMARK: ":",
    Role.LIMB: "#",
    Role.HAND: "%",
    Role.ZONE: "+",
    Role.POINT: "@",
}
_HEADS = ((0, -1, "^"), (0, 1, "v"), (-1, 0, "<"), (1, 0, ">"))

_SHOWN_WITH = {
    Role.ZONE: Role.LIMB,
    Role.HAND: Role.LIMB,
    Role.LIMB: Role.LANDMARK,
    Role.LANDMARK: Role.LEADER,
}
"""The lowest role whose dots are shown in a cell with another role's colour."""


class Canvas:
    """Dots with roles, and text over them."""

    def __init__(self, columns: int, rows: int, charset: Charset) -> None:
        """Begin with nothing drawn."""
        self.columns = columns
        self.rows = rows
        self.charset = charset
        self._across, self._down = _GRAIN[charset]
        self._dots: dict[tuple[int, int], dict[tuple[int, int], Role]] = {}
        # By cell, and then by dot, because cells are read far more often than dots are drawn.
        self._text: dict[tuple[int, int], tuple[str, Role]] = {}
        self._flesh: set[tuple[int, int]] = set()

    def dot(self, x: float, y: float, role: Role) -> None:
        """Draw one dot."""
        self._raise((floor(x * self._across), floor(y / self._dot_height)), role)

    def line(self, places: Iterable[XY], role: Role, *, is_dotted: bool = False) -> None:
        """Draw through `places`: every dot of the way or, if dotted, every other one."""
        step = self._dot_size
        gap = 2 * step if is_dotted else step / 2
        left_over = 0.0
        for (x1, y1), (x2, y2) in pairwise(places):
            length = hypot(x2 - x1, y2 - y1)
            along = left_over
            while along <= length and length:
                part = along / length
                self.dot(x1 + (x2 - x1) * part, y1 + (y2 - y1) * part, role)
                along += gap
            left_over = along - length

    def fill(self, outline: Sequence[XY], role: Role, *, is_sparse: bool = False) -> None:
        """Fill the closed `outline`; sparsely, a quarter of its dots."""
        every = 2 if is_sparse else 1
        for column, row in self._dots_inside(outline):
            if not row % every and not column % every:
                self._raise((column, row), role)

    def flesh(self, outline: Sequence[XY]) -> None:
        """Make every cell whose middle lies inside the closed `outline` part of the limb."""
        for row in range(self.rows):
            for left, right in _inside_at((row + 0.5) * CELL_HEIGHT, outline):
                inside = range(ceil(left - 0.5), ceil(right - 0.5))
                self._flesh.update((column, row) for column in inside)

    def clear(self, x: float, y: float, radius: float) -> None:
        """Remove every dot nearer than `radius` to a place."""
        for (column, row), dots in self._dots.items():
            for dot in list(dots):
                dot_x = column + (dot[0] + 0.5) / self._across
                dot_y = row * CELL_HEIGHT + (dot[1] + 0.5) * self._dot_height
                if hypot(dot_x - x, dot_y - y) < radius:
                    del dots[dot]

    def cover(self, outline: Sequence[XY]) -> None:
        """Remove every dot inside the closed `outline`: something is in front."""
        for at_x, at_y in self._dots_inside(outline):
            (column, x), (row, y) = divmod(at_x, self._across), divmod(at_y, self._down)
            self._dots.get((column, row), {}).pop((x, y), None)

    def write(self, column: int, row: int, text: str, role: Role = Role.LABEL) -> None:
        """Put `text` over what is drawn, from a cell to the right; blanks cover nothing."""
        for offset, character in enumerate(text):
            if character != " ":
                self._text[column + offset, row] = character, role

    def head(self, tip: XY, back: XY) -> None:
        """Show an arrow's direction from `back`, if a cell can only hold a letter."""
        if self.charset is not Charset.ASCII:
            return
        across, down = tip[0] - back[0], tip[1] - back[1]
        letter = max(_HEADS, key=lambda way: way[0] * across + way[1] * down)[2]
        self.write(floor(tip[0]), floor(tip[1] / CELL_HEIGHT), letter, Role.ZONE)

    def role_at(self, column: int, row: int) -> Role:
        """What the cell is part of."""
        if (column, row) in self._text:
            return self._text[column, row][1]
        ground = Role.FLESH if (column, row) in self._flesh else Role.BLANK
        return max(self._dots.get((column, row), {}).values(), default=ground)

    def taken(self) -> dict[int, set[int]]:
        """The columns, by row, in which something is drawn or which lie inside the limb."""
        found: dict[int, set[int]] = {}
        for column, row in (*self._flesh, *(cell for cell, dots in self._dots.items() if dots)):
            found.setdefault(row, set()).add(column)
        return found

    def cells(self) -> tuple[tuple[Cell, ...], ...]:
        """What is drawn, as characters, row by row."""
        return tuple(
            tuple(self._cell(column, row) for column in range(self.columns))
            for row in range(self.rows)
        )

    @property
    def _dot_height(self) -> float:
        return CELL_HEIGHT / self._down

    @property
    def _dot_size(self) -> float:
        return min(1 / self._across, self._dot_height)

    def _dots_inside(self, outline: Sequence[XY]) -> Iterator[tuple[int, int]]:
        """Every dot of the grid, across and down, whose middle lies inside the closed `outline`."""
        top, bottom = min(y for _, y in outline), max(y for _, y in outline)
        for row in range(floor(top / self._dot_height), ceil(bottom / self._dot_height) + 1):
            for left, right in _inside_at((row + 0.5) * self._dot_height, outline):
                first, last = (ceil(x * self._across - 0.5) for x in (left, right))
                yield from ((column, row) for column in range(first, last))

    def _raise(self, dot: tuple[int, int], role: Role) -> None:
        column, x = divmod(dot[0], self._across)
        row, y = divmod(dot[1], self._down)
        if 0 <= column < self.columns and 0 <= row < self.rows:
            dots = self._dots.setdefault((column, row), {})
            dots[x, y] = max(role, dots.get((x, y), Role.BLANK))

    def _cell(self, column: int, row: int) -> Cell:
        if (column, row) in self._text:
            return Cell(*self._text[column, row])
        role = self.role_at(column, row)
        if role <= Role.FLESH:
            return Cell(role=role)
        # Dots of another role would look like part of the cell's own; those of the limb may.
        least = _SHOWN_WITH.get(role, role)
        shown = [dot for dot, of in self._dots[column, row].items() if of >= least]
        match self.charset:
            case Charset.BRAILLE:
                return Cell(chr(0x2800 + sum(_BRAILLE_BITS[y][x] for x, y in shown)), role)
            case Charset.BLOCKS:
                return Cell(_QUARTERS[sum(1 << (x + 2 * y) for x, y in shown)], role)
            case Charset.ASCII:
                return Cell(_LETTERS[role], role)


def _inside_at(y: float, outline: Sequence[XY]) -> Iterator[XY]:
    """Where a horizontal line is inside the closed `outline`: pairs of x."""
    crossings = sorted(
        x1 + (y - y1) / (y2 - y1) * (x2 - x1)
        for (x1, y1), (x2, y2) in pairwise((*outline, outline[0]))
        if (y1 > y) != (y2 > y)
    )
    return zip(crossings[::2], crossings[1::2], strict=True)
