"""A picture of where to press, as lines for any terminal."""

import os
from collections.abc import Iterator
from itertools import groupby
from typing import TextIO

from uncramp.core.figures.canvas import Charset, Role
from uncramp.core.figures.render import Picture

_SAMPLES = {Charset.BRAILLE: "\u2801\u28ff", Charset.BLOCKS: "▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"}

# The sixteen colours of the person's own theme, and bold or dim where those are not enough: the
# limb like text, landmarks fainter, the place to press bright.
_CODES = {
    Role.LEADER: "\x1b[2m",
    Role.LANDMARK: "\x1b[2m",
    Role.NAME: "\x1b[1m",
    Role.HAND: "\x1b[33m",
    Role.ZONE: "\x1b[35m",
    Role.POINT: "\x1b[1;31m",
}
_PLAIN = "\x1b[0m"


def charset_for(stream: TextIO | None) -> Charset:
    """The finest characters that `stream` can encode and its terminal probably has."""
    # The font of a Linux console has neither braille nor quarters.
    if os.environ.get("TERM") in ("linux", "dumb"):
        return Charset.ASCII
    encoding = getattr(stream, "encoding", None) or "ascii"
    for charset, sample in _SAMPLES.items():
        try:
            sample.encode(encoding)
        except (UnicodeEncodeError, LookupError):
            continue
        return charset
    return Charset.ASCII


def picture_lines(picture: Picture, *, colour: bool) -> Iterator[str]:
    """The picture's rows, with or without colour."""
    if not colour:
        yield from picture.lines
        return
    for row in picture.rows:
        cells = list(row)
        while cells and cells[-1].character == " ":
            cells.pop()
        line = ""
        for role, run in groupby(cells, key=lambda cell: cell.role):
            text, code = "".join(cell.character for cell in run), _CODES.get(role, "")
            line += f"{code}{text}{_PLAIN}" if code else text
        yield line
