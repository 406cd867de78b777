"""What the program sounds itself, so that it does not obey its own chimes and its own voice."""

from collections import deque

from uncramp.core.claps.detector import ClapPair

EARLY_MS = 60.0
"""How much sooner than planned a sound may begin: players are started early."""
LATE_MS = 450.0
"""How much longer a sound may be heard: latency of the player and the microphone, and echo."""
_KEPT = 256
"""Spans; a run gives a few cues ahead, and only the latest can still be heard."""


class OwnSounds:
    """The spans in which the program sounds, on the clock of the pairs."""

    def __init__(self) -> None:
        """Nothing has sounded."""
        self._spans: deque[tuple[float, float]] = deque(maxlen=_KEPT)

    def sounded(self, from_ms: float, to_ms: float) -> None:
        """Note that a sound is played from `from_ms` to `to_ms`; it may lie ahead."""
        self._spans.append((from_ms - EARLY_MS, to_ms + LATE_MS))

    def is_own(self, pair: ClapPair) -> bool:
        """Does a clap of the pair lie where the program sounded?"""
        return any(
            first <= at <= last
            for first, last in self._spans
            for at in (pair.first_ms, pair.second_ms)
        )
