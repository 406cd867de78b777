"""Large capital letters made of dots, at several heights, for what to do now.

A letter is five dots high, like the smallest large digits. A dot is some cells wide and as many
half cells high, so that it is about square. A narrow letter has thinner inner dots and gaps.
"""

from functools import cache

_DOTS = {
    "A": ".#. #.# ### #.# #.#",
    "B": "##. #.# ##. #.# ##.",
    "C": ".## #.. #.. #.. .##",
    "D": "##. #.# #.# #.# ##.",
    "E": "### #.. ##. #.. ###",
    "F": "### #.. ##. #.. #..",
    "G": ".### #... #.## #..# .###",
    "H": "#.# #.# ### #.# #.#",
    "I": "# # # # #",
    "J": "..# ..# ..# #.# ###",
    "K": "#..# #.#. ##.. #.#. #..#",
    "L": "#.. #.. #.. #.. ###",
    "M": "#...# ##.## #.#.# #...# #...#",
    "N": "#..# ##.# #.## #..# #..#",
    "O": ".##. #..# #..# #..# .##.",
    "P": "##. #.# ##. #.. #..",
    "Q": ".##. #..# #..# #.#. .#.#",
    "R": "##. #.# ##. #.# #.#",
    "S": "### #.. ### ..# ###",
    "T": "### .#. .#. .#. .#.",
    "U": "#.# #.# #.# #.# ###",
    "V": "#.# #.# #.# #.# .#.",
    "W": "#...# #...# #.#.# ##.## #...#",
    "X": "#.# #.# .#. #.# #.#",
    "Y": "#.# #.# .#. .#. .#.",
    "Z": "### ..# .#. #.. ###",
    "0": "### #.# #.# #.# ###",
    "1": ".# ## .# .# .#",
    "2": "### ..# ### #.. ###",
    "3": "### ..# ### ..# ###",
    "4": "#.# #.# ### ..# ..#",
    "5": "### #.. ### ..# ###",
    "6": "### #.. ### #.# ###",
    "7": "### ..# ..# ..# ..#",
    "8": "### #.# ### #.# ###",
    "9": "### #.# ### ..# ###",
    " ": ".. .. .. .. ..",
    ",": ".. .. .. .# #.",
    ".": ". . . . #",
    ":": ". # . # .",
    "-": "... ... ### ... ...",
    "'": "# # . . .",
    "\u2019": "# # . . .",
    "/": "..# ..# .#. #.. #..",
    "(": ".# #. #. #. .#",
    ")": "#. .# .# .# #.",
    "?": "### ..# .## ... .#.",
    "!": "# # # . #",
    "\u25c6": "..#.. .###. ##### .###. ..#..",
}

_HALVES = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}

_ARROWS = {"\u25c0": True, "\u25b6": False}
"""The signs of a side, and whether each points to the left."""

_STEMMED = frozenset("TVXY1'\u2019!?.,:()\u25c6 ")
"""Letters that are not made narrow: they have only a middle, or are narrow already."""

LETTER_HEIGHTS = (20, 18, 15, 13, 10, 8, 5, 3)
"""The possible heights in rows, largest first."""

_DOT_OF = {(5 * dot + 1) // 2: dot for dot in range(1, 9)}
"""The width of a dot in cells at each height."""


def can_be_drawn(text: str) -> bool:
    """Is there a shape for each letter of `text`?"""
    return bool(text.strip()) and all(c in _DOTS or c in _ARROWS for c in text.upper())


def letters_wide(text: str, height: int, *, is_narrow: bool = False) -> int:
    """The width of `text` in cells at `height` rows."""
    gaps = max(len(text) - 1, 0) * _gap(height, is_narrow=is_narrow)
    return sum(sum(_widths(c, height, is_narrow)) for c in text.upper()) + gaps


def letters_drawn(text: str, height: int, *, is_narrow: bool = False) -> tuple[str, ...]:
    """The rows of `text`, in capitals."""
    gap = " " * _gap(height, is_narrow=is_narrow)
    shapes = [_letter(letter, height, is_narrow) for letter in text.upper()]
    return tuple(gap.join(shape[row] for shape in shapes) for row in range(height))


def large_lines(
    text: str, width: int, height: int, most: int, *, is_narrow: bool = False
) -> tuple[str, ...]:
    """`text` split at spaces into lines that fit `width` cells when drawn.

    Empty if it takes more than `most` lines, or cannot be drawn.
    """
    if not can_be_drawn(text):
        return ()
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and letters_wide(longer, height, is_narrow=is_narrow) <= width:
            lines[-1] = longer
        elif letters_wide(word, height, is_narrow=is_narrow) <= width:
            lines.append(word)
        else:
            return ()
    return tuple(lines) if len(lines) <= most else ()


def _gap(height: int, *, is_narrow: bool) -> int:
    dot = _DOT_OF[height]
    return (dot + 1) // 2 if is_narrow else dot


@cache
def _widths(letter: str, height: int, is_narrow: bool) -> tuple[int, ...]:
    """The width in cells of each column of a letter's dots."""
    dot = _DOT_OF[height]
    if letter in _ARROWS:
        return (1,) * ((5 * dot + 1) // 2)
    widths = [dot] * len(_DOTS[letter].split()[0])
    if is_narrow and (letter not in _STEMMED or letter == " "):
        # The edges stay thick; the inside gets thinner.
        inner = range(len(widths)) if letter == " " else range(1, len(widths) - 1)
        for x in inner:
            widths[x] = (dot + 1) // 2
    return tuple(widths)


@cache
def _letter(letter: str, height: int, is_narrow: bool) -> tuple[str, ...]:
    dot, widths = _DOT_OF[height], _widths(letter, height, is_narrow)
    if letter in _ARROWS:
        lit = _arrow(5 * dot, points_left=_ARROWS[letter])
    else:
        rows = [[lit == "#" for lit in row] for row in _DOTS[letter].split()]
        lit = [row for row in rows for _ in range(dot)]
    lit += [[False] * len(widths)] * (height * 2 - len(lit))
    return tuple(
        "".join(_HALVES[up, low] * wide for up, low, wide in zip(*both, widths, strict=True))
        for both in zip(lit[::2], lit[1::2], strict=True)
    )


def _arrow(halves: int, *, points_left: bool) -> list[list[bool]]:
    """A triangle as high as a letter, half as wide in cells: about as wide as high."""
    wide = (halves + 1) // 2
    rows = [[x + 0.5 >= abs(y - (halves - 1) / 2) for x in range(wide)] for y in range(halves)]
    return rows if points_left else [row[::-1] for row in rows]
