"""Control by other programs, handled in the loop that draws the screen."""

import asyncio
from collections.abc import Callable

from uncramp.core.run.events import Event
from uncramp.session.conductor import Conductor


class ControlLink:
    """Lets other programs steer the run of a screen while that is open."""

    def __init__(
        self,
        conductor: Conductor,
        take: Callable[[tuple[Event, ...]], None],
        call_soon: Callable[[Callable[[], None]], object],
    ) -> None:
        """`take` shows their changes; `call_soon` runs a function in the screen's task."""
        self._conductor = conductor
        self._take = take
        self._call_soon = call_soon
        self._reading: int | None = None
        self._late: asyncio.TimerHandle | None = None

    def open(self) -> str:
        """Open the control. Returns a sentence if that is refused because it is not safe."""
        control = self._conductor.control
        problem = control.open(self._take) if control is not None else ""
        self._wait()
        return problem

    def tell_change(self) -> None:
        """Send the present state to programs that watch."""
        if self._conductor.control is not None:
            self._conductor.control.tell_change()

    def close(self) -> None:
        """Close the control."""
        self._stop_waiting()
        if self._conductor.control is not None:
            self._conductor.control.close()

    def _wait(self) -> None:
        control, loop = self._conductor.control, asyncio.get_running_loop()
        self._reading = control.fileno() if control is not None else None
        if control is None or self._reading is None:
            return
        loop.add_reader(self._reading, self._serve_soon)
        if control.wait_s is not None:
            self._late = loop.call_later(control.wait_s, self._serve_soon)

    def _stop_waiting(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None
        if self._reading is not None:
            asyncio.get_running_loop().remove_reader(self._reading)
            self._reading = None

    def _serve_soon(self) -> None:
        # In the screen's task, so that errors there are handled as everywhere else.
        self._stop_waiting()
        self._call_soon(self._serve)

    def _serve(self) -> None:
        if self._conductor.control is not None:
            self._conductor.control.serve()
            self._wait()
