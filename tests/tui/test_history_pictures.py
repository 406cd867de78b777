"""Pictures of the history: what each shows is said above it. Look before you take one over."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.tui.looks import FILES
from tests.tui.made_history import write_history
from tests.tui.stage import Stage, stage
from tests.tui.test_pictures import SIZES, Snap, doing
from tests.tui.test_settings_screen import write_file

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def in_utc(use_zone: Callable[[str], None]) -> None:
    use_zone("UTC")


def with_history(tmp_path: Path) -> Stage:
    write_history()
    return stage(tmp_path, None, files=FILES, has_stage_clocks=True)


@pytest.mark.parametrize("size", [*SIZES, (200, 50)])
def test_the_history(snap_compare: Snap, tmp_path: Path, size: tuple[int, int]) -> None:
    """Days as headings; the second entry is chosen, and more of it stands below."""
    on = with_history(tmp_path)
    assert snap_compare(on.app, terminal_size=size, run_before=doing(on, "f7", "down"))


@pytest.mark.parametrize("size", [*SIZES, (200, 50)])
def test_the_month(snap_compare: Snap, tmp_path: Path, size: tuple[int, int]) -> None:
    """The 20th between brackets, with its cramp; signs at the nights, sentences below."""
    on = with_history(tmp_path)
    assert snap_compare(on.app, terminal_size=size, run_before=doing(on, "f7", "m", "left"))


@pytest.mark.parametrize("size", [*SIZES, (200, 50)])
def test_how_the_cramp_was(snap_compare: Snap, tmp_path: Path, size: tuple[int, int]) -> None:
    """Four questions are answered; the keys for how long stand under the fifth."""
    on = with_history(tmp_path)
    run_before = doing(on, "f7", "a", "0", "l", "c", "7")
    assert snap_compare(on.app, terminal_size=size, run_before=run_before)


@pytest.mark.parametrize("keys", [("m", "left"), ("a", "0", "l"), ("down",)])
def test_the_history_at_night(snap_compare: Snap, tmp_path: Path, keys: tuple[str, ...]) -> None:
    """The same in red on black."""
    write_file('[night]\nwhen = "always"\n')
    on = with_history(tmp_path)
    assert snap_compare(on.app, terminal_size=(80, 24), run_before=doing(on, "f7", *keys))


def test_the_month_without_colour(
    snap_compare: Snap, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The signs and the brackets alone say it."""
    monkeypatch.setenv("NO_COLOR", "1")
    on = with_history(tmp_path)
    assert snap_compare(on.app, terminal_size=(80, 24), run_before=doing(on, "f7", "m", "left"))
