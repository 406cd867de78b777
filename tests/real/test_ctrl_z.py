"""Ctrl+Z gives the terminal back to the shell, and fg brings the run back whole."""

import math
import signal
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.real.terminal import PATIENCE_S, ROUTINE, Terminal, assert_restored
from uncramp.core.run.run import LAPSE_AFTER_MS

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows stops no program so")


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Terminal]:
    """A run on its first step."""
    (tmp_path / "evening.toml").write_text(ROUTINE, encoding="utf-8")
    terminal = Terminal(["-m", "uncramp", "run", "./evening.toml"], tmp_path)
    try:
        terminal.wait_until_it_stands_at(2, of="20:00")
        yield terminal
    finally:
        terminal.close()


def state_of(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]


def position_s(terminal: Terminal) -> int:
    """How long the step has lasted, as its bar says."""
    found = terminal.position_s(of="20:00")
    assert found is not None, terminal.rows
    return found


def stop(terminal: Terminal) -> None:
    """Press Ctrl+Z, and see that the terminal is the shell's."""
    terminal.type("\x1a")
    end = time.monotonic() + PATIENCE_S
    while state_of(terminal.program.pid) != "T":
        assert time.monotonic() < end, "it never stopped"
        time.sleep(0.02)
    terminal.read_all()
    assert not terminal.is_mode_on(1049), "the main screen is back"
    assert terminal.is_mode_on(25), "the cursor is shown"
    for mouse_or_paste in (1000, 1003, 1006, 1015, 2004):
        assert not terminal.is_mode_on(mouse_or_paste), mouse_or_paste
    assert termios.tcgetattr(terminal.slave) == terminal.settings
    terminal.clear()


def come_back(terminal: Terminal) -> None:
    """Let it go on, as fg does, and wait until the screen is its own again."""
    terminal.program.send_signal(signal.SIGCONT)
    end = time.monotonic() + PATIENCE_S
    while not terminal.is_mode_on(1049):
        assert time.monotonic() < end, "the full screen never came back"
        time.sleep(0.02)


def end(terminal: Terminal) -> None:
    terminal.type("q")
    terminal.wait_until_it_shows("End the routine here?")
    terminal.type("y")
    assert terminal.status() == 1
    assert_restored(terminal)


def test_soon_brought_back_it_goes_on(opened: Terminal) -> None:
    stop(opened)
    come_back(opened)
    opened.wait_until_it_shows("left of 20:00")
    opened.wait_until_it_stands_at(6, of="20:00")
    assert not opened.shows("INTERRUPTED FOR")
    opened.type("p")
    opened.wait_until_it_shows("PAUSED")
    end(opened)


def test_brought_back_after_a_while_it_says_for_how_long_it_was_unseen(opened: Terminal) -> None:
    before_s, asked_s = position_s(opened), time.monotonic()
    stop(opened)
    latest_s = before_s + math.ceil(time.monotonic() - asked_s)
    time.sleep(LAPSE_AFTER_MS / 1000 + 1)
    come_back(opened)
    opened.wait_until_it_shows("INTERRUPTED FOR")
    opened.wait_until_it_shows(" of 20:00")
    assert before_s <= position_s(opened) <= latest_s, "it stands where it was seen last"
    opened.type(" ")
    opened.wait_until_it_stands_at(latest_s + 1, of="20:00")
    end(opened)


def test_it_can_be_stopped_again_and_again(opened: Terminal) -> None:
    for _ in range(3):
        stop(opened)
        come_back(opened)
        opened.wait_until_it_shows("left of 20:00")
        opened.type("?")
        opened.wait_until_it_shows("Undo your last action.")
        opened.type("\x1b")
        opened.wait_until(lambda: not opened.shows("Undo your last action."))
    end(opened)
