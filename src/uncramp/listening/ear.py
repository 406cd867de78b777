"""The program's side of listening: two claps that are not its own sounds, and how loud it is."""

import sys
from collections.abc import Callable, Iterable

from uncramp.core.claps.detector import ClapPair
from uncramp.core.claps.own_sounds import counts
from uncramp.core.lazy.dataclass import replace
from uncramp.listening.ear_process import EarProcess, Launch, launched
from uncramp.listening.ear_status import EarStatus
from uncramp.listening.messages import (
    LOUDEST_LEVEL,
    Cannot,
    Level,
    Opened,
    ProgramStopped,
    Silent,
)
from uncramp.system.clocks import steady_ms
from uncramp.system.os_errors import reason_of

OPENS_WITHIN_MS = 10_000.0
"""A microphone that has not opened by then does not answer."""
STALE_MS = 1_500.0
"""Claps that were heard longer ago are not meant for this moment: the program was stopped."""

LISTENS = (
    "Listening for two claps or knocks: they do what Enter does. "
    "Nothing that is heard is kept or sent, and no speech is recognised."
)
HEARS_NOTHING = (
    "The microphone is open, but nothing has come from it yet: it may be muted, or the system may "
    "not let this terminal use it."
)
NOT_ON_WINDOWS = "Not listening: on Windows two claps cannot steer a run yet."


class Ear:
    """Listens for two claps in a separate process, while it is open."""

    def __init__(
        self,
        own_sounds: Callable[[], Iterable[tuple[float, float]]],
        *,
        tells_level: bool,
        now_ms: Callable[[], float] = steady_ms,
        launch: Launch = launched,
    ) -> None:
        """Open nothing yet.

        `own_sounds` tells from when to when the program itself sounds, in milliseconds of the
        steady clock `now_ms`. `tells_level` asks for how loud it is, for a screen.
        """
        self._own_sounds = own_sounds
        self._tells_level = tells_level
        self._now_ms = now_ms
        self._launch = launch
        self._process: EarProcess | None = None
        self._opening_since_ms: float | None = None
        words = NOT_ON_WINDOWS if sys.platform == "win32" else ""
        self.status = EarStatus(words=words)
        """What there is to show now."""
        self.was_stopped = False
        """Did it stop listening because the program was stopped? Then `open` it again."""

    @property
    def descriptor(self) -> int | None:
        """What to wait on; None while nothing listens."""
        return self._process.descriptor if self._process is not None else None

    @property
    def pid(self) -> int | None:
        """The id of the listening process; None if none runs."""
        return self._process.pid if self._process is not None else None

    @property
    def wait_s(self) -> float | None:
        """Seconds until `give_up_late` is due; None if it is not."""
        if self._opening_since_ms is None:
            return None
        return max(self._opening_since_ms + OPENS_WITHIN_MS - self._now_ms(), 0) / 1000

    def open(self) -> None:
        """Start to listen. If that fails, the status says why."""
        self.close()
        self.was_stopped = False
        try:
            self._process = EarProcess(self._launch(self._tells_level))
        except OSError as problem:
            words = f"the listening process cannot be started: {reason_of(problem)}"
            self._fail(f"Not listening: {words}.")
        else:
            self._opening_since_ms = self._now_ms()
            self.status = EarStatus()

    def read(self) -> tuple[ClapPair, ...]:
        """The pairs of claps that came, on the steady clock; call it if the descriptor is ready."""
        messages = self._process.read() if self._process is not None else ()
        if messages is None:
            self._ended()
            return ()
        pairs: list[ClapPair] = []
        for message in messages:
            match message:
                case Opened(system, microphones):
                    self._opening_since_ms = None
                    self.status = EarStatus(
                        is_listening=True, words=LISTENS, system=system, microphones=microphones
                    )
                case ProgramStopped():
                    self.close()
                    self.was_stopped, self.status = True, EarStatus()
                case Level(level):
                    self.status = replace(self.status, level=min(max(level, 0), LOUDEST_LEVEL))
                case Silent(is_silent):
                    words = HEARS_NOTHING if is_silent else LISTENS
                    self.status = replace(self.status, words=words, is_silent=is_silent)
                case Cannot(words):
                    self._fail(f"Not listening: {words}")
                case ClapPair():
                    pairs.append(message)
        return tuple(pair for pair in pairs if self._is_meant(pair))

    def give_up_late(self) -> None:
        """Stop waiting for a microphone that does not open."""
        if self.wait_s == 0:
            self._fail("Not listening: the microphone does not answer.")

    def close(self) -> None:
        """Listen no longer."""
        self._opening_since_ms = None
        if self._process is not None:
            self._process.end()
            self._process = None

    def _is_meant(self, pair: ClapPair) -> bool:
        """Is it recent, and not of the program's own sounds?"""
        is_recent = self._now_ms() - pair.second_ms <= STALE_MS
        return is_recent and counts(pair, self._own_sounds())

    def _ended(self) -> None:
        if self.status.is_listening:
            self._fail("No longer listening for claps: the listening process has ended.")
        else:
            self._fail("Not listening: the listening process ended at its start.")

    def _fail(self, words: str) -> None:
        self.close()
        self.status = EarStatus(words=words)
