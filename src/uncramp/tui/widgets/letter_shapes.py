"""Capital letters drawn large out of dots, at two heights, for what is to be done now.

A letter is five dots high, as the smallest large digits are. At three rows a dot is half
a cell high and one cell wide, at five rows one cell high and two wide.
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
}

_HALVES = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}


def can_be_drawn(text: str) -> bool:
    """Is there a shape for each letter of `text`?"""
    return bool(text.strip()) and all(letter in _DOTS for letter in text.upper())


def letters_wide(text: str, height: int) -> int:
    """How many cells `text` is wide at `height` rows."""
    gaps = max(len(text) - 1, 0) * (2 if height == 5 else 1)
    return sum(len(_letter(letter, height)[0]) for letter in text.upper()) + gaps


def letters_drawn(text: str, height: int) -> tuple[str, ...]:
    """The rows of `text`, in capitals."""
    gap = "  " if height == 5 else " "
    shapes = [_letter(letter, height) for letter in text.upper()]
    return tuple(gap.join(shape[row] for shape in shapes) for row in range(height))


def large_lines(text: str, width: int, height: int, most: int) -> tuple[str, ...]:
    """`text` broken at its spaces into lines that fit into `width` cells when drawn.

    Nothing where it takes more than `most` lines, or cannot be drawn.
    """
    if not can_be_drawn(text):
        return ()
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and letters_wide(longer, height) <= width:
            lines[-1] = longer
        elif letters_wide(word, height) <= width:
            lines.append(word)
        else:
            return ()
    return tuple(lines) if len(lines) <= most else ()


@cache
def _letter(letter: str, height: int) -> tuple[str, ...]:
    rows = [[dot == "#" for dot in row] for row in _DOTS[letter].split()]
    if height == 5:
        return tuple("".join("██" if dot else "  " for dot in row) for row in rows)
    rows.append([False] * len(rows[0]))
    return tuple(
        "".join(_HALVES[pair] for pair in zip(upper, lower, strict=True))
        for upper, lower in zip(rows[::2], rows[1::2], strict=True)
    )
