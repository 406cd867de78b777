"""Sounds that begin suddenly, and whether two of them are like claps or knocks."""

from collections.abc import Sequence
from operator import mul

from uncramp.core.claps.loudness_track import BLOCK, BLOCK_MS, LoudnessTrack, level_of
from uncramp.core.claps.tone import periodicity, strongest_tone
from uncramp.core.lazy.dataclass import dataclass

BLOCKS = 24
"""Blocks from the beginning of a strike on that are looked at: 96 ms."""
_ATTACK_BLOCKS = 8
_TONE_BLOCKS = 16
_PER_MS = BLOCK // 4

LARGEST_DIFFERENCE_DB = 9.0
LARGEST_BRIGHTNESS_DIFFERENCE_DB = 9.0
QUIETEST_DB = -38.0
"""Softer claps are not heard: keys and steps are as loud."""
LEAST_FALL_DB, LEAST_FALLS_DB = -4.0, -1.0
"""Of each, and of both together: a knock in a room may be as loud after 80 ms as it began."""
LONGEST_ATTACKS_MS = 24
"""Of both together, from a tenth to half of the power."""
MOST_PERIODIC = 1.68
MOST_IN_ONE_TONE = 1.8
MOST_TONAL = 3.25
"""Of both together: periodicity, the strongest tone's share, and the sum of these."""
RINGING_PERIODIC, RINGING_FALL_DB = 1.4, 4.0
"""What is more periodic than this and falls less, both together, is a note, not a knock."""
HISSING_PERIODIC, HISSING_FALL_DB = 1.0, -3.5
"""What is less periodic is a clap, which echoes more than it sounds where all is tiled."""
HIGHEST_OF_TABLES_HZ = 700
"""A table that is knocked on sounds lower, as one tone or nearly so."""
MOST_HIGH, MOST_HIGH_OF_BOTH = 0.65, 1.05
"""The share of a tone above that, in one and in both together: drops of water have more."""


@dataclass(frozen=True, slots=True)
class Strike:
    """A sound that begins suddenly."""

    at: int
    """The block in which it begins."""
    loudness_db: float
    """The level of its loudest 20 ms, in dB relative to full scale."""
    fall_db: float
    """How much softer it is after 72 to 96 ms than in its first 24 ms."""
    brightness_db: float
    samples: Sequence[float]
    """From the block before its beginning on."""


def strike_at(at: int, track: LoudnessTrack) -> Strike:
    """What began at block `at`, `BLOCKS` or more ago."""
    first, last = level_of(track.energy(at, at + 6)), level_of(track.energy(at + 18, at + 24))
    return Strike(
        at,
        max(track.smoothed(at, at + 8)),
        first - last,
        track.brightness_db(at, at + 4),
        track.samples(at - 1, at + _TONE_BLOCKS),
    )


def gap_ms(first: Strike, second: Strike) -> float:
    """From the beginning of one to that of the other, in milliseconds."""
    return (second.at - first.at) * BLOCK_MS


def are_claps(first: Strike, second: Strike) -> bool:
    """Are the two like each other, and like claps or knocks: sudden, short, no tone?"""
    periodic = sum(periodicity(strike.samples[5 * BLOCK :]) for strike in (first, second))
    brightness_difference = abs(first.brightness_db - second.brightness_db)
    return (
        min(first.loudness_db, second.loudness_db) >= QUIETEST_DB
        and abs(first.loudness_db - second.loudness_db) <= LARGEST_DIFFERENCE_DB
        and brightness_difference <= LARGEST_BRIGHTNESS_DIFFERENCE_DB
        and attack_ms(first) + attack_ms(second) <= LONGEST_ATTACKS_MS
        and _fall_fast(first, second, periodic)
        and not _are_tones(first, second, periodic)
    )


def attack_ms(strike: Strike) -> int:
    """The way from a tenth of the power to half of it, in milliseconds."""
    samples = strike.samples[: _ATTACK_BLOCKS * BLOCK]
    energies = [
        sum(map(mul, part, part))
        for part in (samples[at : at + _PER_MS] for at in range(0, len(samples), _PER_MS))
    ]
    most = max(energies)
    half = next(at for at, energy in enumerate(energies) if energy >= 0.5 * most)
    return half - max((at for at in range(half) if energies[at] < 0.1 * most), default=-1)


def _fall_fast(first: Strike, second: Strike, periodic: float) -> bool:
    """Do they fall as fast as a clap of their periodicity does, in a room with much echo?"""
    falls = (first.fall_db, second.fall_db)
    if periodic > RINGING_PERIODIC:
        return sum(falls) >= RINGING_FALL_DB
    if periodic < HISSING_PERIODIC:
        return sum(falls) >= 2 * HISSING_FALL_DB
    return sum(falls) >= LEAST_FALLS_DB and min(falls) >= LEAST_FALL_DB


def _are_tones(first: Strike, second: Strike, periodic: float) -> bool:
    tones = [strongest_tone(strike.samples[BLOCK:]) for strike in (first, second)]
    share = sum(tone.share for tone in tones)
    high = [tone.share for tone in tones if tone.hz > HIGHEST_OF_TABLES_HZ] or [0.0]
    return (
        periodic > MOST_PERIODIC
        or share > MOST_IN_ONE_TONE
        or share + periodic > MOST_TONAL
        or max(high) > MOST_HIGH
        or sum(high) > MOST_HIGH_OF_BOTH
    )
