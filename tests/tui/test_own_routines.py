"""Editing, copying and deleting from a routine's page, and undoing it."""

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from tests.tui.stage import Stage, editor, notices, seen, stage
from uncramp.system import paths
from uncramp.tui.dialogs.confirm import ConfirmDialog
from uncramp.tui.dialogs.prompt import PromptDialog
from uncramp.tui.library.routine_screen import RoutineScreen
from uncramp.tui.library.screen import LibraryScreen
from uncramp.tui.widgets.key_line import KeyLine
from uncramp.tui.widgets.routine_list import RoutineList
from uncramp.tui.widgets.text_page import TextPage

EVENING = """# mine
title = "Evening"
[[steps]]
name = "Rub"
time = "30s"
get_ready = 0
"""
BUNDLED = EVENING.replace("Evening", "Bundled")


pytestmark = pytest.mark.usefixtures("suspended")


@pytest.fixture
def on(tmp_path: Path) -> Stage:
    on = stage(tmp_path, None, files={"evening": EVENING})
    (tmp_path / "bundled" / "bundled.toml").write_text(BUNDLED, encoding="utf-8")
    return on


async def open_page(on: Stage, pilot: Pilot[int], sought: str) -> RoutineScreen:
    await pilot.press(*sought, "enter")
    await pilot.pause()
    assert isinstance(on.app.screen, RoutineScreen)
    return on.app.screen


async def test_a_file_is_edited_and_checked_on_return(
    on: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(monkeypatch, tmp_path, "path.write_text(path.read_text().replace('30s', '45s'))")
    async with on.app.run_test(size=(80, 24)) as pilot:
        page = await open_page(on, pilot, "evening")
        await pilot.press("e")
        await pilot.pause()
        assert "Rub  0:45" in page.query_one(TextPage).text
        assert notices(on) == ["Nothing to fix in the file."]
        await pilot.press("escape")
        await pilot.pause()
        assert "0:45" in seen(on)


async def test_what_was_broken_in_the_editor_shows_and_cannot_be_started(
    on: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(monkeypatch, tmp_path, "path.write_text('title = 1')")
    async with on.app.run_test(size=(80, 24)) as pilot:
        page = await open_page(on, pilot, "evening")
        await pilot.press("e")
        await pilot.pause()
        assert "keep this file from running." in page.query_one(TextPage).text
        assert "Start" not in page.query_one(KeyLine).text
        await pilot.press("enter")
        assert on.app.screen is page
        editor(monkeypatch, tmp_path, "path.unlink(); sys.exit(3)")
        await pilot.press("e")
        await pilot.pause()
        assert isinstance(on.app.screen, LibraryScreen)


async def test_a_bundled_one_is_copied_first_and_only_after_a_yes(
    on: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(monkeypatch, tmp_path, "path.write_text(path.read_text() + '# seen')")
    own = tmp_path / "own" / "bundled.toml"
    async with on.app.run_test(size=(80, 24)) as pilot:
        page = await open_page(on, pilot, "bundled")
        await pilot.press("e")
        await pilot.pause()
        assert isinstance(on.app.screen, ConfirmDialog)
        await pilot.press("enter", "n")
        assert not own.exists()
        await pilot.press("e", "y")
        await pilot.pause()
        assert own.read_text(encoding="utf-8") == BUNDLED + "# seen"
        assert page.entry.hides_bundled
    assert (tmp_path / "bundled" / "bundled.toml").read_text(encoding="utf-8") == BUNDLED


async def test_without_an_editor_it_is_said(
    on: Stage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("VISUAL", "no-such-editor-anywhere")
    async with on.app.run_test(size=(80, 24)) as pilot:
        await open_page(on, pilot, "bundled")
        await pilot.press("e")
        await pilot.pause()
        assert 'There is no program "no-such-editor-anywhere" here.' in seen(on)
    assert not (tmp_path / "own" / "bundled.toml").exists()


async def test_a_copy_takes_a_name_that_is_free_and_keeps_its_comments(
    on: Stage, tmp_path: Path
) -> None:
    async with on.app.run_test(size=(80, 24)) as pilot:
        page = await open_page(on, pilot, "evening")
        await pilot.press("c")
        await pilot.pause()
        screen = on.app.screen
        assert isinstance(screen, PromptDialog)
        field = screen.query_one(Input)
        assert field.value == "My evening"
        for name, words in [
            ("", "The name is empty."),
            ("日本", "The name needs a letter"),
            ("Evening", 'There is a routine "evening" already.'),
            ("Con", "Windows"),
        ]:
            field.value = name
            await pilot.press("enter")
            await pilot.pause()
            assert words in seen(on)
        field.value = "Füße [b]hoch"
        await pilot.press("enter")
        await pilot.pause()
        copied = tmp_path / "own" / "fusse-b-hoch.toml"
        assert copied.read_text(encoding="utf-8").startswith("# mine\n")
        assert on.app.screen is page
        assert (page.entry.id, page.entry.title) == ("fusse-b-hoch", "Füße [b]hoch")
        assert notices(on) == [f"Copied to {copied}"]
        await pilot.press("escape")
        await pilot.pause()
        assert on.app.screen.query_one(Input).value == "evening"


async def test_a_deleted_one_is_in_the_trash_and_comes_back_by_a_key(
    on: Stage, tmp_path: Path
) -> None:
    file = tmp_path / "own" / "evening.toml"
    async with on.app.run_test(size=(80, 24)) as pilot:
        await open_page(on, pilot, "evening")
        await pilot.press("d", "enter", "n")
        assert file.exists()
        await pilot.press("d", "y")
        await pilot.pause()
        assert isinstance(on.app.screen, LibraryScreen)
        assert not file.exists()
        assert "evening is in the trash. Ctrl-G restores it." in seen(on)
        assert "^G Undo " in seen(on)
        assert len(list(paths.trash_folder().iterdir())) == 1
        await pilot.press("escape")
        assert [r.id for r in on.app.screen.query_one(RoutineList).routines] == ["bundled"]
        await pilot.press("ctrl+g")
        await pilot.pause()
        assert "evening has been restored." in seen(on)
        assert "^G Undo" not in seen(on)
        assert file.read_text(encoding="utf-8") == EVENING
        assert len(list(on.app.screen.query_one(RoutineList).routines)) == 2
        await pilot.press("ctrl+g")
        await pilot.pause()
        assert "Nothing was deleted in this session." in seen(on)


async def test_what_cannot_come_back_is_said_and_can_later(on: Stage, tmp_path: Path) -> None:
    file = tmp_path / "own" / "evening.toml"
    async with on.app.run_test(size=(120, 24)) as pilot:
        await open_page(on, pilot, "evening")
        await pilot.press("d", "y")
        file.write_text("in its place", encoding="utf-8")
        await pilot.press("ctrl+g")
        await pilot.pause()
        assert "already exists" in seen(on).replace("\n", " ")
        file.unlink()
        await pilot.press("ctrl+g")
        await pilot.pause()
        assert file.read_text(encoding="utf-8") == EVENING


async def test_a_bundled_one_cannot_be_deleted(on: Stage) -> None:
    async with on.app.run_test(size=(80, 24)) as pilot:
        page = await open_page(on, pilot, "bundled")
        assert "Delete" not in page.query_one(KeyLine).text
        await pilot.press("d")
        assert on.app.screen is page


async def test_a_star_on_the_page_is_the_one_in_the_list(on: Stage) -> None:
    async with on.app.run_test(size=(80, 24)) as pilot:
        await open_page(on, pilot, "evening")
        await pilot.press("f")
        assert "★ Evening" in seen(on)
        await pilot.press("escape")
        await pilot.pause()
        assert "★ Evening" in seen(on)
