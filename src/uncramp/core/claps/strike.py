"""Sudden short sounds: where one begins, and whether it is like a clap or a knock."""

from collections.abc import Sequence
from math import log10

from uncramp.core.lazy.dataclass import dataclass

RATE_HZ = 16_000
"""Samples a second, of one channel."""
BLOCK = 64
"""Samples; levels are measured over this many."""
BLOCK_MS = BLOCK * 1000 / RATE_HZ
BEFORE = 5
"""Blocks before a strike that are looked at."""
AFTER = 24
"""Blocks from the beginning of a strike on that are looked at: 96 ms."""

QUIETEST_PEAK_DB = -52.0
LEAST_RISE_DB = 8.0
LEAST_FALL_SOON_DB = 5.0
LEAST_FALL_DB = 9.0
_NOTHING = 1e-9


@dataclass(frozen=True, slots=True)
class Strike:
    """A sound that begins suddenly."""

    at: int
    """The block in which it begins, counted from the first one ever heard."""
    peak_db: float
    """The level of its loudest block, in dB relative to full scale."""
    is_clap: bool
    """Is it like a clap or a knock?"""


def block_level_db(energy: float) -> float:
    """The level of a block with this sum of squares, in dB relative to full scale."""
    return 10 * log10(energy / (BLOCK * 32_768.0**2) + _NOTHING)


def strike_of(at: int, levels: Sequence[float]) -> Strike:
    """Judge what begins at block `at`; `levels` are from `BEFORE` blocks before to `AFTER` on."""
    peak = max(levels[BEFORE : BEFORE + 4])
    before = max(levels[: BEFORE - 1])
    soon = sum(levels[BEFORE + 9 : BEFORE + 13]) / 4
    later = sum(levels[BEFORE + AFTER - 5 : BEFORE + AFTER]) / 5
    is_clap = (
        peak >= QUIETEST_PEAK_DB
        and peak - before >= LEAST_RISE_DB
        and peak - soon >= LEAST_FALL_SOON_DB
        and peak - later >= LEAST_FALL_DB
    )
    return Strike(at, peak, is_clap)
