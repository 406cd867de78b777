"""A real pseudo-terminal with the real program in it, and what is on its screen."""

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
import threading
import time
import uuid
from collections.abc import Callable
from pathlib import Path

import pyte

from tests.real.listening import until

ROUTINE = """
title = "Evening"
[[steps]]
name = "Foot soak"
time = "20m"
get_ready = 0
"""

PATIENCE_S = 60.0
"""A busy machine takes long to draw; nothing else does."""
QUIET_S = 0.2
"""The first picture comes in several reads. If nothing comes for this time, it is whole."""
ASKS_FOR_FRAMES, HAS_FRAMES = b"\x1b[?2026$p", b"\x1b[?2026;2$y"
BEGINS_FRAME, ENDS_FRAME = b"\x1b[?2026h", b"\x1b[?2026l"
"""Synchronized output: what is between these two is shown all at once."""
GONE = -1
"""In place of an end of the terminal that is closed."""


class Terminal:
    """A pseudo-terminal of 80 by 24 with a program in it. It shows whole frames only."""

    def __init__(self, words: list[str], folder: Path, *, has_errors_apart: bool = False) -> None:
        self.master, self.slave = pty.openpty()
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.settings = termios.tcgetattr(self.slave)
        self.mark = uuid.uuid4().hex
        self.written = b""
        self.rows: list[str] = []
        """What the screen shows, by rows."""
        self._screen = pyte.Screen(80, 24)
        self._stream = pyte.ByteStream(self._screen)
        # A string for the system, of which nothing is seen.
        self._read_to_here = f"\x1b]9;{self.mark}\x07".encode()
        self._is_read_to_here = threading.Event()
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
            self.feed(data)

    def feed(self, data: bytes) -> None:
        """Show what the program wrote, and answer it; called by one thread only."""
        asked = self.written.count(ASKS_FOR_FRAMES)
        # First, so that what a test sees on the screen is among it.
        self.written += data
        self._stream.feed(data)
        for _ in range(self.written.count(ASKS_FOR_FRAMES) - asked):
            os.write(self.master, HAS_FRAMES)
        if self.written.endswith(self._read_to_here):
            self.written = self.written.removesuffix(self._read_to_here)
            self._is_read_to_here.set()
        if self.written.rfind(BEGINS_FRAME) <= self.written.rfind(ENDS_FRAME):
            self.rows = list(self._screen.display)

    def clear(self) -> None:
        """Empty the screen: what stands there from now on was drawn again."""
        self.read_all()
        self._screen.reset()
        self.rows = list(self._screen.display)

    def shows(self, words: str) -> bool:
        return any(words in row for row in self.rows)

    def wait_until(self, is_so: Callable[[], bool]) -> None:
        """Wait for a picture, as long as the program runs."""
        end = time.monotonic() + PATIENCE_S
        while not is_so():
            # What it wrote last may not have been read yet when it ends.
            is_over = self.program.poll() is not None
            if is_over:
                self.read_all()
            assert is_so() or not is_over, self.written.decode(errors="replace")
            assert time.monotonic() < end, "\n".join(self.rows)
            time.sleep(0.02)

    def wait_until_it_shows(self, words: str) -> None:
        self.wait_until(lambda: self.shows(words))
        self._wait_until_the_first_picture_is_whole()

    def wait_until_it_stands_at(self, seconds: int, of: str) -> None:
        """Wait until a bar says so many seconds or more: a busy machine may leave one out."""
        self.wait_until(lambda: (self.position_s(of) or 0) >= seconds)

    def position_s(self, of: str) -> int | None:
        """How many seconds a bar says, as in "0:02 of 20:00"; None without such a bar."""
        found = re.search(rf"(\d+):(\d\d) of {of}", "\n".join(self.rows))
        return int(found[1]) * 60 + int(found[2]) if found else None

    def _wait_until_the_first_picture_is_whole(self) -> None:
        """It comes before the program knows that this terminal shows whole frames."""
        end, size = time.monotonic() + PATIENCE_S, -1
        while ENDS_FRAME not in self.written and time.monotonic() < end:
            if size == len(self.written):
                break
            size = len(self.written)
            time.sleep(QUIET_S)

    def type(self, keys: str) -> None:
        os.write(self.master, keys.encode())

    def status(self) -> int:
        """What the program left with; all of its words are read by then."""
        status = self.program.wait(PATIENCE_S)
        self.read_all()
        return status

    def read_all(self) -> None:
        """Read all that was written until now."""
        if self.slave != GONE:
            self._is_read_to_here.clear()
            os.write(self.slave, self._read_to_here)
            assert self._is_read_to_here.wait(PATIENCE_S), "the terminal is not read"

    def go_away(self) -> None:
        """Close both ends, as when a window is closed."""
        for end in (self.slave, self.master):
            os.close(end)
        self.slave = self.master = GONE

    def close(self) -> None:
        if self.program.poll() is None:
            self.program.kill()
            self.program.wait()
        if self.slave != GONE:
            os.close(self.slave)
            # Nobody holds the other end now, so reading ends. A reader that goes on would read
            # from the next terminal, which gets the same number.
            self._reader.join(5)
            os.close(self.master)
            self.slave = self.master = GONE

    def is_mode_on(self, mode: int) -> bool:
        """Did the program leave a private mode of the terminal on?"""
        found = re.findall(rb"\x1b\[\?([\d;]+)([hl])", self.written)
        switched = [how for modes, how in found if str(mode).encode() in modes.split(b";")]
        return bool(switched) and switched[-1] == b"h"

    def after_the_screen(self) -> str:
        """What was written once the main screen was back."""
        return self.written.rpartition(b"\x1b[?1049l")[2].decode()

    def leaves_nobody(self) -> bool:
        """Does every process that the program started end with it?"""
        return until(lambda: self.children_left() == [])

    def children_left(self) -> list[str]:
        """Every process that the program started and that lives on."""
        found = []
        for entry in Path("/proc").iterdir():
            try:
                is_ours = self.mark.encode() in (entry / "environ").read_bytes()
                state = (entry / "stat").read_text().rpartition(")")[2].split()[0]
                command = (entry / "cmdline").read_text().replace("\0", " ")
            except (OSError, IndexError):
                continue
            if is_ours and state != "Z":
                found.append(command)
        return found


def assert_restored(terminal: Terminal) -> None:
    assert b"\x1b[?1049h" in terminal.written, "the full screen was never opened"
    assert not terminal.is_mode_on(1049), "the main screen is back"
    assert b"\x1b[?25l" in terminal.written
    assert terminal.is_mode_on(25), "the cursor is shown"
    assert not terminal.is_mode_on(2026), "what is written is shown at once"
    for mouse_or_paste in (1000, 1003, 1006, 1015, 2004):
        assert not terminal.is_mode_on(mouse_or_paste), mouse_or_paste
    assert termios.tcgetattr(terminal.slave) == terminal.settings, "the terminal is cooked again"
    assert terminal.leaves_nobody(), terminal.children_left()
