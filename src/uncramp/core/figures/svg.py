"""Figures as SVG, from the same lines and with the same names as the pictures in a terminal."""

from collections.abc import Iterator
from html import escape

from uncramp.core.figures.drawing import (
    COLUMNS,
    ROWS,
    DrawnDisc,
    DrawnLine,
    DrawnName,
    FigureDrawing,
    drawing_of,
)
from uncramp.core.figures.shapes import Figure
from uncramp.core.routine.model import Side

# Opacity is a separate property, because some renderers draw an eight-digit colour opaque.
# Middle greys are readable on a dark and on a light background.
_STYLE = """
    .flesh { fill: #888; fill-opacity: .2; stroke: none; }
    .limb { fill: none; stroke: #888; stroke-width: 2.5; stroke-linejoin: round; }
    .landmark { fill: none; stroke: #888; stroke-width: 1.5; stroke-dasharray: 5 4; }
    .bone { fill: #888; fill-opacity: .3; stroke: #888; stroke-width: 1.5; }
    .measure { fill: none; stroke: #2a7fba; stroke-width: 2; }
    .leader { fill: none; stroke: #888; stroke-width: 1; stroke-dasharray: 1.5 3; }
    .hand { fill: #c9a183; stroke: #8a5a2b; stroke-width: 2; stroke-linejoin: round; }
    .tool { fill: none; stroke: #2a7fba; stroke-width: 5; stroke-linejoin: round; }
    .zone { fill: #2a9d8f; fill-opacity: .35; stroke: #2a9d8f; stroke-width: 2; }
    .arrow { fill: #2a9d8f; stroke: none; }
    .point { fill: #d62839; stroke: #fff; stroke-width: 2; }
    text { fill: #7d7d7d; font-size: 14px;
        font-family: 'DejaVu Sans', 'Noto Sans', 'Liberation Sans', Arial, sans-serif; }
    .name { font-size: 13px; font-weight: bold; }
    .spot { fill: #d62839; }
    .area { fill: #23867a; }
"""


def svg_of(
    figure: Figure, side: Side = Side.RIGHT, *, columns: int = COLUMNS, rows: int = ROWS
) -> str:
    """`figure` as an SVG document, for the left limb or, for any other side, the right one."""
    drawing = drawing_of(figure, side, columns=columns, rows=rows)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" '
        f'viewBox="0 0 {drawing.width:g} {drawing.height:g}">\n'
        f"  <title>{escape(drawing.title)}</title>\n"
        f"  <style>{_STYLE}  </style>\n"
        + "".join(f"  {line}\n" for line in svg_parts(drawing))
        + "</svg>\n"
    )


def svg_parts(drawing: FigureDrawing) -> Iterator[str]:
    """The drawing's elements, one by one. Their classes decide how they look."""
    names_class = "spot" if drawing.has_spot else "area"
    for part in drawing.parts:
        match part:
            case DrawnLine(style, places, is_closed):
                steps = " ".join(f"{x:.1f} {y:.1f}" for x, y in places)
                yield f'<path class="{style}" d="M{steps}{"Z" if is_closed else ""}"/>'
            case DrawnDisc(x, y, radius):
                yield f'<circle class="point" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/>'
            case DrawnName(text, x, y, anchor, is_of_mark):
                chosen = f' class="name {names_class}"' if is_of_mark else ""
                end = "" if anchor == "start" else f' text-anchor="{anchor}"'
                yield f'<text{chosen} x="{x:g}" y="{y:g}"{end}>{escape(text)}</text>'
