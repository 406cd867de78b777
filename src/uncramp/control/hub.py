"""All control of this process's run by other programs, behind one descriptor to wait on.

A front end waits on it together with its own input, calls `serve` when it is ready, and
`tell_change` when the state has changed. Nothing here waits, and nothing runs without a request.
"""

import selectors
from collections.abc import Callable, Sequence
from typing import Protocol

from uncramp.control.places import Unsafe, has_sockets
from uncramp.control.steering import Steering
from uncramp.core.run.events import Event
from uncramp.session.conductor import Conductor


class Door(Protocol):
    """One kind of control: the socket, the media keys."""

    def open(self, steering: Steering, selector: selectors.BaseSelector) -> None:
        """Open it; register what to wait for with `selector`.

        Each registration has the function that handles it. Raises OSError.
        """

    @property
    def wait_s(self) -> float | None:
        """Real seconds until `drop_late` is due; None if it is not."""

    def drop_late(self) -> None:
        """Drop connections that take too long."""

    def tell_change(self) -> None:
        """Send the present state to programs that watch."""

    def close(self) -> None:
        """Close it, and delete its socket."""


class ControlHub:
    """Lets other programs steer the run of this process."""

    def __init__(
        self, conductor: Conductor, doors: Sequence[Door], toggle_night: Callable[[], None]
    ) -> None:
        """Offer the run of `conductor` through `doors`."""
        self._conductor = conductor
        self._doors = doors
        self._toggle_night = toggle_night
        self._open: list[Door] = []
        self._selector: selectors.BaseSelector | None = None
        self._is_serving = self._is_to_close = False

    def open(self, take: Callable[[tuple[Event, ...]], None]) -> str:
        """Let others steer the run; `take` gets their changes.

        Returns a sentence if that is refused because it is not safe.
        """
        self.close()
        selector = selectors.DefaultSelector()
        if not has_sockets() or not hasattr(selector, "fileno"):
            selector.close()
            return ""
        self._selector, refusal = selector, ""
        steering = Steering(self._conductor, take, self._toggle_night)
        for door in self._doors:
            try:
                door.open(steering, selector)
            except Unsafe as problem:
                refusal = f"This run cannot be steered from elsewhere: {problem}"
            except OSError:
                continue
            else:
                self._open.append(door)
        return refusal

    def fileno(self) -> int | None:
        """The descriptor to wait on; None if control is not possible."""
        return self._selector.fileno() if self._open and self._selector is not None else None  # type: ignore[attr-defined]

    @property
    def wait_s(self) -> float | None:
        """Real seconds until `serve` is due even if nothing is ready; None if it is not."""
        waits = (door.wait_s for door in self._open)
        return min((wait_s for wait_s in waits if wait_s is not None), default=None)

    def serve(self) -> None:
        """Handle everything that is ready, and answer it."""
        if self._selector is None:
            return
        self._is_serving = True
        for key, events in self._selector.select(0):
            key.data(events)
        for door in self._open:
            door.drop_late()
        self._is_serving = False
        if self._is_to_close:
            self.close()

    def tell_change(self) -> None:
        """Send the present state to programs that watch."""
        for door in self._open:
            door.tell_change()

    def close(self) -> None:
        """Close it, after finishing the answers in progress."""
        self._is_to_close = self._is_serving
        if self._is_serving:
            return
        for door in self._open:
            door.close()
        self._open.clear()
        if self._selector is not None:
            self._selector.close()
            self._selector = None
