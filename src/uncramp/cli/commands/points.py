"""`uncramp points` and `uncramp point`."""

import sys
from pathlib import Path

from uncramp.atlas import find_figure, load_atlas
from uncramp.cli.arguments import Arguments
from uncramp.core.routine.model import Side
from uncramp.core.routine.points import Point
from uncramp.core.text.safe_text import shown
from uncramp.core.text.suggestions import nearest
from uncramp.plain.json_text import json_array, json_line
from uncramp.plain.leaflet_lines import WIDEST
from uncramp.plain.output import Drawing, complain, is_coloured, write
from uncramp.plain.point_lines import find_lines, point_lines, point_object, points_lines
from uncramp.system.files import CannotWrite, write_new_file

WIDEST_PICTURE, HIGHEST_PICTURE = 60, 30
"""The most cells of a picture: a larger one shows nothing more."""

_ROWS_BESIDE = 2
"""The rows of a terminal for the picture's name and for the next command."""


def points(asked: Arguments) -> int:
    """Write all points."""
    known = load_atlas().points
    if asked.json:
        write(json_array(point_object(point) for point in known))
    else:
        write(points_lines(known))
    return 0


def point(asked: Arguments) -> int:
    """Write everything that is known about a point, with its picture."""
    name = " ".join(asked.name)
    found = load_atlas().find(name)
    if found is None:
        return complain(_unknown_words(name))
    if asked.svg:
        return _write_svg(found, asked.side, asked.svg)
    if asked.json:
        write([json_line(point_object(found))])
        return 0
    import shutil

    columns, rows = shutil.get_terminal_size((WIDEST, HIGHEST_PICTURE))
    is_shown = sys.stdout.isatty() if asked.picture is None else asked.picture
    width = max(min(columns, WIDEST), 20)
    room = rows - len(find_lines(found, width)) - _ROWS_BESIDE
    picture = _picture(found, asked.side, columns, room) if is_shown else ()
    write(point_lines(found, picture, width=width))
    return 0


def _write_svg(found: Point, side: str | None, file: str) -> int:
    """Write the point's picture to a new file, or to standard output for `-`."""
    figure = find_figure(found)
    if figure is None:
        return complain(f"There is no picture of {found.title}.")
    from uncramp.core.figures.svg import svg_of

    drawing = svg_of(figure, Side(side) if side else Side.RIGHT)
    if file == "-":
        write(drawing.splitlines())
        return 0
    try:
        write_new_file(Path(file), drawing.encode())
    except CannotWrite as error:
        return complain(str(error))
    write([f"Wrote {file}."])
    return 0


def _picture(found: Point, side: str | None, columns: int, rows: int) -> tuple[str, ...]:
    """The lines of the point's picture, with the limb that it shows; empty if it does not fit."""
    from uncramp.core.figures.render import SMALLEST_ROWS, draw
    from uncramp.plain.picture_lines import charset_for, picture_lines
    from uncramp.plain.terminal_image import image_text

    figure = find_figure(found)
    if figure is None:
        return ()
    limb = Side(side) if side else Side.RIGHT
    size = min(columns, WIDEST_PICTURE), min(rows, HIGHEST_PICTURE)
    if sys.stdout.isatty() and sys.stdin.isatty() and size[1] >= SMALLEST_ROWS:
        image = image_text(figure, limb, *size)
        if image is not None:
            return (f"{figure.title}, {limb.value}", Drawing(image.rstrip("\n")))
    picture = draw(figure, *size, limb, charset=charset_for(sys.stdout))
    if picture is None:
        return ()
    lines = picture_lines(picture, colour=is_coloured(sys.stdout))
    return (f"{figure.title}, {picture.side.value}", *lines)


def _unknown_words(name: str) -> str:
    near = nearest(name, load_atlas().spellings(), cutoff=0.5)
    hint = f"Did you mean {near}?" if near else "uncramp points lists the points."
    return f'There is no point "{shown(name)}". {hint}'
