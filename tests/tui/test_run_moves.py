"""What keys and clicks do to a run on the full screen, and what the screen shows."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.tui.stage import DRY, EVENING, PRESS, ROLL, ROUNDS, SOAK, Stage, routine, seen, stage
from uncramp.core.routine.model import Group, Routine, Step
from uncramp.core.run.moves import Phase
from uncramp.tui.run.jump import JumpScreen
from uncramp.tui.run.screen import RunScreen
from uncramp.tui.widgets.key_line import KeyLine


def phase(on: Stage) -> Phase:
    return on.run.conductor.run.phase


def step(on: Stage) -> int:
    return on.run.conductor.view().span.step_number


def keys(on: Stage) -> str:
    return on.run.query_one(KeyLine).text


@pytest.mark.parametrize("what", ["space", "enter", "click"])
async def test_space_enter_and_a_click_do_the_one_obvious_thing(tmp_path: Path, what: str) -> None:
    on = stage(tmp_path, routine(DRY, ROLL))

    async with on.app.run_test(size=(80, 24)) as pilot:

        async def do() -> None:
            on.time.seconds += 1
            await (pilot.click("#time") if what == "click" else pilot.press(what))
            await pilot.pause()

        await do()
        assert on.says("name") == "Calf roll", "a step that waits is done"
        await on.after(pilot, 5)
        for expected in (Phase.PAUSED, Phase.RUNNING):
            await do()
            assert phase(on) is expected


async def test_a_click_beside_the_keys_is_a_click_like_any_other(tmp_path: Path) -> None:
    on = stage(tmp_path, routine(ROLL))
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.after(pilot, 5)
        await pilot.click("#keys", offset=(keys(on).index("→") - 2, 0))
        await pilot.pause()
        assert phase(on) is Phase.PAUSED


async def test_p_pauses_a_step_that_waits_and_space_does_not(tmp_path: Path) -> None:
    on = stage(tmp_path, routine(DRY, ROLL))
    async with on.app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert keys(on).startswith("Enter Done   P Pause")
        await on.press(pilot, "p")
        assert phase(on) is Phase.PAUSED
        assert keys(on).startswith("Space Continue")
        await on.press(pilot, "p")
        assert phase(on) is Phase.RUNNING
        assert on.says("name") == "Dry and look"


async def test_an_enter_meant_for_the_get_ready_does_not_pause_its_step(tmp_path: Path) -> None:
    on = stage(tmp_path, routine(PRESS))
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.after(pilot, 10.2)
        await pilot.press("enter")
        assert phase(on) is Phase.RUNNING
        on.time.seconds += 1
        await pilot.press("enter")
        assert phase(on) is Phase.PAUSED


async def test_an_enter_held_too_long_ends_one_step_and_pauses_nothing(tmp_path: Path) -> None:
    on = stage(tmp_path, routine(DRY, ROLL))
    async with on.app.run_test(size=(80, 24)) as pilot:
        on.time.seconds += 1
        for _ in range(15):
            on.time.seconds += 1 / 10
            await pilot.press("enter")
        assert on.says("name") == "Calf roll"
        assert phase(on) is Phase.RUNNING


async def test_a_held_plus_gives_more_time_twice_a_second(tmp_path: Path) -> None:
    on = stage(tmp_path, ROUNDS)
    async with on.app.run_test(size=(80, 24)) as pilot:
        on.time.seconds += 1
        for _ in range(16):
            on.time.seconds += 1 / 8
            await pilot.press("plus")
        assert on.run.conductor.view().length_ms == 120_000 + 4 * 15_000


async def test_a_skip_says_what_was_skipped_and_u_brings_it_back(tmp_path: Path) -> None:
    on = stage(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.after(pilot, 70)
        await on.press(pilot, "right")
        assert on.says("note") == "Skipped: Foot soak. U undoes it."
        assert "U Undo" in keys(on)
        await on.after(pilot, 3)
        await on.press(pilot, "u")
        assert on.says("name") == "Foot soak"
        assert on.says("note") == "Undone: the skip."
        assert on.run.conductor.view().position_ms == 65_000
        assert "U Undo" not in keys(on)


async def test_a_pause_can_be_undone_as_well(tmp_path: Path) -> None:
    on = stage(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.after(pilot, 20)
        await on.press(pilot, "space")
        await on.after(pilot, 5)
        await on.press(pilot, "u")
        assert phase(on) is Phase.RUNNING
        assert on.says("note") == "Undone: the pause."
        assert on.run.conductor.view().position_ms == 17_000


async def test_less_time_says_when_it_can_be_no_shorter(tmp_path: Path) -> None:
    on = stage(tmp_path, replace(EVENING, items=(replace(SOAK, time_ms=310_000),)))
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.press(pilot, "enter", "minus")
        assert on.says("state") == "left of 5:00"
        assert on.says("note") == "5:00 is the shortest for this step."


async def test_any_step_can_be_gone_to_from_the_list_of_all(tmp_path: Path) -> None:
    on = stage(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.press(pilot, "j")
        shown = seen(on)
        assert "▸1  Foot soak" in shown
        assert "both · 20:00" in shown
        assert "4  KD3 Taixi" in shown
        assert "right · 0:30" in shown
        await on.press(pilot, "down", "down", "down", "enter")
        assert isinstance(on.app.screen, RunScreen)
        assert (step(on), on.says("state")) == (4, "GET READY · then for 0:30")
        assert on.says("note") == "Skipped: Foot soak and 2 more steps. U undoes it."


async def test_the_run_goes_on_while_a_step_is_chosen(tmp_path: Path) -> None:
    on = stage(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.press(pilot, "j")
        await on.after(pilot, 30)
        assert phase(on) is Phase.RUNNING
        assert on.says("state") == "left of 20:00"
        await on.press(pilot, "escape")
        assert isinstance(on.app.screen, RunScreen)
        assert step(on) == 1


@pytest.mark.slow
async def test_typing_finds_a_step_by_its_name_its_side_its_point_or_its_number(
    tmp_path: Path,
) -> None:
    on = stage(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.press(pilot, "j", *"taixi right")
        screen = on.app.screen
        assert isinstance(screen, JumpScreen)
        assert list(screen.steps.rows) == [4]
        await on.press(pilot, "escape", *"ki3")
        assert list(screen.steps.rows) == [3, 4]
        await on.press(pilot, "escape", "5")
        assert screen.steps.chosen_row == 5
        await on.press(pilot, "escape", *"elbow")
        assert "No step has that name." in seen(on)
        await on.press(pilot, "enter")
        assert on.app.screen is screen
        await on.press(pilot, "escape", *"roll", "enter")
        assert on.says("name") == "Calf roll"


async def test_a_plan_of_a_hundred_thousand_steps_opens_at_once(tmp_path: Path) -> None:
    on = stage(tmp_path, rounds(999))
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.press(pilot, "j")
        screen = on.app.screen
        assert isinstance(screen, JumpScreen)
        assert len(screen.steps.rows) == 99_901
        await on.press(pilot, "ctrl+end")
        assert "99901  Cover up" in seen(on)
        await on.press(pilot, *"77777", "enter")
        assert step(on) == 77_777


async def test_a_search_goes_on_between_other_things_until_all_is_searched(tmp_path: Path) -> None:
    on = stage(tmp_path, rounds(12))
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.press(pilot, "j", *"cover")
        screen = on.app.screen
        assert isinstance(screen, JumpScreen)
        while not screen.steps.rows:
            await pilot.pause()
        await on.press(pilot, "enter")
        assert on.says("name") == "Cover up"


def rounds(count: int) -> Routine:
    """A routine of a hundred times `count` steps, and one more."""
    rub = Step("steps[0].steps[0].steps[0]", "Rub {round}", 500)
    inner = Group("steps[0].steps[0]", (rub,), repeat=100)
    end = Step("steps[1]", "Cover up", 500)
    return routine(Group("steps[0]", (inner,), repeat=count), end)


async def test_a_long_step_grows_still_after_its_first_minute(tmp_path: Path) -> None:
    on = stage(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.press(pilot, "enter")
        await on.after(pilot, 59)
        assert "Lower both feet in" in seen(on)
        # The prompt after a minute is read for a minute, and then there is nothing more to read.
        await on.after(pilot, 1)
        assert "Does it feel comfortable?" in seen(on)
        await on.after(pilot, 60)
        still = seen(on)
        for words in ("Foot soak", "left of 20:00", "Next  Dry and look", "Ends about"):
            assert words in still
        for words in ("Lower both feet in", "Step ", "Sound", "Pause", "BOTH"):
            assert words not in still


async def test_any_key_lets_a_still_step_show_all_and_does_what_it_does(tmp_path: Path) -> None:
    on = stage(tmp_path, routine(replace(SOAK, prompts=())))
    async with on.app.run_test(size=(120, 40)) as pilot:
        await on.press(pilot, "enter")
        await on.after(pilot, 90)
        assert "Lower both feet in" not in seen(on)
        await on.press(pilot, "x")
        assert "Lower both feet in" in seen(on)
        await on.after(pilot, 60)
        assert "Lower both feet in" not in seen(on)
        await on.press(pilot, "space")
        assert phase(on) is Phase.PAUSED
        assert "Lower both feet in" in seen(on)


async def test_a_still_step_wakes_before_its_end(tmp_path: Path) -> None:
    on = stage(tmp_path, routine(replace(SOAK, time_ms=300_000, prompts=())))
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.press(pilot, "enter")
        await on.after(pilot, 269)
        assert "Lower both feet in" not in seen(on)
        await on.after(pilot, 1)
        assert "Lower both feet in" in seen(on)


async def test_a_short_step_never_grows_still(tmp_path: Path) -> None:
    on = stage(tmp_path, routine(ROLL))
    async with on.app.run_test(size=(80, 24)) as pilot:
        for _ in range(8):
            await on.after(pilot, 10)
            assert "Step 1 of 1" in seen(on)


async def test_the_last_seconds_say_so_in_words(tmp_path: Path) -> None:
    on = stage(tmp_path, routine(ROLL))
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.after(pilot, 116)
        assert "LAST SECONDS" not in seen(on)
        await on.after(pilot, 1)
        assert "LAST SECONDS" in seen(on)
        assert on.run.panel.has_class("-last")


async def test_four_quick_presses_of_next_are_four(tmp_path: Path) -> None:
    on = stage(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        numbers = []
        for _ in range(4):
            on.time.seconds += 0.2
            await pilot.press("right")
            await pilot.pause()
            numbers.append(on.run.conductor.view().span.step_number)
        assert numbers == [2, 3, 4, 5]


async def test_a_minute_less_and_more_by_one_key(tmp_path: Path) -> None:
    on = stage(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.press(pilot, "enter", "pagedown", "underscore")
        assert on.run.conductor.view().length_ms == 1_080_000
        await on.press(pilot, "asterisk")
        assert on.run.conductor.view().length_ms == 1_140_000


async def test_what_is_told_of_a_limit_goes_away_while_the_run_is_paused(tmp_path: Path) -> None:
    on = stage(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.press(pilot, "enter", "plus")
        assert on.says("note") == "20:00 is the longest for this step."
        await on.press(pilot, "p")
        on.time.seconds += 8
        await on.press(pilot, "x")
        assert on.says("note") == ""
