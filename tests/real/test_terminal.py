"""After every way to leave the full screen the terminal is restored, and no process is left.

The real program in a real pseudo-terminal, with real time.
"""

import fcntl
import os
import pty
import re
import signal
import struct
import subprocess
import sys
import termios
import threading
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import pyte
import pytest

from uncramp.runs.file_names import FILE_NAME
from uncramp.system import paths

ROUTINE = """
title = "Evening"
[[steps]]
name = "Foot soak"
time = "20m"
get_ready = 0
"""

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

PATIENCE_S = 20.0
QUIET_S = 0.05
"""A picture comes in several reads. If none comes for this time, it is whole."""


class Terminal:
    """A pseudo-terminal of 80 by 24 with a program in it."""

    def __init__(self, words: list[str], folder: Path, *, has_errors_apart: bool = False) -> None:
        self.master, self.slave = pty.openpty()
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.settings = termios.tcgetattr(self.slave)
        self.mark = uuid.uuid4().hex
        self.written = b""
        self.screen = pyte.Screen(80, 24)
        self._stream = pyte.ByteStream(self.screen)
        self.errors = folder / "stderr.txt"
        environment = {**os.environ, "TERM": "xterm-256color", "UNCRAMP_TEST": self.mark}
        environment.pop("NO_COLOR", None)
        with self.errors.open("wb") as errors:
            self.program = subprocess.Popen(
                [sys.executable, *words],
                stdin=self.slave,
                stdout=self.slave,
                stderr=errors if has_errors_apart else self.slave,
                cwd=folder,
                env=environment,
                preexec_fn=self._take,
            )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _take(self) -> None:
        os.setsid()
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)

    def _read(self) -> None:
        while True:
            try:
                data = os.read(self.master, 65_536)
            except OSError:
                return
            if not data:
                return
            # First, so that what a test sees on the screen is among it.
            self.written += data
            self._stream.feed(data)

    def shows(self, words: str) -> bool:
        return any(words in line for line in self.screen.display)

    def wait_until_it_shows(self, words: str) -> None:
        end = time.monotonic() + PATIENCE_S
        while not self.shows(words):
            assert self.program.poll() is None, self.written.decode(errors="replace")
            assert time.monotonic() < end, "\n".join(self.screen.display)
            time.sleep(0.02)
        self._wait_until_the_picture_is_whole()

    def _wait_until_the_picture_is_whole(self) -> None:
        """Words of a picture may have come while its other lines are still those before it."""
        end, size = time.monotonic() + 1, -1
        while size != len(self.written) and time.monotonic() < end:
            size = len(self.written)
            time.sleep(QUIET_S)

    def type(self, keys: str) -> None:
        os.write(self.master, keys.encode())

    def status(self) -> int:
        """What the program left with; the last of its words is read by then."""
        status = self.program.wait(PATIENCE_S)
        time.sleep(0.3)
        return status

    def close(self) -> None:
        if self.program.poll() is None:
            self.program.kill()
            self.program.wait()
        for end in (self.slave, self.master):
            try:
                os.close(end)
            except OSError:
                continue

    def is_mode_on(self, mode: int) -> bool:
        """Did the program leave a private mode of the terminal on?"""
        found = re.findall(rb"\x1b\[\?([\d;]+)([hl])", self.written)
        switched = [how for modes, how in found if str(mode).encode() in modes.split(b";")]
        return bool(switched) and switched[-1] == b"h"

    def after_the_screen(self) -> str:
        """What was written once the main screen was back."""
        return self.written.rpartition(b"\x1b[?1049l")[2].decode()

    def children_left(self) -> list[str]:
        """Every process that the program started and that lives on."""
        found = []
        for entry in Path("/proc").iterdir():
            try:
                is_ours = self.mark.encode() in (entry / "environ").read_bytes()
                state = (entry / "stat").read_text().rpartition(")")[2].split()[0]
            except (OSError, IndexError):
                continue
            if is_ours and state != "Z":
                found.append((entry / "cmdline").read_text().replace("\0", " "))
        return found


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


def assert_restored(terminal: Terminal) -> None:
    assert b"\x1b[?1049h" in terminal.written, "the full screen was never opened"
    assert not terminal.is_mode_on(1049), "the main screen is back"
    assert b"\x1b[?25l" in terminal.written
    assert terminal.is_mode_on(25), "the cursor is shown"
    for mouse_or_paste in (1000, 1003, 1006, 1015, 2004):
        assert not terminal.is_mode_on(mouse_or_paste), mouse_or_paste
    assert termios.tcgetattr(terminal.slave) == terminal.settings, "the terminal is cooked again"
    assert terminal.children_left() == []


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
    os.close(opened.slave)
    os.close(opened.master)
    assert opened.status() == 129
    assert opened.children_left() == []
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
        os.close(terminal.slave)
        os.close(terminal.master)
        assert terminal.status() == 129
        assert terminal.children_left() == []
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
    opened.wait_until_it_shows("0:02 of 20:00")
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
