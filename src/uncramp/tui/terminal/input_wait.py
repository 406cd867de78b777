"""Waiting for a key without asking ten times a second whether there was one.

Textual's thread of input asks "is it over?" before each look at the keyboard, and
looks for a tenth of a second: ten wake-ups a second that cost more than a whole
countdown. Here the answer to that question is itself the wait. Should a Textual to
come ask in another way, then it waits as it did, and nothing else changes.
"""

import os
import select
import threading
import time

INPUT_THREAD = "textual-input"
"""The name of the thread that may be kept waiting."""

AWAKE_S = 2.0
"""After a key Textual looks as often as it likes: it tells Escape by what does not follow it."""

LOOK_S = 0.09
"""A look of Textual that took less than this has found a key; it looks a tenth of a second."""

LONGEST_S = 1.0
"""A key that was found unnoticed, on a machine that is slow, is looked after within this time."""


class Patience(threading.Event):
    """An event that keeps the thread of input waiting until it is set, or there is input."""

    def __init__(self, keyboard: int) -> None:
        """Wait for input on the file of that number."""
        super().__init__()
        self._keyboard = keyboard
        self._ear, self._bell = os.pipe()
        self._awake_until = 0.0
        self._asked_at = 0.0
        self.is_closed = False
        """Was given back what it waited with?"""

    def is_set(self) -> bool:
        """Is it over? The thread of input gets the answer when there is something to do."""
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
        """It is over: let the thread go."""
        super().set()
        os.write(self._bell, b".")

    def clear(self) -> None:
        """It begins again."""
        while select.select([self._ear], [], [], 0)[0]:
            os.read(self._ear, 512)
        super().clear()

    def close(self) -> None:
        """Give back what it waited with; doing it twice is once."""
        if self.is_closed:
            return
        self.is_closed = True
        os.close(self._ear)
        os.close(self._bell)
