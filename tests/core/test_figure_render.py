from collections.abc import Iterator
from dataclasses import replace
from statistics import mean

import pytest

from uncramp.core.figures.canvas import Charset, Role
from uncramp.core.figures.render import SMALLEST_COLUMNS, SMALLEST_ROWS, Picture, draw
from uncramp.core.figures.shapes import Curve, Ellipse, Figure, LimbView, Mark, Spot, Stroke
from uncramp.core.routine.model import Side

LEG = LimbView(
    id="leg",
    title="A leg",
    width=50,
    height=100,
    outline=((0.3, 0.0), (0.2, 0.4), (0.4, 0.9), (0.6, 0.9), (0.8, 0.4), (0.7, 0.0)),
    cuts=frozenset({"top"}),
)
SIZES = [(20, 10), (40, 20), (60, 30)]


def marked(shape: Spot | Ellipse | Stroke, label: str = "KD3") -> Figure:
    return Figure("leg", "A leg", LEG, (Mark(shape, label),))


def drawn(
    figure: Figure,
    size: tuple[int, int],
    side: Side = Side.RIGHT,
    *,
    charset: Charset = Charset.BRAILLE,
    is_hollow: bool = False,
) -> Picture:
    picture = draw(figure, *size, side, charset=charset, is_hollow=is_hollow)
    assert picture is not None
    return picture


def places_of(picture: Picture, role: Role) -> Iterator[tuple[int, int]]:
    for row, cells in enumerate(picture.rows):
        for column, cell in enumerate(cells):
            if cell.role is role:
                yield column, row


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("charset", Charset)
def test_a_picture_fills_exactly_the_room_it_was_given(
    size: tuple[int, int], charset: Charset
) -> None:
    picture = drawn(marked(Spot(0.5, 0.5)), size, charset=charset)
    assert len(picture.rows) == size[1]
    assert {len(row) for row in picture.rows} == {size[0]}
    assert all(len(cell.character) == 1 for row in picture.rows for cell in row)


@pytest.mark.parametrize(
    "size", [(SMALLEST_COLUMNS - 1, 30), (60, SMALLEST_ROWS - 1), (0, 0), (-1, 5)]
)
def test_a_picture_that_would_lead_nobody_gives_way(size: tuple[int, int]) -> None:
    assert draw(marked(Spot(0.5, 0.5)), *size) is None


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("x", [0.35, 0.5, 0.65])
@pytest.mark.parametrize("y", [0.2, 0.5, 0.8])
@pytest.mark.parametrize("side", [Side.LEFT, Side.RIGHT])
def test_the_point_stands_where_it_is_on_the_limb(
    size: tuple[int, int], x: float, y: float, side: Side
) -> None:
    columns, rows = size
    width = rows * 2 * LEG.width / LEG.height
    turned = 1 - x if side is Side.LEFT else x
    expected = ((columns - width) / 2 + turned * width, y * rows)
    lit = list(places_of(drawn(marked(Spot(x, y)), size, side), Role.POINT))
    assert lit
    assert abs(mean(column + 0.5 for column, _ in lit) - expected[0]) < 1
    assert abs(mean(row + 0.5 for _, row in lit) - expected[1]) < 0.75


def test_the_left_limb_is_the_mirror_of_the_right() -> None:
    heel_on_the_left = ((0.3, 0.0), (0.3, 0.6), (0.1, 0.9), (0.9, 0.9), (0.6, 0.6), (0.6, 0.0))
    foot = replace(LEG, outline=heel_on_the_left)
    figure = Figure("foot", "A foot", foot, (Mark(Spot(0.4, 0.5)),))
    right, left = drawn(figure, (60, 30), Side.RIGHT), drawn(figure, (60, 30), Side.LEFT)
    for role in (Role.FLESH, Role.LIMB, Role.POINT):
        here = set(places_of(right, role))
        turned = {(59 - column, row) for column, row in places_of(left, role)}
        # A line on the border of two cells falls into one of them.
        near = {(column + off, row) for column, row in here for off in (-1, 0, 1)}
        assert turned <= near
        assert len(turned) == pytest.approx(len(here), rel=0.15)


@pytest.mark.parametrize("side", [None, Side.BOTH, Side.AFFECTED])
def test_where_no_side_is_known_the_right_limb_is_drawn(side: Side | None) -> None:
    figure = marked(Spot(0.4, 0.5))
    assert draw(figure, 40, 20, side) == drawn(figure, (40, 20), Side.RIGHT)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("charset", Charset)
def test_a_mark_has_its_name_beside_it(size: tuple[int, int], charset: Charset) -> None:
    for label in ("KD3", "Roll up", "Shimian"):
        picture = drawn(marked(Spot(0.5, 0.5), label), size, charset=charset)
        text = "\n".join(picture.lines)
        assert all(word in text for word in label.split()), text
        name_row = next(r for r, line in enumerate(picture.lines) if label.split()[0] in line)
        point_rows = {row for _, row in places_of(picture, Role.POINT)}
        # Beside a limb that fills a small picture, a long name has room only above or below.
        furthest = 3 if size == SIZES[0] else 1
        assert min(abs(name_row - row) for row in point_rows) <= furthest


def test_a_name_never_covers_the_point() -> None:
    for x in (0.35, 0.5, 0.65):
        named = drawn(marked(Spot(x, 0.5), "A rather long name"), (20, 10))
        bare = drawn(marked(Spot(x, 0.5), ""), (20, 10))
        assert set(places_of(named, Role.POINT)) == set(places_of(bare, Role.POINT))


@pytest.mark.parametrize("size", SIZES)
def test_a_zone_is_an_area_and_not_a_dot(size: tuple[int, int]) -> None:
    picture = drawn(marked(Ellipse(0.5, 0.4, 0.2, 0.15)), size)
    assert not list(places_of(picture, Role.POINT))
    assert len(list(places_of(picture, Role.ZONE))) >= size[1] * 0.8


def fullest_row(picture: Picture) -> int:
    """The row with the most dots of a zone: where an arrow's head is widest."""
    dots = [0] * len(picture.rows)
    for column, row in places_of(picture, Role.ZONE):
        dots[row] += (ord(picture.rows[row][column].character) - 0x2800).bit_count()
    return dots.index(max(dots))


def test_a_stroke_points_where_the_hands_go() -> None:
    up = drawn(marked(Stroke(((0.5, 0.8), (0.5, 0.2)), 0.2), ""), (60, 30))
    down = drawn(marked(Stroke(((0.5, 0.2), (0.5, 0.8)), 0.2), ""), (60, 30))
    assert 6 <= fullest_row(up) <= 10
    assert 20 <= fullest_row(down) <= 24


@pytest.mark.parametrize("size", SIZES)
def test_a_pulse_changes_the_point_alone(size: tuple[int, int]) -> None:
    full = drawn(marked(Spot(0.5, 0.5)), size)
    hollow = drawn(marked(Spot(0.5, 0.5)), size, is_hollow=True)
    assert full != hollow
    changed = {
        place
        for full_row, hollow_row in zip(full.rows, hollow.rows, strict=True)
        for place in ((a.role, b.role) for a, b in zip(full_row, hollow_row, strict=True) if a != b)
    }
    assert {role for pair in changed for role in pair} <= {Role.POINT, Role.FLESH}


def test_each_set_of_characters_keeps_to_itself() -> None:
    figure = marked(Ellipse(0.5, 0.4, 0.2, 0.15), "calf")
    for charset, allowed in (
        (Charset.BRAILLE, {chr(c) for c in range(0x2801, 0x2900)}),
        (Charset.BLOCKS, set("▘▝▀▖▌▞▛▗▚▐▜▄▙▟█")),
        (Charset.ASCII, set(".#+@")),
    ):
        shown = {c.character for row in drawn(figure, (40, 20), charset=charset).rows for c in row}
        assert shown - set("calf ") <= allowed


@pytest.mark.parametrize(
    ("way", "letter"), [((0.2, 0.8), "v"), ((0.8, 0.2), "^")], ids=["down", "up"]
)
def test_an_arrow_of_letters_says_which_way_it_points(
    way: tuple[float, float], letter: str
) -> None:
    stroke = Stroke(((0.5, way[0]), (0.5, way[1])), 0.2)
    text = "".join(drawn(marked(stroke, ""), (40, 20), charset=Charset.ASCII).lines)
    assert [c for c in text if c in "^v<>"] == [letter]
    to_and_fro = replace(stroke, goes_back=True)
    text = "".join(drawn(marked(to_and_fro, ""), (40, 20), charset=Charset.ASCII).lines)
    assert [c for c in text if c in "^v<>"] == ["^", "v"]


def test_a_hand_stands_in_front_of_the_limb() -> None:
    hand = Curve(((0.1, 0.4), (0.5, 0.4), (0.5, 0.6), (0.1, 0.6)))
    figure = Figure("leg", "A leg", LEG, hands=(hand,))
    picture = drawn(figure, (40, 20))
    assert list(places_of(picture, Role.HAND))
    edges = [column for column, row in places_of(picture, Role.LIMB) if row == 10]
    assert edges
    assert min(edges) > 20


def test_the_limb_closes_at_no_edge_where_it_goes_on() -> None:
    picture = drawn(marked(Spot(0.5, 0.5), ""), (40, 20))
    top_row = [cell.role for cell in picture.rows[0]]
    between = top_row[top_row.index(Role.LIMB) : len(top_row) - top_row[::-1].index(Role.LIMB)]
    assert Role.FLESH in between
