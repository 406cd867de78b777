"""The thread of input waits for a key or the end, and for nothing else."""

import inspect
import os
import select
import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from uncramp.tui.terminal.input_wait import AWAKE_S, INPUT_THREAD, LONGEST_S, Patience

GIVE_UP_S = 10.0

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows waits in its own way")


class Keyboard:
    """A keyboard, and how often and how long it was waited for."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.reads, self.types = os.pipe()
        self.patience = Patience(self.reads)
        self.waits: list[tuple[Any, ...]] = []
        self.meanwhile: Callable[[], object] = lambda: None
        really = select.select

        def wait(*arguments: Any) -> Any:
            self.waits.append(arguments[3:])
            if threading.current_thread().name == INPUT_THREAD:
                self.meanwhile()
            return really(*arguments)

        monkeypatch.setattr(select, "select", wait)

    def press(self, key: bytes = b"q") -> None:
        os.write(self.types, key)

    def is_over(self) -> bool:
        """What the thread of input is told."""
        told: list[bool] = []
        thread = threading.Thread(
            target=lambda: told.append(self.patience.is_set()), name=INPUT_THREAD, daemon=True
        )
        thread.start()
        thread.join(GIVE_UP_S)
        return told[0]

    def close(self) -> None:
        self.patience.close()
        os.close(self.reads)
        os.close(self.types)


@pytest.fixture
def keyboard(monkeypatch: pytest.MonkeyPatch) -> Iterator[Keyboard]:
    made = Keyboard(monkeypatch)
    yield made
    made.close()


def test_it_waits_for_a_key_for_as_long_as_it_takes(keyboard: Keyboard) -> None:
    keyboard.meanwhile = keyboard.press
    assert keyboard.is_over() is False
    assert keyboard.waits == [(LONGEST_S,)]


def test_the_end_ends_the_wait(keyboard: Keyboard) -> None:
    keyboard.meanwhile = keyboard.patience.set
    assert keyboard.is_over() is True
    assert keyboard.waits == [(LONGEST_S,)]


def test_what_is_over_can_begin_again(keyboard: Keyboard) -> None:
    keyboard.patience.set()
    assert keyboard.is_over() is True
    keyboard.patience.clear()
    keyboard.meanwhile = keyboard.press
    assert keyboard.is_over() is False
    assert keyboard.waits[-1] == (LONGEST_S,)


def test_any_other_thread_is_answered_at_once(keyboard: Keyboard) -> None:
    assert keyboard.patience.is_set() is False
    keyboard.patience.set()
    assert keyboard.patience.is_set() is True
    assert keyboard.waits == []


def test_just_after_a_key_nothing_is_waited_for(keyboard: Keyboard) -> None:
    """Textual tells Escape from what begins with it by looking again."""
    keyboard.press(b"\x1b")
    assert keyboard.is_over() is False
    os.read(keyboard.reads, 1)
    assert keyboard.is_over() is False
    assert keyboard.waits == [(LONGEST_S,)]


def test_a_key_found_at_the_end_of_that_is_looked_after_too(
    keyboard: Keyboard, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    keyboard.press()
    keyboard.is_over()
    clock[0] += AWAKE_S - 0.1
    keyboard.is_over()
    # Textual's look lasts a tenth of a second, unless it finds a key.
    clock[0] += 0.05
    keyboard.is_over()
    clock[0] += 0.1
    keyboard.is_over()
    assert len(keyboard.waits) == 1


def test_textual_asks_in_the_way_that_is_answered() -> None:
    """Otherwise the program works, and looks for a key ten times a second again."""
    from textual.drivers.linux_driver import LinuxDriver

    assert INPUT_THREAD in inspect.getsource(LinuxDriver.start_application_mode)
    assert "exit_event.is_set()" in inspect.getsource(LinuxDriver.run_input_thread)
