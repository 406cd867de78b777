"""How loud each sound is played: the person's own volume, never above the system's."""

import math
from collections.abc import Mapping
from enum import StrEnum

from uncramp.core.lazy.dataclass import dataclass, field, replace

LOUDEST = 100
STEP = 5
"""How much one key press changes the volume."""
QUIET = 30
"""What `quiet` leaves of the volume, in percent."""
_HALF_AS_LOUD = 1 / (2 * math.log10(2))


class Hush(StrEnum):
    """A temporary reduction that leaves the set volume alone."""

    NONE = "none"
    QUIET = "quiet"
    MUTED = "muted"


def gain(share: float) -> float:
    """The amplitude, 0 to 1, that is heard as `share` of full loudness.

    Half the share is 10 dB less, which most people call half as loud (Stevens, 1955).
    """
    return math.pow(min(max(share, 0.0), 1.0), _HALF_AS_LOUD)


@dataclass(frozen=True, slots=True)
class Loudness:
    """A person's volumes, 0 to 100, in steps that sound equal."""

    volume: int = LOUDEST
    """Of everything."""
    volumes: Mapping[str, int] = field(default_factory=dict)
    """For each kind of cue and the voice, in addition; full if not named."""
    night_volume: int = LOUDEST
    """In addition, at night."""
    is_night: bool = False
    hush: Hush = Hush.NONE

    @property
    def is_muted(self) -> bool:
        """Is nothing heard at all?"""
        return self._share == 0

    def of(self, kind: str) -> float:
        """The amplitude, 0 to 1, for a kind: of a cue, of a signal, or `voice`."""
        return gain(self._share * self.volumes.get(kind, LOUDEST) / LOUDEST)

    def changed(self, by: int) -> "Loudness":
        """The same, louder or softer; at night the night volume changes.

        Louder first ends quiet or muted. Softer never does: nothing is heard louder after it.
        """
        if by > 0 and self.hush is not Hush.NONE:
            return replace(self, hush=Hush.NONE)
        if self.hush is Hush.MUTED:
            return self
        if self.is_night:
            return replace(self, night_volume=_within(self.night_volume + by))
        return replace(self, volume=_within(self.volume + by))

    def hushed(self) -> "Loudness":
        """The same, with the next of quiet, muted, neither."""
        order = (Hush.NONE, Hush.QUIET, Hush.MUTED, Hush.NONE)
        return replace(self, hush=order[order.index(self.hush) + 1])

    @property
    def present(self) -> int:
        """The volume that keys change: the night volume at night."""
        return self.night_volume if self.is_night else self.volume

    @property
    def words(self) -> str:
        """A few words for the screen: `Volume 80.`"""
        if self.hush is Hush.MUTED:
            return "Muted."
        which = f"{'Night volume' if self.is_night else 'Volume'} {self.present}"
        return f"{which}, quiet." if self.hush is Hush.QUIET else f"{which}."

    @property
    def _share(self) -> float:
        share = self.volume / LOUDEST
        if self.is_night:
            share *= self.night_volume / LOUDEST
        match self.hush:
            case Hush.MUTED:
                return 0.0
            case Hush.QUIET:
                return share * QUIET / LOUDEST
        return share


def _within(volume: int) -> int:
    return min(max(volume, 0), LOUDEST)
