"""What a player sounds and when, so that the program does not hear itself."""

import threading
import wave
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from uncramp.audio.messages import LATE_MS
from uncramp.audio.player import Player, SoundStatus, sound_path
from uncramp.core.lazy.dataclass import dataclass, replace
from uncramp.core.routine.model import Sound
from uncramp.system import clocks

LONGEST_MS = 60_000.0
"""No sound is played for longer."""
BELL_MS = 1_500.0
"""The bell of a terminal rings for less, whatever sound it is."""
SILENT_WITHIN_MS = 100.0
"""What plays is silent so soon after it was cancelled."""
_KEPT_MS = 10_000.0
"""What is heard counts for some seconds: see `core/claps`."""
_LEAST_BYTES_PER_S = 4_000
"""FLAC, MP3 and OGG have more for each second of sound: 32 kbit/s."""


@dataclass(frozen=True, slots=True)
class _Sounded:
    from_ms: float
    to_ms: float


class SoundLog:
    """Another player, with a log of when it sounds. Used by several threads."""

    def __init__(self, player: Player, sounds: Mapping[str, Path]) -> None:
        """Play by `player`; `sounds` are the files of the bundled sounds, by name."""
        self._player = player
        self._sounds = sounds
        self._sounded: list[_Sounded] = []
        self._lock = threading.Lock()

    def spans(self) -> tuple[tuple[float, float], ...]:
        """From when to when it sounds or will sound, in milliseconds of the steady clock."""
        with self._lock:
            return tuple((one.from_ms, one.to_ms) for one in self._sounded)

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
        """Start a sound at a moment of the steady clock; see `Player`."""
        now_ms = clocks.steady_ms()
        path = sound_path(self._sounds, sound, is_night)
        lengths = [length_ms(path)]
        if instead is not None:
            lengths.append(length_ms(sound_path(self._sounds, Sound(instead), is_night)))
        backend = self._player.status().backend
        if backend == "bell":
            lengths.append(BELL_MS)
        # Before a backend is chosen, sounds begin late.
        slack_ms = late_ms if backend is None else 0.0
        begins_ms = max(steady_ms, now_ms)
        with self._lock:
            self._sounded = [one for one in self._sounded if one.to_ms > now_ms - _KEPT_MS]
            self._sounded.append(_Sounded(begins_ms, begins_ms + max(lengths) + slack_ms))
        self._player.play_at(
            sound, volume, steady_ms, is_night=is_night, instead=instead, late_ms=late_ms
        )

    def withdraw(self, from_ms: float) -> None:
        """Forget what begins at or after `from_ms` of the steady clock. What plays goes on."""
        with self._lock:
            self._sounded = [one for one in self._sounded if one.from_ms < from_ms]
        self._player.withdraw(from_ms)

    def cancel(self) -> None:
        """Forget everything that has not begun, and silence what plays."""
        now_ms = clocks.steady_ms()
        silent_ms = now_ms + SILENT_WITHIN_MS
        with self._lock:
            self._sounded = [
                replace(one, to_ms=min(one.to_ms, silent_ms))
                for one in self._sounded
                if one.from_ms <= silent_ms
            ]
        self._player.cancel()

    def status(self) -> SoundStatus:
        """How sound is made at present."""
        return self._player.status()

    def close(self, ring_out: bool = False) -> None:
        """Stop for good; see `Player`."""
        self._player.close(ring_out)


@lru_cache(maxsize=512)
def length_ms(path: Path) -> float:
    """How long a file sounds, in milliseconds; never too short, but perhaps too long.

    Only the beginning of a WAV is read. What cannot be read does not sound.
    """
    unread = suppress(OSError, EOFError, wave.Error, ZeroDivisionError)
    with unread, wave.open(str(path), "rb") as file:
        return min(file.getnframes() / file.getframerate() * 1000, LONGEST_MS)
    with suppress(OSError):
        return min(path.stat().st_size / _LEAST_BYTES_PER_S * 1000, LONGEST_MS)
    return 0.0
