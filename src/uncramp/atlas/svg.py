"""Figures as SVG, from the same lines as the pictures in a terminal.

`python -m uncramp.atlas.svg` draws each view, with all of its points, into `figures/`.
"""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from pathlib import Path

from uncramp.atlas import load_atlas, load_figures
from uncramp.core.figures.shapes import (
    Band,
    Ellipse,
    Figure,
    Line,
    Mark,
    Place,
    Spot,
    Stroke,
    View,
    contours,
    figure_of,
    mirrored,
    smoothed,
)
from uncramp.core.routine.model import Side

HEIGHT = 440
"""Of every drawing, in its own units; the width follows from the view."""

MARGIN = 150
"""On each side of the view's box, for names."""

FOLDER = Path(__file__).with_name("figures")

_STYLE = """
    .flesh { fill: #8884; stroke: none; }
    .limb { fill: none; stroke: #777; stroke-width: 2.5; }
    .landmark { fill: none; stroke: #999; stroke-width: 1.2; stroke-dasharray: 4 3; }
    .bone { fill: #8883; stroke: #999; stroke-width: 1.2; }
    .zone { fill: #2a9d8f55; stroke: #2a9d8f; stroke-width: 2; }
    .stroke { fill: none; stroke: #2a9d8f; stroke-width: 4; marker-end: url(#head); }
    .head { fill: #2a9d8f; }
    .point { fill: #d62839; stroke: #fff; stroke-width: 2; }
    text { fill: #d62839; font-size: 15px; font-weight: bold;
        font-family: 'DejaVu Sans', 'Noto Sans', 'Liberation Sans', Arial, sans-serif; }
    text.area { fill: #2a9d8f; }
"""


def svg_of(figure: Figure, side: Side = Side.RIGHT) -> str:
    """`figure` as an SVG document, for the left limb or, for any other side, the right one."""
    view, paper = figure.view, _Paper(figure.view, side)
    outlines = contours(view)
    whole = [place for line in outlines for place in line]
    body = [
        paper.path("flesh", whole, is_closed=True),
        *(paper.line("flesh", part.line) for part in view.parts),
        *(paper.path("limb", line, is_closed=not view.cuts) for line in outlines),
        *(paper.line("limb", part.line) for part in view.parts),
        *(paper.landmark(mark.line) for mark in view.landmarks),
        *(text for mark in figure.marks for text in paper.mark(mark)),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{paper.box}">\n'
        f"  <title>{escape(_title(figure, side))}</title>\n"
        f"  <style>{_STYLE}  </style>\n"
        '  <marker id="head" viewBox="0 0 10 10" refX="5" refY="5" markerWidth="5"'
        ' markerHeight="5" orient="auto"><path class="head" d="M0 0 10 5 0 10Z"/></marker>\n'
        + "".join(f"  {line}\n" for line in body)
        + "</svg>\n"
    )


def charts() -> Iterator[tuple[str, str]]:
    """Each view's file name and its drawing, right limb, with all of its points."""
    points = load_atlas().points
    for figure in load_figures().values():
        if figure.id == figure.view.id:
            inside = [point for point in points if figure.id in point.views]
            marks = tuple(mark for p in inside for mark in figure_of(p, figure.view).marks)
            yield f"{figure.id}.svg", svg_of(Figure(figure.id, figure.title, figure.view, marks))


def _title(figure: Figure, side: Side) -> str:
    labels = ", ".join(mark.label for mark in figure.marks)
    limb = "left" if side is Side.LEFT else "right"
    return f"{figure.title} ({limb})" + (f": {labels}" if labels else "")


class _Paper:
    """A drawing's own units, and what is drawn in them."""

    def __init__(self, view: View, side: Side) -> None:
        self.width = round(HEIGHT * view.width / view.height, 1)
        self._is_left = side is Side.LEFT

    @property
    def box(self) -> str:
        """What is seen of it."""
        return f"{-MARGIN} 0 {self.width + 2 * MARGIN:g} {HEIGHT}"

    def path(self, name: str, places: Sequence[Place], *, is_closed: bool = False) -> str:
        steps = " ".join(f"{x:.1f} {y:.1f}" for x, y in self._put(places))
        return f'<path class="{name}" d="M{steps}{"Z" if is_closed else ""}"/>'

    def line(self, name: str, line: Line) -> str:
        if not isinstance(line, Ellipse):
            return self.path(name, smoothed(line.places))
        ((x, y),) = self._put([(line.x, line.y)])
        radii = f'rx="{line.rx * self.width:.1f}" ry="{line.ry * HEIGHT:.1f}"'
        return f'<ellipse class="{name}" cx="{x:.1f}" cy="{y:.1f}" {radii}/>'

    def landmark(self, line: Line) -> str:
        return self.line("bone" if isinstance(line, Ellipse) else "landmark", line)

    def mark(self, mark: Mark) -> Iterator[str]:
        match mark.shape:
            case Spot(x, y):
                ((at_x, at_y),) = self._put([(x, y)])
                yield f'<circle class="point" cx="{at_x:.1f}" cy="{at_y:.1f}" r="7"/>'
                yield self._label(mark.label, at_x + 12, at_y, "")
            case Ellipse(x, y, rx, _):
                yield self.line("zone", mark.shape)
                ((at_x, at_y),) = self._put([(x, y)])
                yield self._label(mark.label, at_x + rx * self.width + 5, at_y, "area")
            case Band(places, width):
                yield self._wide("zone", places, width)
                yield self._beside(mark.label, places, width)
            case Stroke(places, width):
                yield self._wide("zone", places, width)
                yield self.path("stroke", smoothed(places))
                yield self._beside(mark.label, places, width)

    def _wide(self, name: str, places: Sequence[Place], width: float) -> str:
        path = self.path(name, smoothed(places))
        across = f'style="stroke-width:{width * self.width:.1f};stroke-opacity:.3"'
        return path.replace("<path", f"<path {across}")

    def _beside(self, label: str, places: Sequence[Place], width: float) -> str:
        x, y = self._put(places)[len(places) // 2]
        return self._label(label, x + width * self.width / 2 + 5, y, "area")

    def _label(self, label: str, x: float, y: float, name: str) -> str:
        chosen = f' class="{name}"' if name else ""
        return f'<text{chosen} x="{x:.1f}" y="{y + 5:.1f}">{escape(label)}</text>'

    def _put(self, places: Iterable[Place]) -> list[Place]:
        turned = mirrored(tuple(places)) if self._is_left else tuple(places)
        return [(x * self.width, y * HEIGHT) for x, y in turned]


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, drawing in charts():
        FOLDER.joinpath(name).write_text(drawing, encoding="utf-8")
