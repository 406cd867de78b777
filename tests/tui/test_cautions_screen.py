"""What comes before a run from the command line: questions and cautions on the screen."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.tui.stage import ROLL, routine, stage
from uncramp.system import paths
from uncramp.tui.dialogs.cautions_screen import CautionsScreen
from uncramp.tui.dialogs.confirm import ConfirmDialog
from uncramp.tui.run.screen import RunScreen
from uncramp.tui.widgets.text_page import TextPage

LONG = tuple(f"Care: caution {number}, said in a few more words." for number in range(20))
CAREFUL = replace(routine(ROLL), cautions=LONG)


@pytest.mark.parametrize("key", ["escape", "q"])
async def test_a_run_is_refused_on_the_page_of_its_cautions(tmp_path: Path, key: str) -> None:
    app = stage(tmp_path, CAREFUL, cautions=LONG).app
    async with app.run_test(size=(80, 24)) as pilot:
        assert isinstance(app.screen, CautionsScreen)
        await pilot.press("n", "x", key)
    assert app.return_value == 1
    assert not paths.seen_cautions_file().exists()


async def test_enter_starts_and_a_long_page_scrolls(tmp_path: Path) -> None:
    app = stage(tmp_path, CAREFUL, cautions=LONG).app
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        page = app.screen.query_one(TextPage)
        await pilot.press("end")
        await pilot.pause()
        assert page.scroll_offset.y > 0
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, RunScreen)
    assert paths.seen_cautions_file().exists()


async def test_what_asks_comes_before_the_cautions(tmp_path: Path) -> None:
    app = stage(tmp_path, CAREFUL, asks=("You cannot feel your feet well.",), cautions=LONG).app
    async with app.run_test(size=(80, 24)) as pilot:
        assert isinstance(app.screen, ConfirmDialog)
        await pilot.press("y")
        await pilot.pause()
        assert isinstance(app.screen, CautionsScreen)
        await pilot.press("escape")
    assert app.return_value == 1
