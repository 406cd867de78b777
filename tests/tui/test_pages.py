import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.content.bundled import routine as bundled
from tests.tui.stage import Stage, stage
from uncramp.core.suitability.assess import CLOT_WORDS
from uncramp.core.suitability.conditions import CONDITIONS
from uncramp.session.key_table import KEY_BY_ID, KEY_TABLE, keys_of_place
from uncramp.system import paths
from uncramp.system.clocks import Clocks
from uncramp.system.files import private_folder
from uncramp.tui.dialogs.confirm import ConfirmDialog
from uncramp.tui.dialogs.page import PageOver
from uncramp.tui.library.outline import outline_of
from uncramp.tui.library.routine_screen import RoutineScreen
from uncramp.tui.library.screen import LibraryScreen
from uncramp.tui.run.screen import RunScreen
from uncramp.tui.settings.health_screen import PersonScreen
from uncramp.tui.widgets.answer_page import AnswerPage
from uncramp.tui.widgets.key_line import KeyLine
from uncramp.tui.widgets.text_page import TextPage

FILES = {
    "rub": """
title = "Rub"
cautions = ["Not on a red calf."]
unless = ["numb-feet"]
[[steps]]
name = "Calf"
time = "30s"
kind = "rub"
get_ready = 0
[[steps]]
name = "Ankle"
time = "30s"
kind = "rub"
unless = ["pregnant"]
"""
}


def opened(tmp_path: Path) -> Stage:
    return stage(tmp_path, None, files=FILES)


def said(text: str) -> None:
    private_folder(paths.settings_file().parent)
    paths.settings_file().write_text(text, encoding="utf-8")


def page(on: Stage) -> str:
    return on.app.screen.query_one(TextPage).text


async def started(pilot: Pilot[int]) -> None:
    await pilot.press("enter", "enter")
    await pilot.pause()


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("f1", "Call the emergency number now"),
        ("f3", "Magnesium: little or no difference"),
        ("f4", "What brings cramps on"),
    ],
)
@pytest.mark.parametrize("size", [(80, 24), (40, 12), (20, 6)])
async def test_a_page_is_one_key_from_the_library(
    tmp_path: Path, key: str, words: str, size: tuple[int, int]
) -> None:
    on = opened(tmp_path)
    async with on.app.run_test(size=size) as pilot:
        await pilot.press(key)
        assert isinstance(on.app.screen, PageOver)
        assert words in page(on)
        shown = on.app.screen.query_one(TextPage)
        await pilot.press("end")
        await pilot.pause()
        assert shown.scroll_offset.y == shown.max_scroll_y > 0
        await pilot.press("escape")
        assert isinstance(on.app.screen, LibraryScreen)


async def test_the_library_names_the_keys_of_its_pages(tmp_path: Path) -> None:
    on = opened(tmp_path)
    async with on.app.run_test(size=(160, 24)):
        text = on.app.screen.query_one(KeyLine).text
        for key in (
            "F1 Safety",
            "F2 Points",
            "F3 Evidence",
            "F4 Advice",
            "F5 About you",
            "F6 Settings",
            "F7 History",
        ):
            assert key in text


async def test_no_word_is_cut_where_a_scrollbar_came(tmp_path: Path) -> None:
    on = opened(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        for key in ("f1", "f3", "f4"):
            await pilot.press(key)
            await pilot.pause()
            shown = on.app.screen.query_one(TextPage)
            lines = [shown.render_line(y).text for y in range(shown.size.height)]
            on_screen = " ".join(" ".join(lines).split())
            first = next(words for words in page(on).splitlines() if len(words) > 80)
            assert first in on_screen
            await pilot.press("escape")


async def test_a_number_says_that_it_is_so_and_again_that_it_is_not(tmp_path: Path) -> None:
    on = opened(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f5")
        assert isinstance(on.app.screen, PersonScreen)
        assert all(condition.question in page(on) for condition in CONDITIONS)
        await pilot.press("1", "4")
        written = paths.settings_file().read_text(encoding="utf-8")
        assert '\nconditions = ["pregnant", "numb-feet"]\n' in written
        assert "1 Are you pregnant?  yes" in page(on)
        await pilot.press("1")
        assert "1 Are you pregnant?  no" in page(on)
        written = paths.settings_file().read_text(encoding="utf-8")
        assert '\nconditions = ["numb-feet"]\n' in written
        assert CLOT_WORDS not in page(on)
        await pilot.press("7")
        assert CLOT_WORDS in page(on)
        await pilot.press("escape")
        assert isinstance(on.app.screen, LibraryScreen)


async def test_settings_that_have_to_be_mended_are_left_alone(tmp_path: Path) -> None:
    said("conditions = [\n")
    on = opened(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f5", "1")
        assert "has to be fixed first" in page(on)
        assert "It still applies until you leave the program." in page(on)
        assert "1 Are you pregnant?  yes" in page(on)
    assert paths.settings_file().read_text(encoding="utf-8") == "conditions = [\n"


async def test_a_routine_says_what_is_different_for_this_person(tmp_path: Path) -> None:
    said('conditions = ["pregnant"]\n')
    on = opened(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        assert isinstance(on.app.screen, RoutineScreen)
        assert page(on).startswith("For you\n• You are pregnant: press gently")
        assert "• Left out: Ankle, because you are pregnant." in page(on)
        await pilot.press("enter")
        await pilot.pause()
        assert on.run.conductor.plan.total.steps == 1


def test_a_step_that_is_not_for_everybody_says_for_whom() -> None:
    lines = [line.text for line in outline_of(bundled("acute-calf"))]
    after = dict(pairwise(lines))
    assert after["Toes up, with a towel"] == "Only if you said that you cannot reach your feet"
    assert after["Seated pull"] == "Only if the step before has not helped"
    assert after["Light rub"].startswith("Only if you said that you ")
    assert ", or that you " in after["Light rub"]
    assert not after["Toes up, knee straight"].startswith("Only")


async def test_nothing_is_different_for_someone_who_said_nothing(tmp_path: Path) -> None:
    on = opened(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        assert "For you" not in page(on)


async def test_a_locked_routine_does_not_start(tmp_path: Path) -> None:
    said('conditions = ["clot-suspected"]\n')
    on = opened(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await started(pilot)
        assert isinstance(on.app.screen, PageOver)
        assert CLOT_WORDS in page(on)
        await pilot.press("escape")
        assert isinstance(on.app.screen, RoutineScreen)
    assert on.players == []


@pytest.mark.parametrize(("key", "screen"), [("y", RunScreen), ("n", RoutineScreen)])
async def test_a_routine_that_asks_first_waits_for_the_answer(
    tmp_path: Path, key: str, screen: type
) -> None:
    said('conditions = ["numb-feet"]\n')
    on = opened(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await started(pilot)
        assert isinstance(on.app.screen, ConfirmDialog)
        assert "cannot feel well" in page(on)
        await pilot.press(key)
        await pilot.pause()
        assert isinstance(on.app.screen, screen)


async def test_cautions_read_in_the_library_are_not_shown_again(tmp_path: Path) -> None:
    on = opened(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await started(pilot)
        assert isinstance(on.app.screen, RunScreen)
    assert paths.seen_cautions_file().read_text(encoding="utf-8").startswith("rub ")


async def test_the_questions_are_answered_by_arrows_enter_and_the_mouse(tmp_path: Path) -> None:
    on = opened(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f5")
        assert page(on).count("  not answered") == len(CONDITIONS)
        await pilot.press("down", "down", "enter")
        assert "3 " in page(on)
        assert own_settings_conditions(on) == {CONDITIONS[2].word}
        await pilot.press("up", "space")
        assert own_settings_conditions(on) == {CONDITIONS[1].word, CONDITIONS[2].word}
        answers = on.app.screen.query_one(AnswerPage)
        y = next(y for y, line in enumerate(answers.lines) if line.answer == CONDITIONS[0].word)
        await pilot.click(AnswerPage, offset=(4, y - answers.scroll_offset.y))
        assert CONDITIONS[0].word in own_settings_conditions(on)
        assert "  no" in page(on)


def own_settings_conditions(on: Stage) -> frozenset[str]:
    return on.app.own.now().conditions


async def test_a_question_is_answered_by_arrows_and_enter(tmp_path: Path) -> None:
    said('conditions = ["numb-feet"]\n')
    on = opened(tmp_path)
    async with on.app.run_test(size=(40, 12)) as pilot:
        await started(pilot)
        assert isinstance(on.app.screen, ConfirmDialog)
        await pilot.press("enter")
        assert isinstance(on.app.screen, RoutineScreen), "the answer chosen first is to go back"
        await started_again(pilot)
        await pilot.press(*["down"] * 12, "enter")
        await pilot.pause()
        assert isinstance(on.app.screen, RunScreen)


async def started_again(pilot: Pilot[int]) -> None:
    await pilot.press("enter")
    await pilot.pause()


async def test_in_the_library_a_question_mark_opens_help_until_something_is_typed(
    tmp_path: Path,
) -> None:
    on = opened(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await pilot.press("question_mark")
        await pilot.pause()
        assert isinstance(on.app.screen, PageOver)
        assert "Change the settings." in page(on)
        await pilot.press("escape", "r", "question_mark")
        assert isinstance(on.app.screen, LibraryScreen)
        assert on.app.screen.search.value == "r?"


@pytest.mark.parametrize("width", [20, 40, 60, 80, 120])
async def test_the_library_always_names_its_settings_and_help(tmp_path: Path, width: int) -> None:
    on = opened(tmp_path)
    async with on.app.run_test(size=(width, 12)):
        shown = on.app.screen.query_one(KeyLine).text
        assert "F6 Settings" in shown
        assert "? Help" in shown


def test_every_page_of_the_library_has_a_key_besides_a_function_key() -> None:
    for key in keys_of_place("library"):
        assert not all(re.fullmatch(r"f[0-9]+", name) for name in key.keys), key.id


@pytest.mark.parametrize(
    "keys", [(), ("enter",), ("enter", "t"), ("f6",), ("f2",), ("enter", "enter")]
)
async def test_a_page_of_keys_names_only_keys_of_our_own(
    tmp_path: Path, keys: tuple[str, ...]
) -> None:
    on = opened(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        for key in keys:
            await pilot.press(key)
            await pilot.pause()
        await pilot.press("question_mark")
        await pilot.pause()
        assert isinstance(on.app.screen, PageOver)
        told = {line.text: line.right for line in on.app.screen.query_one(TextPage).paragraphs}
        assert told.keys() <= {key.what for key in KEY_TABLE}
        anywhere = ("app.suspend", "app.leave", "app.interrupt")
        assert [told[KEY_BY_ID[id_].what] for id_ in anywhere] == ["^Z", "^Q", "^C"]
        has_commands = keys != ("enter", "t")
        assert (KEY_BY_ID["app.commands"].what in told) is has_commands
        night = told[KEY_BY_ID["app.night"].what]
        assert night == ("Z F9" if keys else "F9"), "in the library Z is a letter of the search"


async def test_escape_pressed_twice_in_a_page_does_not_leave_the_program(tmp_path: Path) -> None:
    on = opened(tmp_path)
    now_s = 100.0
    clocks = Clocks(lambda: now_s, lambda: now_s, lambda: now_s)
    on.app.data = replace(on.app.data, clocks=clocks)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f1", "escape")
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(on.app.screen, LibraryScreen)
        assert on.app.is_running
        now_s += 1
        await pilot.press("escape")
    assert on.app.return_value == 0
