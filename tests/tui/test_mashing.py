"""Mashing the keyboard: random keys, bytes, pastes and clicks on every screen, by seed.

UNCRAMP_MASHES=10000 presses that many; without it there are fewer, for every run of the tests.
"""

import os
import random
from codecs import getincrementaldecoder
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.message import Message

from tests.tui.looks import FILES
from tests.tui.stage import EVENING, Stage, stage
from uncramp.session.key_table import KEY_TABLE
from uncramp.tui.app import FINISHED, INTERRUPTED
from uncramp.tui.run.screen import RunScreen

MASHES = int(os.environ.get("UNCRAMP_MASHES", "1500"))
SEEDS = 5
KEYS = sorted({key for known in KEY_TABLE for key in known.keys} - {"ctrl+z", "e"})
"""Every key of the program; E would open an editor, Ctrl-Z stop the test."""
LEAVING = ("ctrl+c", "ctrl+q")
LETTERS = "abcdfghijklmnopqrstuvwxyzABCDFGHIJKLMNOPQRSTUVWXYZ0123456789 +-=?_*"
BYTES = (
    b"\xff", b"\xe9", b"\x9bA", b"\x1b[M \xff!", b"\x1b[<0;10;5M", b"\x1b[<0;10;5m", b"\x1b",
    b"\x1b[200~paste\nof lines\x1b[201~", b"\x1b[1;5C", b"\x1b[I", b"\x1b[O", b"\x1bOP", b"\xc3",
    b"\x00", b"\x1b[999;999R", b"\x1b[Z", b"\x1b\x1b", b"\x7f", b"\r\r", b"\r\n",
)  # fmt: skip


class Terminal:
    """Turns bytes into the events that the input thread makes."""

    def __init__(self) -> None:
        self._parser = XTermParser()
        self._decoder = getincrementaldecoder("utf-8")("ignore")

    def sent(self, data: bytes) -> list[Message]:
        text = self._decoder.decode(data)
        return list(self._parser.feed(text)) if text else []


def key_event(name: str) -> events.Key:
    character = {"space": " ", "enter": "\r", "escape": "\x1b"}.get(name)
    return events.Key(name, name if len(name) == 1 else character)


def next_mash(rng: random.Random, terminal: Terminal) -> list[Message]:
    """One to three things that arrive in one read."""
    kind = rng.random()
    if kind < 0.15:
        return terminal.sent(rng.choice(BYTES))
    if kind < 0.20:
        return terminal.sent(rng.randbytes(rng.randint(1, 6)).replace(b"\x1a", b"").lower())
    names = KEYS if kind < 0.75 else LETTERS.replace(" ", "")
    name = rng.choice(names)
    if name in LEAVING and rng.random() < 0.9:
        # Most mashes are to meet a screen, not a program that has just been left.
        name = "enter"
    return [key_event(name) for _ in range(rng.choice((1, 1, 1, 2, 3)))]


def is_in_order(on: Stage, app: App[Any]) -> bool:
    runs = [screen for screen in app.screen_stack if isinstance(screen, RunScreen)]
    return on.app.failure is None and len(app.screen_stack) >= 2 and len(runs) <= 1


@pytest.mark.timeout(300 + MASHES // 5)
@pytest.mark.parametrize("seed", range(SEEDS))
async def test_no_key_breaks_a_screen_or_loses_a_run(seed: int, tmp_path: Path) -> None:
    rng, terminal, left, starts = random.Random(seed), Terminal(), MASHES // SEEDS, 0
    while left > 0:
        starts += 1
        folder = tmp_path / str(starts)
        folder.mkdir()
        on = stage(folder, rng.choice((None, EVENING)), files=dict(FILES))
        async with on.app.run_test(size=rng.choice(((40, 12), (80, 24), (120, 40)))) as pilot:
            history: list[str] = []
            while left > 0 and on.app.return_value is None and on.app.is_running:
                left -= 1
                mash = next_mash(rng, terminal)
                history.append(" ".join(str(getattr(event, "key", event)) for event in mash))
                for event in mash:
                    on.app.post_message(event)
                on.time.seconds += rng.choice((0.0, 0.1, 1.0, 3.0))
                await pilot.pause()
                if on.app.return_value is None:
                    assert is_in_order(on, on.app), history[-20:]
            if on.app.return_value is None:
                await pilot.press("ctrl+c")
                await pilot.pause()
        assert on.app.failure is None, history[-20:]
        assert on.app.return_value in (FINISHED, 1, INTERRUPTED), history[-20:]
