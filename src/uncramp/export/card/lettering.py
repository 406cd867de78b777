"""How wide text is in Helvetica, and where its lines break.

Arial, Liberation Sans and Arimo have the same widths. Code that writes a line in another font must
fit it into the width from here: then no line is ever cut.
"""

from collections.abc import Iterator
from unicodedata import east_asian_width, normalize

_FIRST = 32
# Adobe's metrics of the standard fonts: thousandths of the size, from the space to the tilde.
_PLAIN = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
)  # fmt: skip
_BOLD = (
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667,
    611, 778, 722, 278, 556, 722, 611, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556,
    278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
)  # fmt: skip
_OTHERS = {"·": 278, "–": 556, "’": 278, "“": 500, "”": 500, "•": 350, "°": 400}
_UNKNOWN, _WIDE = 720, 1000


def width_of(text: str, size: float, *, is_bold: bool = False) -> float:
    """The width of a line of text, in the units of `size`."""
    return sum(_letter_width(letter, is_bold) for letter in text) * size / 1000


def _letter_width(letter: str, is_bold: bool) -> int:
    at = ord(letter) - _FIRST
    table = _BOLD if is_bold else _PLAIN
    if at < len(table):
        return table[at]
    known = _OTHERS.get(letter)
    if known is not None:
        return known
    if east_asian_width(letter) in "WF":
        return _WIDE
    # A letter with an accent is as wide as without.
    at = ord(normalize("NFD", letter)[0]) - _FIRST
    return table[at] if at < len(table) else _UNKNOWN


def wrapped(text: str, size: float, width: float, *, is_bold: bool = False) -> Iterator[str]:
    """The text in lines of at most `width`; a longer word continues on the next line."""
    line: list[str] = []
    filled = 0.0
    space = width_of(" ", size, is_bold=is_bold)
    for word in text.split():
        for piece in _pieces(word, size, width, is_bold):
            length = width_of(piece, size, is_bold=is_bold)
            if line and filled + space + length > width:
                yield " ".join(line)
                line, filled = [], 0.0
            filled += length + (space if line else 0.0)
            line.append(piece)
    if line:
        yield " ".join(line)


def _pieces(word: str, size: float, width: float, is_bold: bool) -> Iterator[str]:
    """The word, or its parts if it is wider than a line."""
    start, filled = 0, 0.0
    for at, letter in enumerate(word):
        length = width_of(letter, size, is_bold=is_bold)
        if at > start and filled + length > width:
            yield word[start:at]
            start, filled = at, 0.0
        filled += length
    yield word[start:]
