"""Every key of a run, as a real terminal sends it, and what is on the screen after it."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.real.terminal import Terminal

ROUTINE = """
title = "Evening"
[[steps]]
name = "Foot soak"
time = "20m"
get_ready = 0
range = ["5m", "20m"]
how = "Sit back."
[[steps]]
name = "Dry and look"
open = true
[[steps]]
name = "Rub"
time = "1m"
get_ready = "30s"
sides = "each"
how = "Up and down."
"""
APART_S = 0.6
"""So far apart presses of one key are two."""


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    (tmp_path / "evening.toml").write_text(ROUTINE, encoding="utf-8")
    terminal = Terminal(["-m", "uncramp", "run", "./evening.toml"], tmp_path)
    try:
        terminal.wait_until_it_shows("left of 20:00")
        yield terminal
    finally:
        terminal.close()


def does(terminal: Terminal, *keys_and_words: tuple[str, str]) -> None:
    """Press each key, and wait for the words that it brings."""
    for keys, words in keys_and_words:
        time.sleep(APART_S)
        terminal.type(keys)
        terminal.wait_until_it_shows(words)


def test_every_key_of_a_run_does_what_it_says(terminal: Terminal) -> None:
    # An Enter in the first half second of a step was pressed for the step before.
    terminal.wait_until_it_stands_at(1, of="20:00")
    does(
        terminal,
        (" ", "PAUSED · Space continues"),
        (" ", "Space Pause"),
        ("\r", "PAUSED · Space continues"),
        ("p", "Space Pause"),
        ("u", "Undone: continuing."),
        ("p", "left of 20:00"),
        ("+", "20:00 is the longest for this step."),
        ("-", "left of 19:45"),
        ("n", "Skipped: Foot soak. U undoes it."),
        ("u", "Undone: the skip."),
        ("\x1b[C", "Skipped: Foot soak. U undoes it."),
        ("\x1b[D", "left of 20:00"),
        ("n", "so far · press Enter when done"),
        ("p", "PAUSED · Space continues"),
        (" ", "so far · press Enter when done"),
        ("\r", "GET READY · then for 1:00"),
        ("\r", "left of 1:00"),
        ("r", "0:00 of 1:00"),
        ("u", "Undone: starting over."),
        ("j", "Go to a step"),
        ("rub right", "right · 1:00"),
        ("\r", "GET READY · then for 1:00"),
        ("i", "This step"),
        ("\x1b", "GET READY · then for 1:00"),
        ("?", "Undo your last action."),
        ("\x1b", "GET READY · then for 1:00"),
        ("q", "End the routine here?"),
    )
    terminal.type("y")
    assert terminal.status() == 1
    assert "1 of 4 steps done." in terminal.after_the_screen()


def test_while_a_cramp_is_on_the_keys_say_which_and_where(tmp_path: Path) -> None:
    terminal = Terminal(["-m", "uncramp", "now"], tmp_path)
    try:
        terminal.wait_until_it_shows("Enter when it lets go")
        does(
            terminal,
            ("2", "Foot or toes curled under: cramp now"),
            ("l", "◀ LEFT"),
            ("3", "Foot or toes pulled up: cramp now"),
            ("4", "Stand on it: cramp now"),
            ("1", "Back of the calf: cramp now"),
            ("r", "RIGHT ▶"),
            ("a", "Step 1 of 4"),
            ("\r", "Step 2 of 4"),
        )
        time.sleep(10)
        does(
            terminal,
            ("q", "End the routine here?"),
            ("y", "What could help next"),
        )
        time.sleep(1)
        # It is asked once, and before an offered routine opens.
        does(
            terminal,
            ("2", "How was the cramp?"),
            ("q", "Enter Start"),
            ("\x1b", "Any other key leaves this page."),
        )
        terminal.type("x")
        assert terminal.status() == 1
    finally:
        terminal.close()
