"""Keys that arrive together leave each screen once, and start one run."""

from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.app import App

from tests.tui.looks import SCENES
from tests.tui.stage import Stage, stage
from uncramp.session.key_table import keys_of_place
from uncramp.tui.base_screen import BaseScreen
from uncramp.tui.run.screen import RunScreen

CLOSING = {"close", "back", "no", "yes", "take", "start", "first", "leave", "later"}
"""The names of the keys that leave a place, or lead on from it."""
LEFT_BY = {
    "when to see a doctor", "the points", "about you", "a routine", "the keys of a routine",
    "a routine that asks", "all of a step", "the keys of a run", "the settings",
    "a value to type", "what may be chosen", "asked whether to delete", "asked for a name",
    "a run that was cut off", "where to jump", "where to jump, searched", "asked whether to end",
    "the end", "the commands",
}  # fmt: skip
"""Scenes whose screen can be left."""


def send(app: App[Any], *keys: str) -> None:
    """Hand over keys as one read of the terminal does, with nothing between them."""
    for key in keys:
        character = key if len(key) == 1 else {"enter": "\r", "space": " "}.get(key)
        app.post_message(events.Key(key, character))


def test_every_scene_named_here_is_one() -> None:
    assert SCENES.keys() >= LEFT_BY


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(LEFT_BY))
async def test_each_key_doubled_leaves_a_screen_once(name: str, tmp_path: Path) -> None:
    keys = ["escape"]
    for key in keys:
        folder = tmp_path / key
        folder.mkdir()
        on = SCENES[name].staged(folder)
        async with on.app.run_test(size=(80, 24), notifications=True) as pilot:
            await SCENES[name].played(on, pilot)
            if key == "escape":
                keys += leaving_keys(on)
            before = len(on.app.screen_stack)
            on.time.seconds += 5
            send(on.app, key, key)
            await pilot.pause()
            await pilot.pause()
            if on.app.is_running and on.app.return_value is None:
                assert len(on.app.screen_stack) >= before - 1, (name, key)
                assert len(on.app.screen_stack) > 1
        assert on.app.failure is None, (name, key)


def leaving_keys(on: Stage) -> list[str]:
    """The keys that leave the screen in front, Escape left out."""
    screen = on.app.screen
    assert isinstance(screen, BaseScreen)
    found = [key.keys[0] for key in keys_of_place(screen.PLACE) if key.name in CLOSING]
    return [key for key in found if key != "escape"]


def runs(on: Stage) -> int:
    return sum(isinstance(screen, RunScreen) for screen in on.app.screen_stack)


@pytest.mark.parametrize(("leading", "key"), [((), "ctrl+n"), (("enter", "t"), "enter")])
async def test_two_keys_that_start_a_run_start_one(
    leading: tuple[str, ...], key: str, tmp_path: Path
) -> None:
    files = {"soak": 'title = "Soak"\n[[steps]]\nname = "Feet"\ntime = "10m"\n'}
    files["acute-calf"] = files["soak"]
    on = stage(tmp_path, None, files=files)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*leading)
        await pilot.pause()
        send(on.app, key, key, key)
        await pilot.pause()
        await pilot.pause()
        assert runs(on) == 1
        assert len(on.players) == 1
