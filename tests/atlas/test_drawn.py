import pytest

from tests.atlas.test_figures import MARKED, ON_A_LIMB
from uncramp.core.figures.canvas import Charset, Role
from uncramp.core.figures.render import Picture, draw
from uncramp.core.figures.shapes import Figure
from uncramp.core.routine.model import Side

SIZES = [(20, 10), (40, 20)]
SIDES = [Side.LEFT, Side.RIGHT]

each_mark = pytest.mark.parametrize("figure", MARKED, ids=lambda f: f"{f.id} {f.marks[0].label}")


def drawn(figure: Figure, size: tuple[int, int], side: Side, charset: Charset) -> Picture:
    picture = draw(figure, *size, side, charset=charset)
    assert picture is not None
    return picture


@pytest.mark.slow
@pytest.mark.parametrize("figure", ON_A_LIMB, ids=lambda f: f"{f.id} {f.marks[0].label}")
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("charset", Charset)
def test_a_mark_is_drawn_inside_its_limb_on_both_sides(
    figure: Figure, size: tuple[int, int], charset: Charset
) -> None:
    for side in SIDES:
        bare = drawn(Figure(figure.id, figure.title, figure.view), size, side, charset)
        marked = drawn(figure, size, side, charset)
        lit = [
            bare.rows[row][column].role
            for row, cells in enumerate(marked.rows)
            for column, cell in enumerate(cells)
            if cell.role in (Role.POINT, Role.ZONE)
        ]
        assert lit
        # A disc may extend over the edge of a narrow limb by a part of a cell at most.
        assert lit.count(Role.BLANK) <= len(lit) / 4


@each_mark
@pytest.mark.parametrize("size", SIZES)
def test_a_mark_is_named_on_both_sides(figure: Figure, size: tuple[int, int]) -> None:
    for side in SIDES:
        text = "\n".join(drawn(figure, size, side, Charset.BRAILLE).lines)
        assert all(word in text for word in figure.marks[0].label.split()), text
