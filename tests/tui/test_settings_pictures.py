"""Pictures of the settings: what each shows is said above it. Look before you take one over."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.tui.stage import Stage, stage
from tests.tui.test_pictures import SIZES, Snap, doing
from tests.tui.test_settings_screen import FILES, write_file
from uncramp.tui.settings.screen import SettingsScreen

pytestmark = pytest.mark.slow

CHANGED = """\
conditions = ["numb-feet"]
theme = "{theme}"

[volume]
all = 60

[night]
when = "{night}"
"""


def choosing(on: Stage, name: str, *then: str) -> Callable[[Pilot[int]], Awaitable[None]]:
    """Open the settings, go down to the one called `name` by the arrow, and press keys there."""

    async def do(pilot: Pilot[int]) -> None:
        await on.press(pilot, "f6")
        screen = on.app.screen
        assert isinstance(screen, SettingsScreen)
        for _ in screen.rows.rows:
            if screen.rows.chosen_row and screen.rows.chosen_row.id == name:
                break
            await on.press(pilot, "down")
        else:
            raise AssertionError(f"there is no setting {name}")
        await on.press(pilot, *then)

    return do


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("theme", ["dark", "light"])
def test_the_settings(
    snap_compare: Snap, tmp_path: Path, size: tuple[int, int], theme: str
) -> None:
    """The theme is chosen, between arrows; a dot at what was changed; a sentence on it below."""
    write_file(CHANGED.format(theme=theme, night="never"))
    on = stage(tmp_path, None, files=FILES)
    assert snap_compare(on.app, terminal_size=size, run_before=choosing(on, "theme"))


def test_the_settings_at_night(snap_compare: Snap, tmp_path: Path) -> None:
    """The same in red on black, a loudness chosen."""
    write_file(CHANGED.format(theme="dark", night="always"))
    on = stage(tmp_path, None, files=FILES)
    run_before = doing(on, "f6", "end", "pageup", "up")
    assert snap_compare(on.app, terminal_size=(80, 24), run_before=run_before)


@pytest.mark.parametrize("size", [(40, 12), (80, 24)])
def test_a_value_that_does_not_fit(
    snap_compare: Snap, tmp_path: Path, size: tuple[int, int]
) -> None:
    """What it takes over the line to type on, and under it what is wrong with ten at night."""
    on = stage(tmp_path, None, files=FILES)
    run_before = choosing(on, "night.from", "enter", *"10pm", "enter")
    assert snap_compare(on.app, terminal_size=size, run_before=run_before)


def test_a_wrong_file_and_keys_of_ones_own(snap_compare: Snap, tmp_path: Path) -> None:
    """Two lines of the file to be fixed; X in the key line, where Esc was."""
    write_file('theme = "drak"\nfoo = 1\n[keys]\n"settings.close" = "x"\n')
    on = stage(tmp_path, None, files=FILES)
    assert snap_compare(on.app, terminal_size=(80, 24), run_before=doing(on, "f6"))
