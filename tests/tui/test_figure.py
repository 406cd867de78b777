from pathlib import Path

import pytest

from tests.content.bundled import routine
from tests.tui.stage import Stage, stage
from uncramp.core.figures.canvas import Role
from uncramp.core.routine.model import Side
from uncramp.tui.widgets.figure import FigureWidget

TO_BL57 = ["enter", *["right"] * 5]


def figure(on: Stage) -> FigureWidget:
    return on.run.query_one("#figure", FigureWidget)


def point_cells(on: Stage) -> list[str]:
    picture = figure(on).picture
    assert picture
    return [c.character for row in picture.rows for c in row if c.role is Role.POINT]


@pytest.mark.slow
async def test_where_to_press_stands_beside_how_to_find_it(tmp_path: Path) -> None:
    on = stage(tmp_path, routine("bedtime"))
    async with on.app.run_test(size=(120, 40)) as pilot:
        shown = figure(on).picture
        assert shown
        assert any("basin" in line for line in shown.lines)
        await on.press(pilot, *TO_BL57)
        picture = figure(on).picture
        assert picture
        assert picture.side is Side.LEFT
        assert any("BL57" in line for line in picture.lines)
        assert point_cells(on)
        await on.press(pilot, *["right"] * 7)
        picture = figure(on).picture
        assert picture
        assert picture.side is Side.RIGHT


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 16)])
async def test_it_gives_way_to_words_where_there_is_no_room(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    on = stage(tmp_path, routine("bedtime"))
    async with on.app.run_test(size=size) as pilot:
        await on.press(pilot, *TO_BL57)
        assert figure(on).picture is None


@pytest.mark.slow
@pytest.mark.parametrize(("level", "pulses"), [("full", True), ("none", False)])
async def test_the_point_pulses_once_a_second_at_most_and_stands_still_where_nothing_moves(
    tmp_path: Path, level: str, pulses: bool
) -> None:
    on = stage(tmp_path, routine("bedtime"))
    on.app.animation_level = "full" if level == "full" else "none"
    async with on.app.run_test(size=(120, 40)) as pilot:
        await on.press(pilot, *TO_BL57, "enter")
        await on.after(pilot, 2)
        before = point_cells(on)
        await on.after(pilot, 0.4)
        assert point_cells(on) == before
        await on.after(pilot, 1)
        assert (point_cells(on) != before) == pulses
        await on.press(pilot, "space")
        paused = point_cells(on)
        await on.after(pilot, 3)
        assert point_cells(on) == paused
