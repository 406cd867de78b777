"""What the program sounds itself, so that it does not obey its own chimes and its own voice.

Its own sounds are no claps, and no unrest before claps either: two claps count as soon as a
sound and its echo are over.
"""

from collections.abc import Iterable

from uncramp.core.claps.detector import ClapPair

EARLY_MS = 60.0
"""How much sooner than planned a sound may begin: players are started early."""
LATE_MS = 450.0
"""How much longer a sound may be heard: latency of the player and the microphone, and echo."""
RESTLESS_STRIKES = 3
"""If there were so many strikes just before the two, something splashes or drums."""


def counts(pair: ClapPair, own_sounds: Iterable[tuple[float, float]]) -> bool:
    """Are they two claps of a person, with nothing before them but the program's own sounds?

    `own_sounds` are from when to when the program sounds, in milliseconds of the pair's clock.
    """
    spans = [(from_ms - EARLY_MS, to_ms + LATE_MS) for from_ms, to_ms in own_sounds]

    def others(moments_ms: Iterable[float]) -> int:
        return sum(not any(first <= at <= last for first, last in spans) for at in moments_ms)

    return (
        others((pair.first_ms, pair.second_ms)) == 2
        and others(pair.like_them_ms) == 0
        and others(pair.unrest_ms) < RESTLESS_STRIKES
    )
