"""What all backends have in common."""

import threading
from collections.abc import Callable
from typing import Protocol

from uncramp.audio.samples.clip import Clip
from uncramp.system.clocks import steady_ms

PROOF_MS = 100
"""The length of the silence that tests a backend: if it ends sooner, it was not played."""


class NoSound(Exception):
    """A backend made no sound; its words say why."""


class Playback:
    """One playback of a clip, which can be stopped."""

    def __init__(self, at_ms: float, delay_ms: float = 0.0) -> None:
        """Plan a sound whose first sample is heard at `at_ms` of the steady clock.

        `delay_ms` is the person's speaker delay, which `at_ms` already makes up for.
        """
        self.at_ms = at_ms
        self.delay_ms = delay_ms
        self.has_begun = False
        """Has the backend given the clip's first sample to the device?"""
        self._stopped = threading.Event()
        self._stoppers: list[Callable[[], None]] = []
        self._lock = threading.Lock()

    @property
    def is_stopped(self) -> bool:
        """Is it no longer wanted?"""
        return self._stopped.is_set()

    def stop(self) -> None:
        """Silence it at whatever point it is."""
        with self._lock:
            self._stopped.set()
            stoppers, self._stoppers = self._stoppers, []
        for stopper in stoppers:
            stopper()

    def when_stopped(self, stopper: Callable[[], None]) -> None:
        """Call `stopper` when it is stopped, in the stopping thread; at once if it was stopped."""
        with self._lock:
            if not self._stopped.is_set():
                self._stoppers.append(stopper)
                return
        stopper()

    def wait_until(self, moment_ms: float) -> bool:
        """Wait for a moment of the steady clock. Returns whether the playback is still wanted."""
        return not self._stopped.wait(max(0.0, moment_ms - steady_ms()) / 1000)


class Backend(Protocol):
    """A way of making sound."""

    name: str

    def prove(self) -> None:
        """Play a moment of silence. Raises NoSound if there is no device or no answer."""

    def play(self, clip: Clip, playback: Playback) -> None:
        """Play a clip at the playback's moment. Returns when it is over or was stopped.

        Called early enough for silence in front, in a separate thread. Raises NoSound if
        nothing was heard.
        """
