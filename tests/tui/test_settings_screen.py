"""The settings screen: every setting is there, is changed by keys, and saved at once."""

import os
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.tui.stage import Stage, seen, stage
from uncramp.core.routine.model import Side
from uncramp.settings import Settings, read_settings
from uncramp.settings.spec import HEADINGS, SETTINGS
from uncramp.system import paths
from uncramp.system.files import private_folder
from uncramp.tui.dialogs.prompt import PromptDialog
from uncramp.tui.library.screen import LibraryScreen
from uncramp.tui.settings.health_screen import PersonScreen
from uncramp.tui.settings.rows import rows_of
from uncramp.tui.settings.screen import SettingsScreen
from uncramp.tui.settings.theme_screen import ThemeScreen
from uncramp.tui.theme import DARK, LIGHT, NIGHT
from uncramp.tui.widgets.key_line import KeyLine
from uncramp.tui.widgets.setting_list import SettingList
from uncramp.tui.widgets.words import Words

FILES = {"soak": 'title = "Soak"\n[[steps]]\nname = "Feet"\ntime = "10m"\n'}


def opened(tmp_path: Path) -> Stage:
    return stage(tmp_path, None, files=FILES)


def write_file(text: str) -> None:
    private_folder(paths.settings_file().parent)
    paths.settings_file().write_text(text, "utf-8")


def saved_settings() -> Settings:
    return read_settings(paths.settings_file())


def told(on: Stage, part: str) -> str:
    return on.app.screen.query_one(f"#{part}", Words).text


async def choose(on: Stage, pilot: Pilot[int], name: str) -> None:
    """Choose the setting of that name."""
    rows = on.app.screen.query_one(SettingList)
    await pilot.press("home")
    names = [row.id for row in rows_of(on.app.settings)]
    rows.move_by(names.index(name) - names.index(SETTINGS[0].name))
    await pilot.pause()
    assert rows.chosen_row
    assert rows.chosen_row.id == name


def test_every_setting_has_a_row_under_the_words_of_its_group() -> None:
    rows = rows_of(Settings())
    assert [row.id for row in rows if row.id][: len(SETTINGS)] == [s.name for s in SETTINGS]
    at = {row.id or row.title: i for i, row in enumerate(rows)}
    for setting in SETTINGS:
        assert at[HEADINGS[setting.group]] < at[setting.name]
    assert not any(row.is_own for row in rows)


@pytest.mark.parametrize("key", ["f6", "ctrl+s"])
async def test_a_key_of_the_library_opens_it_and_escape_leaves(tmp_path: Path, key: str) -> None:
    on = opened(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await pilot.press(key)
        assert isinstance(on.app.screen, SettingsScreen)
        assert "First leg" in seen(on)
        await pilot.press("escape")
        assert isinstance(on.app.screen, LibraryScreen)
    assert not paths.settings_file().exists()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "keys", "field", "value"),
    [
        ("first_side", ["right"], "first_side", Side.RIGHT),
        ("first_side", ["space"], "first_side", Side.RIGHT),
        ("theme", ["left"], "theme", "own"),
        ("theme", ["enter", "down", "down", "enter"], "theme", "light"),
        ("colours.text", ["enter", *"ea5", "enter"], "colours", {"text": "#EEAA55"}),
        ("animations", ["enter"], "animations", False),
        ("volume.all", ["left", "left"], "volume", 70),
        ("volume.all", ["right"] * 6, "volume", 100),
        ("night.volume", ["left"] * 12, "night_volume", 0),
        ("night.from", ["right"], "night_from_min", 22 * 60 + 30),
        ("night.from", ["right"] * 5, "night_from_min", 30),
        ("night.to", ["left"], "night_to_min", 5 * 60 + 30),
        ("get_ready", ["right"], "get_ready_ms", 8_000),
        ("get_ready", ["right", "left", "left"], "get_ready_ms", 6_000),
        ("sound.delay", ["right", "right"], "sound_delay_ms", 100),
        ("voice.rate", ["enter", *"165", "enter"], "voice_rate", 165),
        ("voice.name", ["enter", *"Anna", "enter"], "voice_name", "Anna"),
        ("voice.language", ["enter", *"de", "enter"], "language", "de"),
    ],
)
async def test_keys_change_it_and_it_is_kept_at_once(
    tmp_path: Path, name: str, keys: list[str], field: str, value: object
) -> None:
    on = opened(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f6")
        await choose(on, pilot, name)
        await pilot.press(*keys)
        await pilot.pause()
        assert getattr(saved_settings(), field) == value
        assert getattr(on.app.settings, field) == value
        row = on.app.screen.query_one(SettingList).chosen_row
        assert row is not None
        assert (row.id, row.is_own) == (name, True)
        await pilot.press("delete")
        await pilot.pause()
        assert saved_settings() == Settings()
        assert on.app.settings == Settings()


async def test_what_is_typed_and_does_not_fit_is_told_and_asked_again(tmp_path: Path) -> None:
    on = opened(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f6")
        await choose(on, pilot, "night.from")
        await pilot.press("enter", *"10pm", "enter")
        assert isinstance(on.app.screen, PromptDialog)
        assert told(on, "problem") == '"10pm" is not a time of day. Write "22:00".'
        await pilot.press("escape")
        assert isinstance(on.app.screen, SettingsScreen)
    assert not paths.settings_file().exists()


async def test_nothing_typed_is_as_at_the_start(tmp_path: Path) -> None:
    write_file('[voice]\nname = "A"\n')
    on = opened(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f6")
        await choose(on, pilot, "voice.name")
        await pilot.press("enter", "backspace", "enter")
        await pilot.pause()
    assert saved_settings().voice_name is None


@pytest.mark.slow
async def test_each_is_told_in_a_sentence_as_it_is_chosen(tmp_path: Path) -> None:
    on = opened(tmp_path)
    async with on.app.run_test(size=(40, 12)) as pilot:
        await pilot.press("f6")
        said = []
        for _ in range(len(SETTINGS) + 2):
            said.append(told(on, "what"))
            await pilot.press("down")
        for setting, words in zip(SETTINGS, said, strict=False):
            assert words.startswith(setting.what)
        assert len(set(said)) == len(SETTINGS) + 2


async def test_the_look_follows_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TEXTUAL_THEME", raising=False)
    on = opened(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        assert on.app.theme == DARK.name
        await pilot.press("f6")
        await choose(on, pilot, "theme")
        await pilot.press("right", "right")
        await pilot.pause()
        assert on.app.theme == LIGHT.name


async def test_what_is_so_of_a_person_is_asked_on_its_own_screen(tmp_path: Path) -> None:
    on = opened(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f6", "home", "enter")
        assert isinstance(on.app.screen, PersonScreen)
        await pilot.press("1", "escape")
        assert isinstance(on.app.screen, SettingsScreen)
        assert "pregnant" in seen(on)


async def test_what_is_wrong_with_the_file_is_told_with_its_line(tmp_path: Path) -> None:
    write_file('theme = "drak"\n[volume]\nall = 30\n[keys]\n"run.next" = "c"\n')
    on = opened(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        assert told(on, "message") == "2 things in your settings need fixing: F6 shows it."
        await pilot.press("f6")
        assert told(on, "message") == "The settings file needs fixing, line 1, 5. E shows why."
        await pilot.press("e")
        assert 'Did you mean "dark"?' in seen(on)
        assert "also the key of run.catch-up" in seen(on)
        await pilot.press("escape")
        await choose(on, pilot, "theme")
        await pilot.press("right")
        await pilot.pause()
        assert "line 5." in told(on, "message")
    assert (saved_settings().theme, saved_settings().volume) == ("dark", 30)


def full(*_: object) -> None:
    raise OSError(28, "No space left on device")


async def test_what_a_full_disk_does_not_take_is_told_and_counts_until_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    on = opened(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f6")
        await choose(on, pilot, "theme")
        monkeypatch.setattr(os, "fsync", full)
        await pilot.press("right", "right")
        await pilot.pause()
        assert "disk is full" in told(on, "message")
        assert "It still applies until you leave the program" in told(on, "message")
        assert on.app.theme == LIGHT.name
        await pilot.press("escape", "f6")
        assert on.app.theme == LIGHT.name
        await pilot.press("home", "enter", "1")
        await pilot.pause()
        assert "disk is full" in seen(on)
        assert on.app.settings.conditions == {"pregnant"}
    assert saved_settings() == Settings()


async def test_a_file_that_is_no_toml_is_left_alone_and_its_line_is_told(tmp_path: Path) -> None:
    write_file("theme = dark\n")
    on = opened(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f6")
        await choose(on, pilot, "first_side")
        await pilot.press("right")
        await pilot.pause()
        assert "settings.toml:1 has to be fixed first" in told(on, "message")
        assert on.app.settings.first_side is Side.RIGHT
    assert paths.settings_file().read_text("utf-8") == "theme = dark\n"


async def test_markup_in_a_file_is_text(tmp_path: Path) -> None:
    write_file('[voice]\nname = "[red]Anna[/]"\n[said_as]\n"[b]" = "[/b]"\n')
    on = opened(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f6")
        await choose(on, pilot, "voice.name")
        assert "[red]Anna[/]" in seen(on)
        await choose(on, pilot, "said_as")
        await pilot.press("enter")
        assert "[b]" in seen(on)


async def test_a_row_is_chosen_and_changed_with_the_mouse(tmp_path: Path) -> None:
    on = opened(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f6")
        rows = on.app.screen.query_one(SettingList)
        await pilot.click(SettingList, offset=(5, 2))
        assert rows.chosen_row
        assert rows.chosen_row.id == "first_side"
        assert not paths.settings_file().exists()
        await pilot.click(SettingList, offset=(5, 2))
        await pilot.pause()
    assert saved_settings().first_side is Side.RIGHT


@pytest.mark.slow
@pytest.mark.parametrize("size", [(20, 6), (40, 12), (300, 100)])
async def test_every_row_comes_into_sight_at_any_size(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    on = opened(tmp_path)
    async with on.app.run_test(size=size) as pilot:
        await pilot.press("f6")
        for _ in range(len(SETTINGS) + 2):
            row = on.app.screen.query_one(SettingList).chosen_row
            assert row is not None
            assert f"▌{'•' if row.is_own else ' '} {row.title[: size[0] - 10]}" in seen(on)
            await pilot.press("down")
        await pilot.press("pageup", "pageup", "home", "pagedown", "end")
        assert on.app.screen.query_one(KeyLine).text


@pytest.mark.slow
async def test_every_key_of_every_place_is_on_the_page_of_the_keys(tmp_path: Path) -> None:
    on = opened(tmp_path)
    async with on.app.run_test(size=(120, 40)) as pilot:
        await pilot.press("f6", "end", "enter")
        assert "app.interrupt" in seen(on)
        assert "ctrl+c" in seen(on)


@pytest.mark.parametrize(
    ("text", "variable", "level"),
    [
        ("", None, "full"),
        ("animations = false\n", None, "none"),
        ("animations = false\n", "full", "full"),
    ],
)
def test_what_moves_is_the_settings_or_else_the_variables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, variable: str | None, level: str
) -> None:
    monkeypatch.delenv("TEXTUAL_ANIMATIONS", raising=False)
    monkeypatch.setattr("uncramp.tui.appearance.TEXTUAL_ANIMATIONS", variable or "full")
    if variable:
        monkeypatch.setenv("TEXTUAL_ANIMATIONS", variable)
    write_file(text)
    app = opened(tmp_path).app
    app.use_settings(saved_settings())
    assert app.animation_level == level


@pytest.mark.slow
async def test_the_screen_takes_on_the_theme_that_is_looked_at(tmp_path: Path) -> None:
    write_file('[colours]\nbackground = "#000020"\n')
    on = opened(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f6")
        await choose(on, pilot, "theme")
        before = on.app.theme
        assert on.app.current_theme.background == "#000020", "there are colours of their own"
        await pilot.press("enter", "down", "down")
        assert isinstance(on.app.screen, ThemeScreen)
        assert on.app.theme == LIGHT.name
        await pilot.press("escape")
        assert isinstance(on.app.screen, SettingsScreen)
        assert (on.app.theme, saved_settings().theme) == (before, "auto")
        await pilot.press("enter", "j", "enter")
        assert (on.app.theme, saved_settings().theme) == (DARK.name, "dark")
        await pilot.press("enter", "end", "enter")
        assert (on.app.theme, saved_settings().theme) == (before, "own")
        # The night is red whatever is chosen or looked at.
        await pilot.press("z", "enter", "home")
        assert on.app.theme == NIGHT.name
        assert "It is night" in seen(on)
        await pilot.press("escape", "z")
        assert on.app.theme == before
