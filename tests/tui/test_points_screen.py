"""The screen of the points: one at a time, its picture on either limb."""

from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.tui.stage import Stage, stage
from uncramp.atlas import find_figure, load_atlas
from uncramp.core.figures.render import draw
from uncramp.core.routine.model import Side
from uncramp.tui.library.points_screen import PointsScreen, paragraphs_of
from uncramp.tui.library.screen import LibraryScreen
from uncramp.tui.widgets.figure import FigureWidget
from uncramp.tui.widgets.text_page import TextPage

SIZES = [(20, 6), (40, 12), (80, 24), (120, 40), (300, 100)]


async def points_of(on: Stage, pilot: Pilot[int]) -> PointsScreen:
    await pilot.press("f2")
    await pilot.pause()
    screen = on.app.screen
    assert isinstance(screen, PointsScreen)
    return screen


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
async def test_every_point_can_be_read_whole(tmp_path: Path, size: tuple[int, int]) -> None:
    on = stage(tmp_path, None)
    async with on.app.run_test(size=size) as pilot:
        screen = await points_of(on, pilot)
        page = screen.query_one(TextPage)
        for point in load_atlas().points:
            assert point.find in page.text
            assert all(caution in page.text for caution in point.cautions)
            assert page.size.height >= 2
            await pilot.press("end")
            await pilot.pause()
            assert page.scroll_offset.y == page.max_scroll_y
            await pilot.press("right")
        assert load_atlas().points[0].find in page.text
        await pilot.press("left")
        assert load_atlas().points[-1].find in page.text
        await pilot.press("escape")
        assert isinstance(on.app.screen, LibraryScreen)


@pytest.mark.parametrize("size", [(40, 24), (80, 24), (120, 40)])
async def test_the_picture_is_of_the_limb_that_was_asked_for(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    on = stage(tmp_path, None)
    async with on.app.run_test(size=size) as pilot:
        screen = await points_of(on, pilot)
        shown = screen.query_one(FigureWidget)
        figure = find_figure(load_atlas().points[0])
        assert figure
        for key, side in (("", Side.RIGHT), ("l", Side.LEFT), ("s", Side.RIGHT), ("s", Side.LEFT)):
            await pilot.press(*key)
            assert shown.picture is not None
            expected = draw(figure, shown.size.width, shown.size.height, side)
            assert expected is not None
            assert shown.picture.lines == expected.lines


async def test_where_there_is_no_room_words_stand_alone(tmp_path: Path) -> None:
    on = stage(tmp_path, None)
    async with on.app.run_test(size=(40, 12)) as pilot:
        screen = await points_of(on, pilot)
        assert not screen.query_one("#drawn").display


def test_what_is_left_out_for_whom_is_told() -> None:
    for point in load_atlas().points:
        words = [paragraph.text for paragraph in paragraphs_of(point)]
        assert sum(text.startswith("• Left out if") for text in words) == len(point.unless)
