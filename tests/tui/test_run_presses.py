"""Keys, clicks and pastes on the screen of a run."""

from pathlib import Path

import pytest
from textual.events import Paste

from tests.tui.stage import (
    DRY,
    ROLL,
    ROUNDS,
    phase,
    routine,
    stage,
)
from uncramp.core.run.moves import Phase
from uncramp.tui.run.screen import RunScreen
from uncramp.tui.widgets.key_line import KeyLine


@pytest.mark.slow
async def test_every_key_makes_its_move(tmp_path: Path) -> None:
    on = stage(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.press(pilot, "n")
        assert on.says("name") == "Dry and look"
        await on.press(pilot, "enter")
        assert on.says("name") == "KD3 Taixi"
        await on.press(pilot, "b")
        assert on.says("name") == "Dry and look"
        await on.press(pilot, "right", "left", "right")
        assert on.says("name") == "KD3 Taixi"
        await on.press(pilot, "enter")
        assert on.says("state") == "left of 0:30"
        await on.press(pilot, "plus")
        assert on.says("state") == "left of 0:45"
        await on.press(pilot, "minus", "equals_sign")
        assert on.says("state") == "left of 0:45"
        await on.after(pilot, 9)
        await on.press(pilot, "r")
        assert on.run.conductor.view().position_ms == 0


@pytest.mark.slow
async def test_a_held_key_skips_one_step_and_not_many(tmp_path: Path) -> None:
    on = stage(tmp_path, ROUNDS)
    async with on.app.run_test(size=(80, 24)) as pilot:
        on.time.seconds += 1
        for _ in range(60):
            on.time.seconds += 1 / 30
            await pilot.press("right")
        assert on.run.conductor.view().span.step_number == 2


async def test_two_quick_presses_of_next_are_half_a_second_apart_at_least(tmp_path: Path) -> None:
    on = stage(tmp_path, ROUNDS)
    async with on.app.run_test(size=(80, 24)) as pilot:
        for passed in (1.0, 0.3, 0.3):
            on.time.seconds += passed
            await pilot.press("right")
        assert on.run.conductor.view().span.step_number == 3


async def test_the_key_line_offers_only_what_is_allowed_now(tmp_path: Path) -> None:
    on = stage(tmp_path)
    async with on.app.run_test(size=(120, 40)) as pilot:
        line = on.run.query_one(KeyLine)
        await on.press(pilot, "enter")
        assert "Enter" not in line.text
        assert "+ More" in line.text
        await on.press(pilot, "space")
        assert "Space Continue" in line.text
        assert "Pause" not in line.text
        await on.press(pilot, "space", "right")
        assert "Enter Done" in line.text
        assert "More" not in line.text


async def test_a_key_that_does_nothing_now_does_nothing(tmp_path: Path) -> None:
    on = stage(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.press(pilot, "enter")
        await on.after(pilot, 11)
        before = on.run.conductor.view().span
        await on.press(pilot, "c", "x", "ctrl+z")
        assert on.run.conductor.view().span == before
        assert phase(on) is Phase.RUNNING


async def test_a_click_does_the_one_obvious_thing(tmp_path: Path) -> None:
    on = stage(tmp_path, routine(DRY, ROLL))
    async with on.app.run_test(size=(80, 24)) as pilot:
        for expected in (("Calf roll", Phase.RUNNING), ("Calf roll", Phase.PAUSED)):
            on.time.seconds += 1
            await pilot.click("#time")
            await pilot.pause()
            assert (on.says("name"), phase(on)) == expected
        on.time.seconds += 1
        await pilot.click("#how")
        assert phase(on) is Phase.RUNNING


async def test_a_click_on_a_key_presses_it(tmp_path: Path) -> None:
    on = stage(tmp_path, ROUNDS)
    async with on.app.run_test(size=(80, 24)) as pilot:
        on.time.seconds += 1
        line = on.run.query_one(KeyLine)
        await pilot.click("#keys", offset=(line.text.index("→"), 0))
        await pilot.pause()
        assert on.run.conductor.view().span.step_number == 2


async def test_a_paste_does_nothing(tmp_path: Path) -> None:
    on = stage(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        before = on.run.conductor.view().span
        on.app.post_message(Paste("nnn q y\n"))
        await pilot.pause()
        assert on.run.conductor.view().span == before
        assert isinstance(on.app.screen, RunScreen)
