"""The drawings kept beside the atlas: each view with all of its points, and each scene.

`python -m uncramp.atlas.charts` draws them again into `figures/`.
"""

from collections.abc import Iterator
from pathlib import Path

from uncramp.atlas import load_atlas, load_figures
from uncramp.core.figures.shapes import Figure, figure_of
from uncramp.core.figures.svg import svg_of

FOLDER = Path(__file__).with_name("figures")


def charts() -> Iterator[tuple[str, str]]:
    """Each drawing's file name and its text, of the right limb."""
    for figure in load_figures().values():
        shown = _with_points(figure) if figure.id == figure.view.id else figure
        yield f"{figure.id}.svg", svg_of(shown)


def _with_points(figure: Figure) -> Figure:
    """The view with every point in it, and every landmark that leads to one of them."""
    inside = [
        figure_of(point, figure.view) for point in load_atlas().points if figure.id in point.views
    ]
    marks = tuple(mark for one in inside for mark in one.marks)
    leading = {landmark for one in inside for landmark in one.landmarks}
    landmarks = tuple(one for one in figure.view.landmarks if one in leading)
    return Figure(figure.id, figure.title, figure.view, marks, landmarks)


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, drawing in charts():
        FOLDER.joinpath(name).write_text(drawing, encoding="utf-8")
