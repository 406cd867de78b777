"""A grid of character cells to draw on in dots finer than a cell.

Places on it are in cell widths, x to the right and y down; a cell is one wide and two high,
so that a circle looks round.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from itertools import pairwise
from math import ceil, floor, hypot

CELL_HEIGHT = 2.0
"""A cell's height in its own widths."""

XY = tuple[float, float]


class Role(IntEnum):
    """What a cell is part of; of two in one cell the higher is shown."""

    BLANK = 0
    FLESH = 1
    """Inside the limb, with nothing drawn: a screen may give it a faint ground."""
    LANDMARK = 2
    LABEL = 3
    """A name, or the line that leads to it."""
    LIMB = 4
    ZONE = 5
    POINT = 6


class Charset(StrEnum):
    """Which characters a picture is made of."""

    BRAILLE = "braille"
    """Eight dots a cell."""
    BLOCKS = "blocks"
    """Four quarters a cell, where a terminal's font has no braille."""
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
_LETTERS = {Role.LANDMARK: ".", Role.LIMB: "#", Role.ZONE: "+", Role.LABEL: "-", Role.POINT: "@"}


class Canvas:
    """Dots with roles, and text over them."""

    def __init__(self, columns: int, rows: int, charset: Charset) -> None:
        """Begin with nothing drawn."""
        self.columns = columns
        self.rows = rows
        self.charset = charset
        self._across, self._down = _GRAIN[charset]
        self._dots: dict[tuple[int, int], Role] = {}
        self._text: dict[tuple[int, int], str] = {}
        self._flesh: set[tuple[int, int]] = set()

    def dot(self, x: float, y: float, role: Role) -> None:
        """Draw one dot."""
        self._raise((floor(x * self._across), floor(y / CELL_HEIGHT * self._down)), role)

    def line(self, places: Iterable[XY], role: Role, *, is_dotted: bool = False) -> None:
        """Draw through `places`, every dot of the way or, dotted, every other."""
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
        for dot in self._dots_between(outline):
            if is_sparse and (dot[0] % 2 or dot[1] % 2):
                continue
            if _is_inside(self._centre(dot), outline):
                self._raise(dot, role)

    def flesh(self, outline: Sequence[XY]) -> None:
        """Make every cell whose middle lies inside the closed `outline` part of the limb."""
        for row in range(self.rows):
            for column in range(self.columns):
                if _is_inside((column + 0.5, (row + 0.5) * CELL_HEIGHT), outline):
                    self._flesh.add((column, row))

    def clear(self, x: float, y: float, radius: float) -> None:
        """Take away every dot nearer than `radius` to a place."""
        for dot in list(self._dots):
            centre = self._centre(dot)
            if hypot(centre[0] - x, centre[1] - y) < radius:
                del self._dots[dot]

    def write(self, column: int, row: int, text: str) -> None:
        """Put `text` over what is drawn, from a cell to the right."""
        for offset, character in enumerate(text):
            self._text[column + offset, row] = character

    def role_at(self, column: int, row: int) -> Role:
        """What the cell is part of."""
        if (column, row) in self._text:
            return Role.LABEL
        ground = Role.FLESH if (column, row) in self._flesh else Role.BLANK
        return max((role for _, role in self._dots_of(column, row)), default=ground)

    def cells(self) -> tuple[tuple[Cell, ...], ...]:
        """What is drawn, as characters, row by row."""
        return tuple(
            tuple(self._cell(column, row) for column in range(self.columns))
            for row in range(self.rows)
        )

    @property
    def _dot_size(self) -> float:
        return min(1 / self._across, CELL_HEIGHT / self._down)

    def _raise(self, dot: tuple[int, int], role: Role) -> None:
        if 0 <= dot[0] < self.columns * self._across and 0 <= dot[1] < self.rows * self._down:
            self._dots[dot] = max(role, self._dots.get(dot, Role.BLANK))

    def _centre(self, dot: tuple[int, int]) -> XY:
        return (dot[0] + 0.5) / self._across, (dot[1] + 0.5) / self._down * CELL_HEIGHT

    def _dots_between(self, outline: Sequence[XY]) -> Iterator[tuple[int, int]]:
        xs = [x * self._across for x, _ in outline]
        ys = [y / CELL_HEIGHT * self._down for _, y in outline]
        for dot_y in range(floor(min(ys)), ceil(max(ys)) + 1):
            for dot_x in range(floor(min(xs)), ceil(max(xs)) + 1):
                yield dot_x, dot_y

    def _dots_of(self, column: int, row: int) -> Iterator[tuple[tuple[int, int], Role]]:
        for y in range(self._down):
            for x in range(self._across):
                role = self._dots.get((column * self._across + x, row * self._down + y))
                if role:
                    yield (x, y), role

    def _cell(self, column: int, row: int) -> Cell:
        if (column, row) in self._text:
            return Cell(self._text[column, row], Role.LABEL)
        role = self.role_at(column, row)
        if role <= Role.FLESH:
            return Cell(role=role)
        # What is not of the cell's own colour would look like part of it; the limb may.
        least = {Role.ZONE: Role.LIMB, Role.LIMB: Role.LANDMARK}.get(role, role)
        shown = [dot for dot, of in self._dots_of(column, row) if of >= least]
        match self.charset:
            case Charset.BRAILLE:
                return Cell(chr(0x2800 + sum(_BRAILLE_BITS[y][x] for x, y in shown)), role)
            case Charset.BLOCKS:
                return Cell(_QUARTERS[sum(1 << (x + 2 * y) for x, y in shown)], role)
            case Charset.ASCII:
                return Cell(_LETTERS[role], role)


def _is_inside(place: XY, outline: Sequence[XY]) -> bool:
    x, y = place
    inside = False
    for (x1, y1), (x2, y2) in pairwise((*outline, outline[0])):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
            inside = not inside
    return inside
