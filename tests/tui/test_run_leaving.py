"""The end of a run on the screen: asked for, reached or forced."""

from pathlib import Path

from tests.recording_player import CloseCall
from tests.tui.stage import (
    PRESS,
    ROLL,
    WITHOUT_ROLL,
    phase,
    routine,
    seen,
    stage,
)
from uncramp.core.plan.plan import make_plan
from uncramp.core.run.moves import Phase
from uncramp.tui.run.end_dialog import EndDialog
from uncramp.tui.run.finish import FinishScreen
from uncramp.tui.run.screen import RunScreen
from uncramp.tui.widgets.words import Words


async def test_q_asks_and_the_run_waits_without_a_jump(tmp_path: Path) -> None:
    on = stage(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.press(pilot, "q")
        assert isinstance(on.app.screen, EndDialog)
        assert phase(on) is Phase.PAUSED
        position_ms = on.run.conductor.view().position_ms
        await on.after(pilot, 30)
        await on.press(pilot, "n")
        assert isinstance(on.app.screen, RunScreen)
        assert phase(on) is Phase.RUNNING
        assert on.run.conductor.view().position_ms == position_ms
        await on.press(pilot, "q", "y")
    assert on.app.return_value == 1
    record = on.app.last_record
    assert record is not None
    assert (record.is_complete, record.steps_done) == (False, 0)


async def test_a_run_that_was_paused_stays_paused_after_the_question(tmp_path: Path) -> None:
    on = stage(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.press(pilot, "p", "q", "n")
        assert phase(on) is Phase.PAUSED


async def test_the_run_may_end_while_a_page_is_read(tmp_path: Path) -> None:
    on = stage(tmp_path, routine(ROLL))
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.press(pilot, "i")
        for _ in range(120):
            on.time.seconds += 1
            on.run.conductor.tick()
        on.run.tick()
        await pilot.pause()
        assert isinstance(on.app.screen, FinishScreen)


async def test_at_the_end_a_quiet_page_waits_for_any_key(tmp_path: Path) -> None:
    on = stage(tmp_path, make_plan(routine(PRESS, ROLL), WITHOUT_ROLL))
    async with on.app.run_test(size=(80, 24)) as pilot:
        for _ in range(80):
            on.time.seconds += 1
            on.run.tick()
        await pilot.pause()
        shown = seen(on)
        assert on.app.screen.query_one("#heading", Words).text == "Finished"
        assert "1:20 · all 2 steps done" in shown
        assert "Left out: Calf roll (you have varicose veins)." in shown
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(on.app.screen, FinishScreen), "that key was meant for the run"
        await on.press(pilot, "x")
    assert on.app.return_value == 0


async def test_ctrl_c_ends_the_run_and_says_how_far_it_got(tmp_path: Path) -> None:
    on = stage(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.after(pilot, 30)
        await pilot.press("ctrl+c")
    assert on.app.return_value == 130
    assert on.app.last_record is not None
    assert on.app.last_record.played_ms == 30_000


async def test_the_player_is_closed_when_the_run_is_left(tmp_path: Path) -> None:
    on = stage(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.press(pilot, "q", "y")
    on.app.close_player()
    assert on.players[0].calls[-1] == CloseCall(ring_out=False)
