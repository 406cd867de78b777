"""A terminal that takes nothing, or sends bytes that are not text, during a run."""

import json
import os
import select
import signal
import time
from pathlib import Path

import pytest

from tests.real.listening import until
from tests.real.terminal import PATIENCE_S, Terminal
from uncramp.runs.file_names import FILE_NAME
from uncramp.system import paths

STEP = '[[steps]]\nname = "{name}"\ntime = "{time}"\nget_ready = 0\n'
NOT_TEXT = (b"\xff", b"\xe9", b"\x9b6~", b"\x1b[M \xff!", b"\x1b[M#\xe9\xe9")
"""A stray byte, Latin-1, 8-bit CSI, and a mouse right of column 95 as X10 tells it."""

HOLD, LET_GO = "\x13", "\x11"
"""Ctrl-S and Ctrl-Q."""


@pytest.fixture(autouse=True)
def _silence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNCRAMP_SOUND", "none")


def words_for(folder: Path, *seconds: int) -> list[str]:
    """The words that run a routine with one step for each of `seconds`."""
    steps = "".join(STEP.format(name=f"Rub {n}", time=f"{n}s") for n in seconds)
    (folder / "quick.toml").write_text('title = "Quick"\n' + steps, encoding="utf-8")
    return ["-m", "uncramp", "run", "./quick.toml"]


def history_within(seconds: float) -> list[dict[str, object]]:
    """The runs that ended, after waiting at most `seconds`."""
    file = paths.history_folder() / FILE_NAME
    # A line that is being written has no end yet.
    if not until(lambda: file.exists() and file.read_bytes().endswith(b"\n"), seconds):
        return []
    return [json.loads(line) for line in file.read_bytes().splitlines()]


class Unread(Terminal):
    """A terminal whose other end is read only while it is asked for."""

    def _read(self) -> None:
        self.is_read = True
        while self.program.poll() is None:
            if self.is_read and select.select([self.master], [], [], 0.1)[0]:
                self.feed(os.read(self.master, 65_536))
            time.sleep(0.01)

    def fill(self) -> None:
        """Leave it unread, and fill what the kernel holds of it."""
        self.is_read = False
        filling = os.open(os.ttyname(self.slave), os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK)
        end = time.monotonic() + 0.5
        while time.monotonic() < end:
            try:
                os.write(filling, b".")
            except BlockingIOError:
                time.sleep(0.05)
        os.close(filling)


def test_neither_ctrl_s_nor_an_unread_terminal_holds_up_a_plain_run(tmp_path: Path) -> None:
    terminal = Unread([*words_for(tmp_path, 2, 1, 3, 4), "--plain"], tmp_path)
    try:
        terminal.wait_until_it_shows("Begin: Rub 2")
        terminal.type(HOLD)
        time.sleep(3.5)
        assert not terminal.shows("Begin: Rub 1")
        terminal.type(LET_GO)
        terminal.wait_until_it_shows("left out: the terminal was held.)")
        terminal.fill()
        (run,) = history_within(PATIENCE_S)
        assert (run["is_complete"], run["played_ms"]) == (True, 10_000)
        assert terminal.program.wait(PATIENCE_S) == 0
    finally:
        terminal.close()


def test_an_unread_terminal_and_odd_bytes_hold_up_no_screen(tmp_path: Path) -> None:
    terminal = Unread(words_for(tmp_path, 9), tmp_path)
    try:
        terminal.wait_until_it_stands_at(1, of="0:09")
        for sent in NOT_TEXT:
            os.write(terminal.master, sent)
        terminal.wait_until_it_stands_at(2, of="0:09")
        terminal.type(" ")
        terminal.wait_until_it_shows("PAUSED")
        time.sleep(0.6)  # sooner, it would be one press of a held key
        terminal.type("p")
        terminal.wait_until_it_stands_at(3, of="0:09")
        terminal.fill()
        (run,) = history_within(PATIENCE_S)
        assert (run["is_complete"], run["played_ms"]) == (True, 9_000)
        terminal.is_read = True
        terminal.wait_until_it_shows("Any other key leaves")
        terminal.fill()
        terminal.program.send_signal(signal.SIGTERM)
        assert terminal.program.wait(PATIENCE_S) == 143
    finally:
        terminal.close()
