"""The control by other programs, loaded only when it opens: a run begins without waiting for it."""

from collections.abc import Callable

from uncramp.core.run.events import Event
from uncramp.session.ports import ControlPort


class LateControl:
    """Lets other programs steer a run; its modules are loaded by `open`."""

    def __init__(self, make: Callable[[], ControlPort]) -> None:
        """`make` makes the real control, which loads its modules."""
        self._make = make
        self._made: ControlPort | None = None

    def open(self, take: Callable[[tuple[Event, ...]], None]) -> str:
        """Let others steer the run; see `ControlHub.open`."""
        if self._made is None:
            self._made = self._make()
        return self._made.open(take)

    def fileno(self) -> int | None:
        """The descriptor to wait on; None if control is not possible."""
        return self._made.fileno() if self._made is not None else None

    @property
    def wait_s(self) -> float | None:
        """Real seconds until `serve` is due even if nothing is ready; None if it is not."""
        return self._made.wait_s if self._made is not None else None

    def serve(self) -> None:
        """Handle everything that is ready, and answer it."""
        if self._made is not None:
            self._made.serve()

    def tell_change(self) -> None:
        """Send the present state to programs that watch."""
        if self._made is not None:
            self._made.tell_change()

    def close(self) -> None:
        """Close it."""
        if self._made is not None:
            self._made.close()
