"""Writing to a terminal without waiting for it, and without a thread for each frame.

Textual hands each frame to a thread, because a terminal may take nothing for a while (a
frozen connection, a multiplexer that stopped reading). That costs two or three wake-ups a
frame, and a run draws one a second. Here the terminal is opened a second
time, so that a write never waits; only what it does not take is left to a thread, which then ends.
"""

import os
import select
import threading
import time
from contextlib import suppress

ROOM = 1 << 18
"""The most bytes that may wait for a terminal; more are refused."""

LOOK_S = 0.2
"""How often the thread checks whether the file is closed, in seconds."""


class Output:
    """The output to a terminal. Any thread may write."""

    def __init__(self, descriptor: int) -> None:
        """Write to that file descriptor, which takes what it can and never waits."""
        self._descriptor = descriptor
        self._waiting = b""
        self._lock = threading.Lock()
        self._is_closed = False

    @property
    def is_full(self) -> bool:
        """Has the terminal fallen behind, so that frames should be dropped?"""
        return len(self._waiting) >= ROOM

    @property
    def is_through(self) -> bool:
        """Has the terminal taken everything?"""
        return not self._waiting

    def write(self, data: bytes) -> None:
        """Write `data` after everything before it."""
        with self._lock:
            if self._is_closed:
                return
            had_to_wait = bool(self._waiting)
            self._waiting = self._left_of(self._waiting + data)
            if had_to_wait or not self._waiting:
                return
        # If no thread starts, the next write or the end continues with it.
        with suppress(RuntimeError):
            threading.Thread(target=self._wait, name="output", daemon=True).start()

    def close(self, within_s: float) -> None:
        """Wait some time for the terminal to take everything, and then write no more."""
        until = time.monotonic() + within_s
        while self._waiting and (left := until - time.monotonic()) > 0:
            select.select([], [self._descriptor], [], min(left, LOOK_S))
            self._go_on()
        with self._lock:
            if not self._is_closed:
                self._is_closed = True
                os.close(self._descriptor)

    def _left_of(self, data: bytes) -> bytes:
        """Write as much as it takes. Returns the rest."""
        try:
            while data:
                data = data[os.write(self._descriptor, data) :]
        except BlockingIOError:
            return data
        except OSError:
            return b""  # it is gone, which is noticed elsewhere
        return b""

    def _wait(self) -> None:
        with suppress(OSError, ValueError):  # it was closed meanwhile
            while self._waiting and not self._is_closed:
                if select.select([], [self._descriptor], [], LOOK_S)[1]:
                    self._go_on()

    def _go_on(self) -> None:
        with self._lock:
            if not self._is_closed:
                self._waiting = self._left_of(self._waiting)
