"""The list of commands: what it has, how it is searched, and what each kind leads to."""

from pathlib import Path

import pytest

from tests.tui.looks import FILES
from tests.tui.stage import EVENING, editor, seen, stage
from uncramp.core.suitability.listing import Listing
from uncramp.session.key_table import keys_of_place
from uncramp.settings import Settings
from uncramp.settings.spec import BY_NAME, SETTINGS, THEMES
from uncramp.tui.library.command_list import (
    CommandFinder,
    CommandKind,
    look_commands,
    routine_commands,
    setting_commands,
)
from uncramp.tui.library.command_screen import CommandScreen
from uncramp.tui.library.routine_screen import RoutineScreen
from uncramp.tui.library.screen import LibraryScreen
from uncramp.tui.run.end_dialog import EndDialog
from uncramp.tui.settings.screen import SettingsScreen
from uncramp.tui.widgets.text_page import TextPage

LISTINGS = (
    Listing("acute", "Back of the calf: cramp now", 60_000, open_steps=1, tags=("now",)),
    Listing("bedtime-light", "Light bedtime foot bath", 60_000),
    Listing("bedtime", "Strong bedtime routine", 60_000, points=("KI3",)),
)


@pytest.mark.parametrize(
    ("sought", "first"),
    [
        ("", "Back of the calf: cramp now"),
        ("bedtime", "Strong bedtime routine"),
        ("light", "Light bedtime foot bath"),
        ("CALF cramp", "Back of the calf: cramp now"),
        ("KI3", "Strong bedtime routine"),
        ("look dark", "Theme dark, lamplight: warm colours on a dark ground"),
        ("colors contr", "Theme contrast, white and yellow on black, at least 7 to 1"),
        ("theme", "Theme"),
        ("night.from", BY_NAME["night.from"].title),
        ("latency", "Speaker delay"),
        ("xyzzy", None),
    ],
)
def test_a_command_is_found_by_its_words(sought: str, first: str | None) -> None:
    settings = Settings()
    commands = (
        *routine_commands(LISTINGS), *look_commands(settings), *setting_commands(settings)
    )  # fmt: skip
    found = CommandFinder(commands).found(sought)
    assert next((command.name for command in found), None) == first
    assert len(commands) == len(LISTINGS) + len(THEMES) + len(SETTINGS)


async def test_every_page_routine_look_and_setting_is_in_it(tmp_path: Path) -> None:
    on = stage(tmp_path, None, files=FILES)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+p")
        await pilot.pause()
        screen = on.app.screen
        assert isinstance(screen, CommandScreen)
        rows = screen.rows.rows
        ids = {row.id for row in rows if not isinstance(row, CommandKind)}
        moves = {"up", "down", "page_up", "page_down", "first", "last", "leave"}
        pages = {key.id for key in keys_of_place("library") if key.name not in moves}
        assert ids >= pages | {"app.leave", "app.night-anywhere"}
        assert ids >= {"bath", "rub", "wrong"} | set(BY_NAME)
        assert ids >= THEMES.keys()
        kinds = [row for row in rows if isinstance(row, CommandKind)]
        assert kinds == [
            CommandKind.PAGE, CommandKind.ROUTINE, CommandKind.LOOK, CommandKind.SETTING,
        ]  # fmt: skip


@pytest.mark.slow
async def test_what_is_taken_is_done_from_wherever_it_was_listed(tmp_path: Path) -> None:
    on = stage(tmp_path, None, files=FILES)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+p", *"foot", "enter")
        await pilot.pause()
        page = on.app.screen
        assert isinstance(page, RoutineScreen)
        assert page.entry.id == "bath"
        # Over the page its own keys come first; a setting leads away from it.
        await pilot.press("ctrl+p")
        await pilot.pause()
        assert "On this page" in seen(on)
        await pilot.press(*"degrees", "enter")
        await pilot.pause()
        assert isinstance(on.app.screen, SettingsScreen)
        chosen = on.app.screen.rows.chosen_row
        assert chosen is not None
        assert chosen.id == "temperature"
        assert page not in on.app.screen_stack
        await pilot.press("ctrl+p", *"look light", "enter")
        await pilot.pause()
        assert on.app.theme == "paper"
        assert isinstance(on.app.screen, SettingsScreen), "a look leads nowhere"
        await pilot.press("ctrl+p", *"safety", "enter")
        await pilot.pause()
        assert "doctor" in on.app.screen.query_one(TextPage).text
        await pilot.press("escape", "ctrl+p", *"xyzzy", "enter")
        assert "Nothing found" in seen(on)
        await pilot.press("escape", "escape")
        assert isinstance(on.app.screen, LibraryScreen)


@pytest.mark.slow
async def test_the_whole_screen_takes_on_the_theme_that_is_chosen(tmp_path: Path) -> None:
    on = stage(tmp_path, None, files=FILES)
    async with on.app.run_test(size=(80, 24)) as pilot:
        before = on.app.theme
        await on.press(pilot, "ctrl+p", *"theme contr")
        assert on.app.theme == "contrast"
        await on.press(pilot, "escape")
        assert on.app.theme == before, "the search is cleared, and another row is chosen"
        await on.press(pilot, *"theme meadow")
        assert on.app.theme == "meadow"
        # Escape clears the search, and then closes the list.
        await on.press(pilot, "escape", "escape")
        assert (on.app.theme, on.app.settings.theme) == (before, "auto")
        await on.press(pilot, "ctrl+p", *"theme", "down", "down", "down")
        assert on.app.theme != before
        await on.press(pilot, *["backspace"] * 5, *"theme meadow", "enter")
        assert (on.app.theme, on.app.settings.theme) == ("meadow", "meadow")


@pytest.mark.slow
async def test_a_run_lists_what_can_be_done_in_it_and_no_way_out_of_it(tmp_path: Path) -> None:
    on = stage(tmp_path, EVENING, files=FILES)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.press(pilot, "ctrl+p")
        screen = on.app.screen
        assert isinstance(screen, CommandScreen)
        ids = {row.id for row in screen.rows.rows if not isinstance(row, CommandKind)}
        assert {"run.pause", "run.end", "app.night-anywhere", "light"} <= ids
        assert not ids & {"bath", "library.safety", "temperature"}
        await on.press(pilot, *"end the run", "enter")
        assert isinstance(on.app.screen, EndDialog)
        await on.press(pilot, "ctrl+p")
        assert isinstance(on.app.screen, EndDialog), "a question is answered first"


@pytest.mark.slow
@pytest.mark.usefixtures("suspended")
async def test_a_new_routine_is_named_and_then_written_in_the_editor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(monkeypatch, tmp_path, "path.write_text(path.read_text().replace('First', 'Last'))")
    on = stage(tmp_path, None, files=FILES)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+k", *"Foot bath", "enter")
        await pilot.pause()
        assert (tmp_path / "own" / "foot-bath.toml").exists()
        assert isinstance(on.app.screen, RoutineScreen)
        await pilot.pause()
        assert "Last step  1:00" in on.app.screen.query_one(TextPage).text
        await pilot.press("escape", "ctrl+k", *"Rub", "enter")
        assert 'There is a routine "rub" already.' in seen(on)
        await pilot.press("escape", *"rub")
        editor(monkeypatch, tmp_path, "path.write_text(path.read_text().replace('Calf', 'Shin'))")
        await pilot.press("ctrl+e")
        await pilot.pause()
        await pilot.pause()
        assert isinstance(on.app.screen, RoutineScreen)
        assert "Shin  0:01" in on.app.screen.query_one(TextPage).text
