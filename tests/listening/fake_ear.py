"""An ear whose status a test sets, and that hears nothing."""

from uncramp.core.claps.detector import ClapPair
from uncramp.listening.ear import LISTENS
from uncramp.listening.ear_status import EarStatus


class FakeEar:
    """Listens from the beginning, to nothing."""

    descriptor = None
    wait_s = None
    was_stopped = False

    def __init__(self, level: int | None = None) -> None:
        self.status = EarStatus(is_listening=True, words=LISTENS, level=level)

    def open(self) -> None: ...

    def read(self) -> tuple[ClapPair, ...]:
        return ()

    def give_up_late(self) -> None: ...

    def close(self) -> None: ...
