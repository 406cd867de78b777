"""Names are beside what they name, apart from each other, and off the limb."""

from math import hypot

import pytest

from uncramp.core.figures.canvas import CELL_HEIGHT
from uncramp.core.figures.label_placement import Ground, Label, Placed, place_labels

LIMB = {row: range(18, 22) for row in range(12)}
"""A limb four columns wide, down the middle of forty."""

GROUND = Ground(40, 12, LIMB)


def at(column: float, row: float) -> tuple[float, float]:
    return column + 0.5, (row + 0.5) * CELL_HEIGHT


def placed(ground: Ground, *wanted: Label) -> list[Placed]:
    found = [each for each in place_labels(ground, wanted) if each]
    assert len(found) == len(wanted)
    return found


@pytest.mark.parametrize(("column", "is_left"), [(18, True), (21, False)])
def test_a_name_stands_on_the_row_of_its_place_and_on_the_nearer_side(
    column: int, is_left: bool
) -> None:
    (name,) = placed(GROUND, Label("knob", at(column, 5)))
    assert (name.row, name.lines) == (5, ("knob",))
    # One column stays free between the name and the limb.
    assert name.column == (18 - 1 - len("knob") if is_left else 22 + 1)


def test_no_name_touches_another_and_none_stands_on_the_limb() -> None:
    wanted = [Label(f"name {number}", at(19, 5)) for number in range(6)]
    names = placed(GROUND, *wanted)
    taken: set[tuple[int, int]] = set()
    for name in names:
        cells = set(name.cells())
        beside = {(column + off, row) for column, row in cells for off in (-1, 0, 1)}
        assert taken.isdisjoint(beside)
        assert not any(column in LIMB[row] for column, row in cells)
        taken |= cells


def test_a_line_stops_before_its_place() -> None:
    spot = at(20, 5)
    (name,) = placed(GROUND, Label("KD3", spot, clearance=1.5))
    end = name.leader[1]
    assert hypot(end[0] - spot[0], end[1] - spot[1]) == pytest.approx(1.5)


def test_a_line_goes_round_what_is_kept_free() -> None:
    spot, bone = at(19, 5), at(18, 5)
    free = Ground(40, 12, LIMB, ((bone, 0.9),))
    (straight,) = placed(GROUND, Label("dip", spot))
    (name,) = placed(free, Label("dip", spot))
    assert straight.column < 18
    assert name.column > 21


def test_a_long_name_is_broken_where_there_is_no_room_for_one_line() -> None:
    narrow = Ground(30, 12, {row: range(11, 19) for row in range(12)})
    (name,) = placed(narrow, Label("outer ankle bone", at(15, 5)))
    assert len(name.lines) == 2
    assert " ".join(line.strip() for line in name.lines) == "outer ankle bone"


def test_who_comes_first_leaves_room_for_the_next() -> None:
    # Above the row there is room for any name, but only the row's own has room for the long one.
    rows = {row: range(40) for row in range(12)}
    rows[5] = range(12, 40)
    rows[6] = range(8, 40)
    ground = Ground(40, 12, rows)
    short, long = Label("knee", at(12, 5)), Label("ankle bone", at(12, 5))
    by_text = {name.lines[0].strip(): name.row for name in placed(ground, short, long)}
    assert by_text == {"knee": 6, "ankle bone": 5}


def test_where_there_is_no_room_a_name_is_left_out_or_covers_the_limb() -> None:
    full = Ground(20, 5, {row: range(20) for row in range(5)}, ((at(10, 2), 1.0),))
    wanted = Label("KD3", at(10, 2))
    assert place_labels(full, [wanted]) == (None,)
    (name,) = place_labels(full, [wanted], may_cover=True)
    assert name is not None
    assert (10, 2) not in set(name.cells())


def test_nothing_to_name_takes_no_place() -> None:
    assert place_labels(GROUND, []) == ()
