"""What plays sounds at their moments, as the conductor sees it."""

from typing import Protocol

from uncramp.core.lazy.dataclass import dataclass
from uncramp.core.routine.model import Sound


@dataclass(frozen=True, slots=True)
class SoundStatus:
    """How sound is being made just now, for the screen to say."""

    is_heard: bool
    """Has a backend shown that it has a device?"""
    backend: str | None
    """The name of what plays: `"paplay"`, `"bell"`; None where nothing does."""
    words: str
    """One or two sentences for a person."""
    details: tuple[str, ...] = ()
    """What each backend said that makes no sound, for whoever looks for the cause."""
    tried: tuple[str, ...] = ()
    """The names of those that said it, in the same order."""
    not_here: tuple[str, ...] = ()
    """The names of those that this machine has not."""


class Player(Protocol):
    """Plays sounds at their moments. Nothing here blocks or raises."""

    def play_at(
        self,
        sound: Sound,
        volume: float,
        steady_ms: float,
        *,
        is_night: bool = False,
        instead: str | None = None,
    ) -> None:
        """Have a sound begin when `time.monotonic() * 1000` is `steady_ms`; at once, if past.

        `volume` is from 0 to 1. Called up to a few seconds ahead. What would be
        more than a second late is not sounded. At night it is shaped: lower and softer.
        `instead` names the bundled sound to play where a person's own cannot be read.
        """

    def withdraw(self, from_ms: float) -> None:
        """Forget what begins at `from_ms` of the steady clock or later; let ring what sounds."""

    def cancel(self) -> None:
        """Forget everything that has not begun, and silence what sounds, within 50 ms."""

    def status(self) -> SoundStatus:
        """How sound is being made just now."""

    def close(self, ring_out: bool = False) -> None:
        """Stop for good; with `ring_out`, wait until the last sound has ended, within bounds."""


class Silence:
    """A player that makes no sound: for rehearsals."""

    def __init__(self, words: str = "Sound is off.") -> None:
        """Make no sound, and say why in `words`."""
        self._status = SoundStatus(False, None, words)

    def play_at(
        self,
        sound: Sound,
        volume: float,
        steady_ms: float,
        *,
        is_night: bool = False,
        instead: str | None = None,
    ) -> None:
        """Do nothing."""

    def withdraw(self, from_ms: float) -> None:
        """Do nothing."""

    def cancel(self) -> None:
        """Do nothing."""

    def status(self) -> SoundStatus:
        """Say that sound is off."""
        return self._status

    def close(self, ring_out: bool = False) -> None:
        """Do nothing."""
