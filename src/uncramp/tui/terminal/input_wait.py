"""Waiting for a key without checking ten times a second.

Textual's input thread asks "is it over?" and then checks the keyboard for a tenth of a second:
ten wake-ups a second, which cost more than a whole countdown. Here the answer to that question
is delayed until there is input. If a later Textual asks in another way, it waits as before, and
nothing else changes.
"""

import os
import select
import threading
import time

INPUT_THREAD = "textual-input"
"""The name of the thread that may be made to wait."""

AWAKE_S = 2.0
"""After a key Textual checks as usual: it recognizes Escape by the pause after it."""

LOOK_S = 0.09
"""A check by Textual takes a tenth of a second; if it took less than this, it found a key."""

LONGEST_S = 1.0
"""On a slow machine a key that was found unnoticed is handled within this time."""


class Patience(threading.Event):
    """An event that makes the input thread wait until it is set, or until there is input."""

    def __init__(self, keyboard: int) -> None:
        """Wait for input on that file descriptor."""
        super().__init__()
        self._keyboard = keyboard
        self._ear, self._bell = os.pipe()
        self._awake_until = 0.0
        self._asked_at = 0.0
        self.is_closed = False
        """Is it closed?"""

    def is_set(self) -> bool:
        """Is it over? The input thread gets the answer when there is something to do."""
        is_over = super().is_set()
        if is_over or threading.current_thread().name != INPUT_THREAD:
            return is_over
        now = time.monotonic()
        if now - self._asked_at < LOOK_S:
            self._awake_until = now + AWAKE_S
        if (
            now >= self._awake_until
            and select.select([self._keyboard, self._ear], [], [], LONGEST_S)[0]
        ):
            self._awake_until = time.monotonic() + AWAKE_S
        self._asked_at = time.monotonic()
        return super().is_set()

    def set(self) -> None:
        """It is over: release the thread."""
        super().set()
        os.write(self._bell, b".")

    def clear(self) -> None:
        """It begins again."""
        while select.select([self._ear], [], [], 0)[0]:
            os.read(self._ear, 512)
        super().clear()

    def close(self) -> None:
        """Close its descriptors; a second call does nothing."""
        if self.is_closed:
            return
        self.is_closed = True
        os.close(self._ear)
        os.close(self._bell)
