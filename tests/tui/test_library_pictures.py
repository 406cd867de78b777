"""Pictures of the library and of what opens from it. Look before you take one over."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.tui.stage import Stage, stage
from tests.tui.test_library_order import said_of_oneself
from tests.tui.test_library_screen import FILES
from uncramp.library.favourites import write_favourites
from uncramp.system import paths
from uncramp.tui.library.screen import LibraryScreen

pytestmark = pytest.mark.slow

Snap = Callable[..., bool]
SIZES = [(40, 12), (80, 24), (120, 40), (200, 50)]

URGENT = """
title = "Cramp now"
urgent = true
summary = "Pull the toes towards the shin."
[[steps]]
name = "Pull"
open = true
"""
STANDING = URGENT.replace("Cramp now", "Stand on it: cramp now").replace(
    "urgent", 'unless = ["cannot-stand"]\nurgent'
)


@pytest.fixture
def on(tmp_path: Path) -> Stage:
    """A library with one of each kind of row."""
    said_of_oneself("cannot-stand")
    write_favourites(paths.favourites_file(), {"calf"})
    on = stage(tmp_path, None, files=FILES | {"stand": STANDING})
    for routine_id, text in (("acute-calf", URGENT), ("bath", FILES["bath"])):
        (tmp_path / "bundled" / f"{routine_id}.toml").write_text(text, encoding="utf-8")
    return on


def doing(on: Stage, *keys: str) -> Callable[[Pilot[int]], Awaitable[None]]:
    """Press keys; the steps beside the list are those of the row that is chosen then."""

    async def do(pilot: Pilot[int]) -> None:
        await pilot.pause()
        await on.press(pilot, *keys)
        if isinstance(on.app.screen, LibraryScreen):
            on.app.screen.show_preview()
        await pilot.pause()

    return do


@pytest.mark.parametrize("size", SIZES)
def test_the_library(snap_compare: Snap, on: Stage, size: tuple[int, int]) -> None:
    """What helps now first, a star, one in place of a bundled one, one broken, one not for you.

    One line each at 40 by 12; at 120 by 40 the steps of the foot bath beside the list.
    """
    assert snap_compare(on.app, terminal_size=size, run_before=doing(on, *["down"] * 4))


def test_the_library_on_paper(snap_compare: Snap, on: Stage) -> None:
    """The light theme; what was typed is found, the best first."""
    on.app.theme = "paper"
    run_before = doing(on, *"foot")
    assert snap_compare(on.app, terminal_size=(120, 40), run_before=run_before)


def test_the_library_at_night(snap_compare: Snap, on: Stage) -> None:
    """Red on black, the marks still told by their signs."""
    assert snap_compare(on.app, terminal_size=(80, 24), run_before=doing(on, "f9", "down"))


@pytest.mark.parametrize("size", SIZES)
def test_what_can_be_chosen(snap_compare: Snap, on: Stage, size: tuple[int, int]) -> None:
    """The length in all; the soak is shorter than it was, the press is left out."""
    keys = (*"foot", "enter", "t", "down", "left", "down", "down", "space")
    assert snap_compare(on.app, terminal_size=size, run_before=doing(on, *keys))


@pytest.mark.parametrize("size", [(40, 12), (80, 24)])
def test_a_question(snap_compare: Snap, on: Stage, size: tuple[int, int]) -> None:
    """What deleting does and how it is undone, over the routine's page."""
    run_before = doing(on, *"foot", "enter", "d")
    assert snap_compare(on.app, terminal_size=size, run_before=run_before)


def test_a_name_that_is_taken(snap_compare: Snap, on: Stage) -> None:
    """The name for a copy, and why it cannot be that."""
    keys = (*"calf", "enter", "c", "ctrl+u", *"Calf", "enter")
    assert snap_compare(on.app, terminal_size=(80, 24), run_before=doing(on, *keys))
