from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.pilot import Pilot

from tests.core.generated import routines
from tests.tui.stage import Stage, seen, stage
from uncramp.core.routine.model import Choices, Routine, Side, Step, all_items
from uncramp.system import paths
from uncramp.system.files import private_folder
from uncramp.tui.library.choice_rows import ChoiceRow, Kind, choice_rows, nudged_choices, toggled
from uncramp.tui.library.choices_screen import ChoicesScreen
from uncramp.tui.library.routine_screen import RoutineScreen
from uncramp.tui.run.screen import RunScreen
from uncramp.tui.widgets.choice_list import ChoiceList
from uncramp.tui.widgets.key_line import KeyLine

FILES = {
    "bath": """
title = "Foot [b]bath"
[[steps]]
name = "Soak"
time = "10m"
range = ["5m", "11m"]
get_ready = 0
[[steps]]
name = "Legs"
sides = "each"
[[steps.steps]]
name = "Rub"
time = "30s"
get_ready = 0
unless = ["varicose-veins"]
[[steps.steps]]
name = "Press"
time = "30s"
get_ready = 0
[[steps]]
name = "Hold"
sides = "affected"
time = "30s"
get_ready = 0
[[steps]]
name = "Dry"
open = true
get_ready = 0
""",
}


def opened(tmp_path: Path) -> Stage:
    return stage(tmp_path, None, files=FILES)


async def choosing(on: Stage, pilot: Pilot[int]) -> ChoicesScreen:
    await pilot.press("enter", "t")
    await pilot.pause()
    assert isinstance(on.app.screen, ChoicesScreen)
    return on.app.screen


def values(screen: ChoicesScreen) -> dict[str, str]:
    return {row.text: row.value for row in screen.query_one(ChoiceList).rows if row.value}


def chosen(screen: ChoicesScreen) -> ChoiceRow:
    row = screen.query_one(ChoiceList).chosen_row
    assert row is not None
    return row


async def choose(pilot: Pilot[int], screen: ChoicesScreen, text: str) -> None:
    await pilot.press("home")
    while chosen(screen).text != text:
        await pilot.press("down")


async def test_what_can_be_chosen_is_listed_with_the_length_in_all(tmp_path: Path) -> None:
    on = opened(tmp_path)
    async with on.app.run_test(size=(80, 40)) as pilot:
        screen = await choosing(on, pilot)
        assert "Foot [b]bath" in seen(on)
        assert "About 13:30 · 7 steps this time" in seen(on)
        found = values(screen)
        assert {
            "Which side comes first": "◀ left",
            "Which leg is cramped": "not said",
            "Soak": "10:00",
            "Legs": "each side",
            "Rub": "0:30",
            "Press": "0:30",
            "Hold": "the cramped leg · 0:30",
            "Dry": "until done",
            "You are pregnant": "no",
        }.items() <= found.items()


@pytest.mark.slow
async def test_the_length_follows_each_change_and_the_run_is_as_it_was_chosen(
    tmp_path: Path,
) -> None:
    on = opened(tmp_path)
    async with on.app.run_test(size=(80, 40)) as pilot:
        screen = await choosing(on, pilot)
        await choose(pilot, screen, "Which side comes first")
        await pilot.press("right")
        await choose(pilot, screen, "Which leg is cramped")
        await pilot.press("space", "space")
        await choose(pilot, screen, "Soak")
        await pilot.press("right")
        assert "About 14:30 · 7 steps this time" in seen(on)
        await pilot.press("right")
        assert "It can last from 5:00 to 11:00." in seen(on)
        assert values(screen)["Soak"] == "was 10:00 · 11:00"
        await pilot.press("minus", "minus", "minus")
        assert "About 11:30" in seen(on)
        await choose(pilot, screen, "Dry")
        await pilot.press("right")
        assert "This step lasts until you say so." in seen(on)
        await pilot.press("space")
        assert "10:30 · 6 steps this time" in seen(on)
        await choose(pilot, screen, "You have varicose veins")
        await pilot.press("space")
        assert values(screen)["Rub"] == "left out: you have varicose veins"
        assert "9:30 · 4 steps this time" in seen(on)
        await pilot.press("enter")
        await pilot.pause()
        plan = on.run.conductor.plan
        assert [(s.name, s.side, s.length_ms) for s in plan.spans()] == [
            ("Soak", None, 480_000),
            ("Press", Side.RIGHT, 30_000),
            ("Press", Side.LEFT, 30_000),
            ("Hold", Side.RIGHT, 30_000),
        ]


@pytest.mark.slow
async def test_where_nothing_is_left_it_is_said_and_not_started(tmp_path: Path) -> None:
    on = opened(tmp_path)
    async with on.app.run_test(size=(80, 40)) as pilot:
        screen = await choosing(on, pilot)
        for name in ("Soak", "Legs", "Hold", "Dry"):
            await choose(pilot, screen, name)
            await pilot.press("space")
        assert "Nothing is left to do. Keep at least one step." in seen(on)
        assert values(screen)["Rub"] == "left out"
        assert "Start" not in screen.query_one(KeyLine).text
        await pilot.press("enter")
        assert on.app.screen is screen
        await pilot.press("space", "enter")
        await pilot.pause()
        assert isinstance(on.app.screen, RunScreen)


async def test_what_was_said_for_always_stays_and_a_clot_locks(tmp_path: Path) -> None:
    private_folder(paths.settings_file().parent)
    paths.settings_file().write_text('conditions = ["varicose-veins"]\n', encoding="utf-8")
    on = stage(tmp_path, None, files={"bath": FILES["bath"].replace("[b]", "")})
    async with on.app.run_test(size=(80, 40)) as pilot:
        screen = await choosing(on, pilot)
        await choose(pilot, screen, "You have varicose veins")
        await pilot.press("space")
        assert values(screen)["You have varicose veins"] == "yes, as you said"
        assert "You said so before. F5 in the library changes it." in seen(on)


async def test_escape_starts_nothing(tmp_path: Path) -> None:
    on = opened(tmp_path)
    async with on.app.run_test(size=(80, 40)) as pilot:
        await choosing(on, pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(on.app.screen, RoutineScreen)
        assert not on.players


@pytest.mark.slow
@pytest.mark.parametrize("size", [(40, 12), (20, 6), (120, 40)])
async def test_at_any_size_the_length_and_the_chosen_row_are_in_sight(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    on = opened(tmp_path)
    async with on.app.run_test(size=size) as pilot:
        screen = await choosing(on, pilot)
        for _ in range(len(screen.query_one(ChoiceList).rows) + 2):
            await pilot.pause()
            assert "▌" in seen(on)
            assert "About 13:30" in seen(on)
            await pilot.press("down")
        await pilot.press("home")
        await pilot.pause()
        assert "▌ Which" in seen(on)


async def test_a_click_chooses_and_a_second_one_turns(tmp_path: Path) -> None:
    on = opened(tmp_path)
    async with on.app.run_test(size=(80, 40)) as pilot:
        screen = await choosing(on, pilot)
        rows = screen.query_one(ChoiceList)
        at = next(i for i, row in enumerate(rows.rows) if row.text == "Press")
        await pilot.click(ChoiceList, offset=(5, at))
        assert chosen(screen).text == "Press"
        assert not screen.choices.left_out
        await pilot.click(ChoiceList, offset=(5, at))
        assert screen.choices.left_out == {chosen(screen).key}
        await pilot.click(ChoiceList, offset=(5, 0))
        assert chosen(screen).text == "Press", "a heading is not chosen"


@given(routines(), st.data())
def test_a_row_turned_twice_is_as_it_was_and_rows_stay_in_their_places(
    routine: Routine, data: st.DataObject
) -> None:
    said = frozenset({"pregnant"})
    choices = Choices(conditions=said)
    before = choice_rows(routine, choices, said)
    row = data.draw(st.sampled_from([r for r in before if r.kind is not Kind.HEADING]))
    once = toggled(choices, row, said)
    after = choice_rows(routine, once, said)
    assert [(r.kind, r.key, r.text) for r in after] == [(r.kind, r.key, r.text) for r in before]
    if row.kind is not Kind.CRAMPED:
        assert toggled(once, row, said) == choices
    nudged, _ = nudged_choices(routine, choices, row, data.draw(st.sampled_from([1, -1])))
    assert set(nudged.times_ms) <= {item.key for item in all_items(routine.items)}
    assert said <= once.conditions


def test_a_word_of_the_writers_own_can_be_said() -> None:
    (step,) = routine_of("left-handed").items
    rows = choice_rows(routine_of("left-handed"), Choices(), frozenset())
    assert ChoiceRow(Kind.CONDITION, "Left-handed", "no", "left-handed") in rows
    assert step.unless == ("left-handed",)


def routine_of(word: str) -> Routine:

    return Routine("r", "R", (Step("steps[0]", "Rub", 1_000, unless=(word,)),))
