"""A player that makes no sound and remembers its calls."""

from dataclasses import dataclass

from uncramp.audio.messages import LATE_MS
from uncramp.audio.player import SoundStatus
from uncramp.core.routine.model import Sound


@dataclass(frozen=True, slots=True)
class PlayCall:
    """A sound that a RecordingPlayer was asked for."""

    sound: Sound
    volume: float
    steady_ms: float
    is_night: bool = False
    instead: str | None = None
    late_ms: float = LATE_MS


@dataclass(frozen=True, slots=True)
class WithdrawCall:
    """A call to forget what begins at or after a moment."""

    from_ms: float


@dataclass(frozen=True, slots=True)
class CancelCall:
    """A call to be silent."""


@dataclass(frozen=True, slots=True)
class CloseCall:
    """A call to stop for good."""

    ring_out: bool


class RecordingPlayer:
    """A player that makes no sound and remembers its calls."""

    def __init__(self) -> None:
        self.calls: list[PlayCall | WithdrawCall | CancelCall | CloseCall] = []

    @property
    def played(self) -> list[PlayCall]:
        return [call for call in self.calls if isinstance(call, PlayCall)]

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
        self.calls.append(PlayCall(sound, volume, steady_ms, is_night, instead, late_ms))

    def withdraw(self, from_ms: float) -> None:
        self.calls.append(WithdrawCall(from_ms))

    def cancel(self) -> None:
        self.calls.append(CancelCall())

    def status(self) -> SoundStatus:
        return SoundStatus(True, "recording", "Sound: remembered, not played.")

    def close(self, ring_out: bool = False) -> None:
        self.calls.append(CloseCall(ring_out))
