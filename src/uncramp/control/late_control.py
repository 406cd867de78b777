"""The ways in from elsewhere, loaded when they open: a run begins without waiting for them."""

from collections.abc import Callable

from uncramp.core.run.events import Event
from uncramp.session.ports import ControlPort


class LateControl:
    """What lets other programs steer a run, made when it is opened."""

    def __init__(self, make: Callable[[], ControlPort]) -> None:
        """`make` makes it, which loads its modules."""
        self._make = make
        self._made: ControlPort | None = None

    def open(self, take: Callable[[tuple[Event, ...]], None]) -> str:
        """Let others steer the run; see `ControlHub.open`."""
        if self._made is None:
            self._made = self._make()
        return self._made.open(take)

    def fileno(self) -> int | None:
        """What is to be waited on; None where nobody can ask."""
        return self._made.fileno() if self._made is not None else None

    @property
    def wait_s(self) -> float | None:
        """Real seconds until `serve` is due though nothing is ready; None where it is not."""
        return self._made.wait_s if self._made is not None else None

    def serve(self) -> None:
        """Take all that is ready, and answer it."""
        if self._made is not None:
            self._made.serve()

    def tell_change(self) -> None:
        """Tell who looks on what there is to see now."""
        if self._made is not None:
            self._made.tell_change()

    def close(self) -> None:
        """Let in nobody any more."""
        if self._made is not None:
            self._made.close()
