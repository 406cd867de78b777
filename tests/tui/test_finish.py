"""The page at the end of a run: what it calls finished, and what can still be undone there."""

from pathlib import Path

from tests.tui.stage import PRESS, ROLL, routine, stage
from uncramp.core.plan.plan import make_plan
from uncramp.core.run.moves import Phase
from uncramp.tui.run.finish import FinishScreen
from uncramp.tui.run.screen import RunScreen
from uncramp.tui.widgets.words import Words

TWO_STEPS = make_plan(routine(PRESS))


async def test_a_run_whose_steps_were_all_skipped_is_not_finished(tmp_path: Path) -> None:
    on = stage(tmp_path, TWO_STEPS)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.press(pilot, "n", "n")
        assert isinstance(on.app.screen, FinishScreen)
        assert on.app.screen.query_one("#heading", Words).text == "Ended"
        assert on.app.screen.query_one("#facts", Words).text.endswith("0 of 2 steps done")
        await on.press(pilot, "x")
    assert on.app.return_value == 1


async def test_the_last_skip_is_undone_from_the_finish_page(tmp_path: Path) -> None:
    on = stage(tmp_path, TWO_STEPS)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.press(pilot, "n", "n")
        assert "U undoes the last move." in on.app.screen.query_one("#hint", Words).text
        await on.press(pilot, "u")
        assert isinstance(on.app.screen, RunScreen)
        assert on.run.conductor.run.phase is Phase.RUNNING
        assert on.says("note") == "Undone: the skip."
        while on.run.conductor.record is None:
            await on.after(pilot, 1)
        assert isinstance(on.app.screen, FinishScreen)
        assert on.app.screen.query_one("#heading", Words).text == "Finished"
        assert "U undoes" not in on.app.screen.query_one("#hint", Words).text


async def test_what_ran_out_by_itself_is_left_by_u_as_by_any_key(tmp_path: Path) -> None:
    on = stage(tmp_path, make_plan(routine(ROLL)))
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.after(pilot, 120)
        assert isinstance(on.app.screen, FinishScreen)
        await on.press(pilot, "u")
    assert on.app.return_value == 0
