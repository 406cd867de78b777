"""What plays sounds at their moments, as the conductor sees it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from uncramp.audio.messages import LATE_MS
from uncramp.core.lazy.dataclass import dataclass
from uncramp.core.routine.model import Sound
from uncramp.system.resources import at_night


@dataclass(frozen=True, slots=True)
class SoundStatus:
    """How sound is made at present, for the screen to show."""

    is_heard: bool
    """Has a backend proved that it has a device?"""
    backend: str | None
    """The name of what plays: `"paplay"`, `"bell"`; None if nothing does."""
    words: str
    """One or two sentences for a person."""
    details: tuple[str, ...] = ()
    """Why each of the silent backends makes no sound, for finding the cause."""
    tried: tuple[str, ...] = ()
    """The names of those backends, in the same order."""
    not_here: tuple[str, ...] = ()
    """The backends that this machine does not have."""


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
        late_ms: float = LATE_MS,
    ) -> None:
        """Start a sound when `time.monotonic() * 1000` is `steady_ms`; at once if that is past.

        `volume` is from 0 to 1. Called up to a few seconds ahead. A sound that would begin
        more than `late_ms` after its moment is not played. At night it is shaped: lower and
        softer. `instead` names the bundled sound to play if a person's own cannot be read.
        """

    def withdraw(self, from_ms: float) -> None:
        """Forget what begins at or after `from_ms` of the steady clock. What plays goes on."""

    def cancel(self) -> None:
        """Forget everything that has not begun, and silence what plays, within 50 ms."""

    def status(self) -> SoundStatus:
        """How sound is made at present."""

    def close(self, ring_out: bool = False) -> None:
        """Stop for good; with `ring_out`, wait for the last sound to end, some seconds at most."""


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
        late_ms: float = LATE_MS,
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


def sound_path(sounds: Mapping[str, Path], sound: Sound, is_night: bool) -> Path:
    """The file of a sound; `sounds` are the files of the bundled ones, by name."""
    if sound.folder is not None:
        return Path(sound.folder) / sound.name
    path = sounds.get(sound.name, Path(sound.name))
    return at_night(path) if is_night else path
