"""Text split into lines by the cells that it takes on the screen."""

from rich.cells import cell_len, chop_cells

from uncramp.core.text.safe_text import plain_line

ELLIPSIS = "…"


def wrapped(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` cells, broken at spaces if possible."""
    if width < 2:
        return []
    lines, line = [], ""
    for word in plain_line(text).split():
        pieces = [word] if cell_len(word) <= width else chop_cells(word, width)
        for piece in pieces:
            if not line:
                line = piece
            elif piece is pieces[0] and cell_len(line) + 1 + cell_len(piece) <= width:
                line = f"{line} {piece}"
            else:
                lines.append(line)
                line = piece
    return [*lines, line] if line else lines


def shortened(text: str, width: int) -> str:
    """The text in at most `width` cells, with an ellipsis if it was cut."""
    line = plain_line(text)
    if cell_len(line) <= width:
        return line
    if width < 2:
        return ELLIPSIS[:width]
    return chop_cells(line, width - 1)[0].rstrip() + ELLIPSIS


def fitted(text: str, width: int, rows: int) -> list[str]:
    """The text in at most `rows` lines of `width` cells, with an ellipsis if it was cut."""
    lines = wrapped(text, width)
    if len(lines) <= rows:
        return lines
    if rows < 1:
        return []
    return [*lines[: rows - 1], shortened(lines[rows - 1] + " " + lines[rows], width)]


def spread(left: str, right: str, width: int, *, least: int = 0) -> tuple[str, str]:
    """Both texts for one line of `width` cells, at its two ends; the left one gives way.

    It does so as far as `least` cells, and then the right one does.
    """
    kept = min(cell_len(left), least)
    right = shortened(right, max(width - kept - 2, 0) if kept else width)
    left = shortened(left, max(width - cell_len(right) - (2 if right else 0), 0))
    return left + " " * max(width - cell_len(left) - cell_len(right), 0), right


def fits_beside(text: str, other: str, width: int) -> bool:
    """Does all of `text` fit on a line of `width` cells with `other` at its other end?"""
    return cell_len(plain_line(text)) + 2 + cell_len(plain_line(other)) <= width


def as_title(text: str) -> str:
    """Text for a frame's title, which Textual reads as markup."""
    return plain_line(text).replace("\\", "\\\\").replace("[", "\\[")
