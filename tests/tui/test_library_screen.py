from dataclasses import replace
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input
from textual.widgets.input import Selection

from tests.tui.stage import Stage, notices, seen, stage
from uncramp.tui.library.routine_screen import RoutineScreen
from uncramp.tui.library.screen import LibraryScreen
from uncramp.tui.run.screen import RunScreen
from uncramp.tui.widgets.routine_list import RoutineList, Row
from uncramp.tui.widgets.text_page import TextPage
from uncramp.tui.widgets.typed_line import MOST_TYPED, TypedLine

FILES = {
    "bath": """
title = "Foot bath"
summary = "Warm water before bed."
when = "In the evening."
tags = ["soak"]
cautions = ["Not too hot."]
[[steps]]
name = "Soak"
time = "10m"
[[steps]]
name = "Both legs"
sides = "each"
repeat = 2
rest = 15
[[steps.steps]]
point = "KD3"
time = "30s"
[[steps]]
name = "Dry"
open = true
""",
    "calf": """
title = "Calf"
summary = "Rub the calf."
[[steps]]
name = "Rub"
time = "3s"
get_ready = 0
""",
    "evening": """
title = "Evening"
[[steps]]
name = "Soak"
time = "90 secs"
tmie = 3
""",
    "wild": """
title = "[b]Wild[/left]"
summary = "[@click=app.exit]x"
[[steps]]
name = "Rub [in]"
time = "1m"
""",
}


def opened(tmp_path: Path, problem: str = "") -> Stage:
    return stage(tmp_path, None, files=FILES, problem=problem)


def titles(on: Stage) -> list[str]:
    return [row.title for row in on.app.screen.query_one(RoutineList).routines]


async def typed(pilot: Pilot[int], text: str) -> None:
    await pilot.press(*text)
    await pilot.pause()


async def test_each_routine_has_its_title_its_length_and_what_it_is_for(tmp_path: Path) -> None:
    on = opened(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        lines = seen(on).splitlines()
        at = next(i for i, line in enumerate(lines) if "Foot bath" in line)
        assert lines[at].split()[-2:] == ["about", "14:00"]
        assert "Warm water before bed." in lines[at + 1]
        assert "[b]Wild[/left]" in seen(on)
        assert "[@click=app.exit]x" in seen(on)


@pytest.mark.slow
async def test_typing_searches_titles_summaries_tags_ids_and_points(tmp_path: Path) -> None:
    on = opened(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        for sought, found in [
            ("FOOT", ["Foot bath"]),
            ("rub the", ["Calf"]),
            ("soak", ["Foot bath"]),
            ("taixi", ["Foot bath"]),
            ("bath", ["Foot bath"]),
            ("evening", ["evening"]),
        ]:
            on.app.screen.query_one(Input).value = ""
            await typed(pilot, sought)
            assert titles(on) == found, sought


async def test_a_text_sent_as_keys_or_pasted_is_taken_as_far_as_there_is_room(
    tmp_path: Path,
) -> None:
    on = opened(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        search = on.app.screen.query_one(TypedLine)
        for _ in range(MOST_TYPED + 50):
            search.insert_text_at_cursor("a")
        assert search.value == "a" * MOST_TYPED
        await pilot.press("backspace", "backspace")
        await pilot.pause()
        search.post_message(events.Paste("bcd" * 3000))
        await pilot.pause()
        assert search.value == "a" * (MOST_TYPED - 2) + "bc"
        search.selection = Selection(0, MOST_TYPED)
        await pilot.press("x")
        assert search.value == "x"


async def test_nothing_found_is_said(tmp_path: Path) -> None:
    on = opened(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await typed(pilot, "zzz")
        assert "Nothing found. Escape clears the search." in seen(on)
        await pilot.press("enter")
        assert isinstance(on.app.screen, LibraryScreen)


async def test_enter_opens_a_routine_with_its_steps_and_enter_again_starts_it(
    tmp_path: Path,
) -> None:
    on = opened(tmp_path)
    async with on.app.run_test(size=(80, 40)) as pilot:
        await typed(pilot, "foot")
        await pilot.press("enter")
        assert isinstance(on.app.screen, RoutineScreen)
        text = on.app.screen.query_one(TextPage).text
        for words in (
            "Warm water before bed.",
            "When: In the evening.",
            "Soak  10:00",
            "Both legs  each side · 2 times · rest 0:15 between",
            "KD3 Taixi  0:30",
            "Dry  until done",
            "• Not too hot.",
            "6 steps · about 14:00",
        ):
            assert words in text
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(on.app.screen, RunScreen)
        assert on.says("name") == "Soak"


async def test_escape_goes_back_empties_the_search_and_leaves(tmp_path: Path) -> None:
    on = opened(tmp_path)
    on.app.data = replace(on.app.data, clocks=on.time.clocks())
    async with on.app.run_test(size=(80, 24)) as pilot:
        await typed(pilot, "foot")
        await pilot.press("enter", "escape")
        assert isinstance(on.app.screen, LibraryScreen)
        assert titles(on) == ["Foot bath"]
        await pilot.press("escape")
        await pilot.pause()
        assert len(titles(on)) == 4
        assert "Esc Leave" in seen(on)
        on.time.seconds += 2
        await pilot.press("escape")
    assert on.app.return_value == 0


async def test_q_is_a_letter_of_the_search_and_leaves_where_nothing_is_typed(
    tmp_path: Path,
) -> None:
    on = opened(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await pilot.press("q")
        assert on.app.screen.query_one(Input).value == "q"
        await pilot.press("escape", "enter", "q")
    assert on.app.return_value == 0


async def test_up_and_down_choose_and_stay_within_the_list(tmp_path: Path) -> None:
    on = opened(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        rows = on.app.screen.query_one(RoutineList)
        inside = [row.id for row in rows.routines]

        def chosen() -> int:
            assert rows.chosen_row is not None
            return inside.index(rows.chosen_row.id)

        await pilot.press("up", "down", "down")
        assert chosen() == 2
        await pilot.press("pagedown")
        assert chosen() == 3
        await pilot.press("ctrl+home")
        assert chosen() == 0


async def test_a_broken_file_is_marked_and_opens_to_its_problems(tmp_path: Path) -> None:
    on = opened(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await typed(pilot, "evening")
        assert "! 2 problems" in seen(on)
        await pilot.press("enter")
        text = on.app.screen.query_one(TextPage).text
        assert "2 problems keep this file from running." in text
        assert "Line 5, column 8  steps[0].time" in text
        assert '"90 secs" is not a length of time.' in text
        assert "Line 6, column 1  steps[0].tmie" in text
        await pilot.press("enter")
        assert isinstance(on.app.screen, RoutineScreen), "it cannot be started"
        assert "Start" not in seen(on)


async def test_a_file_that_vanishes_while_the_library_is_open_is_one_clear_line(
    tmp_path: Path,
) -> None:
    on = opened(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await typed(pilot, "foot")
        (tmp_path / "own" / "bath.toml").unlink()
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(on.app.screen, LibraryScreen)
        shown = " ".join(seen(on).split())
        assert "Foot bath is no longer there: its file was moved or deleted." in shown
        await pilot.press("escape")
        assert "Foot bath" not in titles(on)


async def test_a_file_that_changes_meanwhile_opens_as_it_is_now(tmp_path: Path) -> None:
    on = opened(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await typed(pilot, "calf")
        path = tmp_path / "own" / "calf.toml"
        path.write_text(FILES["calf"].replace("Rub the calf", "Rub it softly"), encoding="utf-8")
        await pilot.press("enter")
        await pilot.pause()
        assert "Rub it softly." in on.app.screen.query_one(TextPage).text


async def test_after_a_run_the_library_is_back_and_says_how_far_it_got(tmp_path: Path) -> None:
    on = opened(tmp_path)
    on.app.data = replace(on.app.data, clocks=on.time.clocks())
    async with on.app.run_test(size=(80, 24)) as pilot:
        await typed(pilot, "calf")
        await pilot.press("enter", "enter")
        await pilot.pause()
        on.time.seconds += 2
        await pilot.press("q", "y")
        await pilot.pause()
        assert not any(isinstance(screen, RunScreen) for screen in on.app.screen_stack)
        assert notices(on) == ["Ended at 0:02 of 0:03: 0 of 1 steps done."]
        await pilot.press("escape", "escape")
        on.time.seconds += 2
        await pilot.press("escape")
    assert on.app.return_value == 0


@pytest.mark.slow
async def test_a_routine_can_be_run_again_and_again(tmp_path: Path) -> None:
    on = opened(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await typed(pilot, "calf")
        for _ in range(3):
            await pilot.press("enter")
            if isinstance(on.app.screen, LibraryScreen):
                await pilot.press("enter")
            await pilot.press("enter")
            await pilot.pause()
            await on.after(pilot, 2)
            on.time.seconds += 1
            on.run.tick()
            await pilot.pause()
            on.time.seconds += 2
            await pilot.press("x")
            await pilot.pause()
    assert len(on.players) == 3


async def test_a_problem_is_told_above_the_list(tmp_path: Path) -> None:
    on = opened(tmp_path, problem='There is no routine called "foo".')
    async with on.app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert 'There is no routine called "foo".' in seen(on)


async def test_thousands_of_rows_are_drawn_no_further_than_they_are_seen(tmp_path: Path) -> None:
    on = opened(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        rows = on.app.screen.query_one(RoutineList)
        asked = []
        draw = rows.render_line

        def watched(y: int):  # type: ignore[no-untyped-def]
            asked.append(y)
            return draw(y)

        rows.render_line = watched  # type: ignore[method-assign]
        many = tuple(Row(f"r{n}", f"Routine {n}") for n in range(5_000))
        rows.show(many)
        await pilot.press("ctrl+end")
        await pilot.pause()
        assert "Routine 4999" in seen(on)
        assert len(asked) <= 4 * rows.size.height


async def test_at_40_by_12_a_list_a_page_and_their_keys_are_there(tmp_path: Path) -> None:
    on = opened(tmp_path)
    async with on.app.run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        assert "Foot bath" in seen(on)
        assert "Enter Open" in seen(on)
        await typed(pilot, "foot")
        await pilot.press("enter")
        assert "Enter Start" in seen(on)


async def test_files_that_come_change_break_and_go_show_without_a_restart(tmp_path: Path) -> None:
    on = opened(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        screen = on.app.screen
        assert isinstance(screen, LibraryScreen)
        await on.press(pilot, "down")
        chosen = screen.routines.chosen_row
        new = tmp_path / "own" / "new.toml"
        for text, title in (
            (FILES["calf"].replace("Calf", "Brand new"), "Brand new"),
            (FILES["calf"].replace("Calf", "Changed since"), "Changed since"),
            ("title = 3\n", "new"),
        ):
            new.write_text(text, encoding="utf-8")
            screen.look_again()
            await pilot.pause()
            assert title in titles(on)
        assert next(row for row in screen.routines.routines if row.id == "new").is_broken
        new.unlink()
        screen.look_again()
        await pilot.pause()
        assert len(titles(on)) == len(FILES)
        assert screen.routines.chosen_row == chosen
