"""Large digits made of bars, as on a clock's display, at any odd height from three.

A cell has two dots, one above the other, so that a dot is about as wide as high.
"""

from functools import cache

from uncramp.core.lazy.dataclass import dataclass

HEIGHTS = tuple(range(39, 2, -2))
"""The possible heights in rows, largest first: they grow with the screen."""

_BARS_OF = {
    "0": "tplrsb",
    "1": "rs",
    "2": "trmpb",
    "3": "trmsb",
    "4": "lrms",
    "5": "tlmsb",
    "6": "tlpmsb",
    "7": "trs",
    "8": "tlprsmb",
    "9": "tlrmsb",
}
"""The bars of each digit: top, middle, bottom; left and right in the upper half, p and s below."""

_CELLS = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}


@dataclass(frozen=True, slots=True)
class _Face:
    """The thickness and width of the bars at one height, in dots."""

    width: int
    upright: int
    level: int
    middle: int
    """Where the middle bar begins, counted from the top."""
    gap: int
    """The gap between two digits."""


_SMALLEST = _Face(width=4, upright=1, level=1, middle=2, gap=1)


@cache
def _face(height: int) -> _Face:
    """The bars of digits `height` rows high: thicker for larger digits."""
    if height == 3:
        return _SMALLEST
    upright, level = round(height * 0.42), round(height * 0.32)
    return _Face(
        width=(3 * height - 1) // 2,
        upright=upright,
        level=level,
        middle=height - (level + 1) // 2,
        gap=max(round(height * 0.32), 2),
    )


def width_of(text: str, height: int) -> int:
    """The width in cells of `text` (digits, spaces and colons) at `height` rows."""
    face = _face(height)
    return sum(_width(c, face) for c in text) + face.gap * max(len(text) - 1, 0)


def drawn(text: str, height: int) -> tuple[str, ...]:
    """The rows of `text` (digits, spaces and colons) at `height` rows."""
    gap = " " * _face(height).gap
    glyphs = [_glyph(character, height) for character in text]
    return tuple(gap.join(glyph[row] for glyph in glyphs) for row in range(height))


def _width(character: str, face: _Face) -> int:
    return face.upright if character == ":" else face.width


@cache
def _glyph(character: str, height: int) -> tuple[str, ...]:
    face, dots = _face(height), height * 2
    width = _width(character, face)
    is_lit = [[False] * width for _ in range(dots)]

    def fill(x: int, y: int, wide: int, high: int) -> None:
        for row in is_lit[y : y + high]:
            row[x : x + wide] = [True] * wide

    # At three rows the lowest dot stays dark: a small digit has five dots.
    foot = dots - (1 if height == 3 else 0)
    half = face.middle + face.level
    right = width - face.upright
    if character == "1":
        right //= 2
    for bar in _BARS_OF.get(character, ""):
        match bar:
            case "t":
                fill(0, 0, width, face.level)
            case "m":
                fill(0, face.middle, width, face.level)
            case "b":
                fill(0, foot - face.level, width, face.level)
            case "l" | "r":
                fill(0 if bar == "l" else right, 0, face.upright, half)
            case _:
                fill(0 if bar == "p" else right, face.middle, face.upright, foot - face.middle)
    if character == ":":
        fill(0, foot // 3 - face.level // 2, width, face.level)
        fill(0, foot - foot // 3 - (face.level + 1) // 2, width, face.level)
    return tuple(
        "".join(_CELLS[pair] for pair in zip(upper, lower, strict=True))
        for upper, lower in zip(is_lit[::2], is_lit[1::2], strict=True)
    )
