"""Two claps as one more way to steer a run."""

import selectors
from collections.abc import Callable
from contextlib import suppress

from uncramp.control.steering import Steering
from uncramp.session.ports import EarPort


class ClapDoor:
    """Does the obvious thing at two claps."""

    def __init__(self, ear: EarPort, steady: Callable[[], float]) -> None:
        """Listen with `ear`. `steady` is the clock of its claps, in seconds."""
        self._ear = ear
        self._steady = steady
        self._steering: Steering | None = None
        self._selector: selectors.BaseSelector | None = None
        self._registered: int | None = None

    def open(self, steering: Steering, selector: selectors.BaseSelector) -> None:
        """Start to listen; the ear's status says if it cannot."""
        self._steering, self._selector = steering, selector
        self._listen()

    def _listen(self) -> None:
        self._ear.open()
        self._registered = self._ear.descriptor
        if self._registered is not None and self._selector is not None:
            self._selector.register(self._registered, selectors.EVENT_READ, self._read)

    @property
    def wait_s(self) -> float | None:
        """Real seconds until `drop_late` is due; None if it is not."""
        return self._ear.wait_s

    def drop_late(self) -> None:
        """Give up a microphone that does not answer."""
        self._after(self._ear.give_up_late)

    def tell_change(self) -> None:
        """Nobody to tell."""

    def close(self) -> None:
        """Listen no longer."""
        self._unregister()
        self._ear.close()
        self._steering = self._selector = None

    def _read(self, _: int) -> None:
        self._after(self._hear)

    def _hear(self) -> None:
        for pair in self._ear.read():
            if self._steering is not None:
                self._steering.press(self._steady() * 1000 - pair.second_ms)

    def _after(self, work: Callable[[], None]) -> None:
        """Do something with the ear, and show what has changed."""
        before, descriptor = self._ear.status, self._registered
        work()
        if self._ear.descriptor != descriptor:
            self._unregister()
        if self._ear.was_stopped:
            self._listen()
        if self._ear.status != before and self._steering is not None:
            self._steering.show()

    def _unregister(self) -> None:
        if self._registered is not None and self._selector is not None:
            with suppress(KeyError, ValueError):
                self._selector.unregister(self._registered)
        self._registered = None
