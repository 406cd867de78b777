"""After every way to leave the full screen the terminal is restored, and no process is left.

The real program in a real pseudo-terminal, with real time.
"""

import os
import re
import signal
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.real.terminal import ROUTINE, Terminal, assert_restored
from uncramp.runs.file_names import FILE_NAME
from uncramp.system import paths

BREAKS = """
import sys
from pathlib import Path
from uncramp.audio.player import Silence
from uncramp.session.conductor import Conductor
from uncramp.system.clocks import system_clocks
from uncramp.core.routine.model import Routine, Step
from uncramp.core.plan.plan import make_plan
from uncramp.core.routine.points import Atlas
from uncramp.library.library import Library
from uncramp.tui.app import UncrampApp
from uncramp.tui.opening import open_app

class Broken(Conductor):
    def tick(self):
        raise RuntimeError("the string broke")

plan = make_plan(Routine("evening", "Evening", (Step("steps[0]", "Foot soak", 60_000),)))
library = Library(Path("nowhere"), Path("nowhere"), Atlas(), ())
app = UncrampApp(library, plan, lambda p: Broken(p, system_clocks(), Silence()))
sys.exit(open_app(app))
"""


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Terminal]:
    """The run of a routine, on its first step."""
    (tmp_path / "evening.toml").write_text(ROUTINE, encoding="utf-8")
    terminal = Terminal(["-m", "uncramp", "run", "./evening.toml"], tmp_path)
    try:
        terminal.wait_until_it_shows("left of 20:00")
        assert terminal.is_mode_on(1049)
        assert termios.tcgetattr(terminal.slave) != terminal.settings
        yield terminal
    finally:
        terminal.close()


def test_after_q_the_terminal_is_as_it_was(opened: Terminal) -> None:
    opened.type("q")
    opened.wait_until_it_shows("End the routine here?")
    opened.type("y")
    assert opened.status() == 1
    assert_restored(opened)
    assert re.search(r"Ended at 0:\d\d of 20:00: 0 of 1 steps done\.", opened.after_the_screen())


def test_after_ctrl_c_the_terminal_is_as_it_was(opened: Terminal) -> None:
    opened.type("\x03")
    assert opened.status() == 130
    assert_restored(opened)
    assert "This run is saved: uncramp resume continues" in opened.after_the_screen()


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)]
)
def test_after_a_signal_the_terminal_is_as_it_was(
    opened: Terminal, number: signal.Signals, status: int
) -> None:
    opened.program.send_signal(number)
    assert opened.status() == status
    assert_restored(opened)
    told = "This run is saved: uncramp resume continues"
    assert told in opened.after_the_screen()


def test_when_the_terminal_goes_away_nobody_is_left(opened: Terminal) -> None:
    opened.go_away()
    assert opened.status() == 129
    assert opened.leaves_nobody(), opened.children_left()
    assert b"Traceback" not in opened.written
    # It can be resumed, and is not in the history as well.
    assert len(list(paths.unfinished_folder().glob("*.json"))) == 1
    assert not (paths.history_folder() / FILE_NAME).exists()


class BorrowedTerminal(Terminal):
    """A terminal that the program does not own: no signal tells it when that goes away."""

    def _take(self) -> None:
        os.setsid()


def test_when_a_borrowed_terminal_goes_away_nobody_is_left(tmp_path: Path) -> None:
    (tmp_path / "evening.toml").write_text(ROUTINE, encoding="utf-8")
    terminal = BorrowedTerminal(["-m", "uncramp", "run", "./evening.toml"], tmp_path)
    try:
        terminal.wait_until_it_shows("left of 20:00")
        terminal.go_away()
        assert terminal.status() == 129
        assert terminal.leaves_nobody(), terminal.children_left()
    finally:
        terminal.close()


def test_after_something_broke_inside_the_terminal_is_as_it_was(tmp_path: Path) -> None:
    terminal = Terminal(["-c", BREAKS], tmp_path, has_errors_apart=True)
    try:
        assert terminal.status() == 1
        assert_restored(terminal)
        told = terminal.errors.read_text(encoding="utf-8")
        assert told.count("\n") == 1
        assert told.startswith("Something broke inside the program, and the screen was closed.")
        log = Path(told.rpartition("The details are in ")[2].strip())
        assert "RuntimeError: the string broke" in log.read_text(encoding="utf-8")
        assert "Traceback" not in told + terminal.after_the_screen()
    finally:
        terminal.close()


def test_stopped_and_gone_on_with_the_run_says_that_it_was_unseen(opened: Terminal) -> None:
    opened.wait_until_it_stands_at(2, of="20:00")
    opened.program.send_signal(signal.SIGSTOP)
    time.sleep(6)
    opened.program.send_signal(signal.SIGCONT)
    opened.wait_until_it_shows("INTERRUPTED FOR")
    opened.type(" ")
    opened.wait_until_it_shows("Space Pause")
    opened.type("q")
    opened.wait_until_it_shows("End the routine here?")
    opened.type("y")
    assert opened.status() == 1
    assert_restored(opened)
