"""The choice of a backend: the first that has a device, and the next one when it fails."""

import threading
from collections.abc import Callable, Iterable, Sequence

from uncramp.audio.child.backend import Backend, NoSound
from uncramp.core.lazy.dataclass import dataclass
from uncramp.system.clocks import steady_ms

PROOF_WITHIN_S = 3.0
RETRY_AFTER_MS = 5_000
RETRY_AT_MOST_MS = 600_000


@dataclass(frozen=True, slots=True)
class Choice:
    """Which backend is used, and why the better ones are not."""

    backend: str
    reasons: tuple[str, ...]
    tried: tuple[str, ...] = ()
    """The names of the backends that the reasons are about."""


class BackendChooser:
    """Backends, best first; which one is used, and when to try a better one again."""

    def __init__(
        self,
        backends: Sequence[Backend],
        tell: Callable[[Choice], None],
        now_ms: Callable[[], float] = steady_ms,
    ) -> None:
        """Choose among `backends`, the last of which never fails; `tell` gets each choice."""
        self._backends = backends
        self._tell = tell
        self._now_ms = now_ms
        self._lock = threading.Lock()
        self._used = 0
        self._reported: Choice | None = None
        self._reasons: dict[str, str] = {}
        self._is_choosing = False
        self._retry_at_ms = 0.0
        self._patience_ms = float(RETRY_AFTER_MS)
        self._chosen = threading.Event()

    def wait(self, seconds: float) -> bool:
        """Wait until a backend is chosen. Returns whether one is."""
        return self._chosen.wait(seconds)

    def choose(self) -> None:
        """Try the backends better than the current one, and use the first that works."""
        with self._lock:
            if self._is_choosing:
                return
            self._is_choosing = True
            better = self._backends[: self._used] if self._chosen.is_set() else self._backends
        found = None
        for place, backend in enumerate(better):
            try:
                _within(PROOF_WITHIN_S, backend)
            except NoSound as problem:
                self._reasons[backend.name] = str(problem)
            else:
                found = place
                break
        with self._lock:
            self._is_choosing = False
            if found is None:
                self._patience_ms = min(self._patience_ms * 2, RETRY_AT_MOST_MS)
            else:
                self._used = found
                self._patience_ms = float(RETRY_AFTER_MS)
            self._retry_at_ms = self._now_ms() + self._patience_ms
        self._chosen.set()
        self._say()

    def is_better_due(self) -> bool:
        """Is it time to try a failed backend again?"""
        with self._lock:
            is_due = self._used > 0 and self._now_ms() >= self._retry_at_ms
            return self._chosen.is_set() and is_due and not self._is_choosing

    def from_used(self) -> Iterable[Backend]:
        """The backend that is used, and those to fall back on, in order."""
        place = self._used
        while place < len(self._backends):
            yield self._backends[place]
            place = max(place + 1, self._used)

    def failed(self, backend: Backend, why: str) -> None:
        """Note that a backend made no sound, and use the next one from now on."""
        with self._lock:
            self._reasons[backend.name] = why
            place = self._backends.index(backend)
            if place == self._used and place + 1 < len(self._backends):
                self._used = place + 1
                self._retry_at_ms = self._now_ms() + self._patience_ms
        self._say()

    def _say(self) -> None:
        with self._lock:
            used = self._backends[self._used].name
            better = (backend.name for backend in self._backends[: self._used])
            tried = tuple(name for name in better if name in self._reasons)
            choice = Choice(used, tuple(self._reasons[name] for name in tried), tried)
            if choice == self._reported:
                return
            self._reported = choice
        self._tell(choice)


def _within(seconds: float, backend: Backend) -> None:
    """Test a backend in a separate thread, which is abandoned if it does not answer."""
    outcome: list[NoSound | None] = []

    def prove() -> None:
        try:
            backend.prove()
        except NoSound as problem:
            outcome.append(problem)
        except Exception as problem:  # no error in a library may end the choice
            outcome.append(NoSound(f"{backend.name}: {problem}"))
        else:
            outcome.append(None)

    thread = threading.Thread(target=prove, daemon=True)
    thread.start()
    thread.join(seconds)
    if not outcome:
        raise NoSound(f"{backend.name} did not answer within {seconds:g} s")
    if outcome[0] is not None:
        raise outcome[0]
