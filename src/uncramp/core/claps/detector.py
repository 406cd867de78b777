"""Finds two claps, or two knocks on a table, in what a microphone hears.

Samples are looked at in blocks of 4 ms. A block that is suddenly louder begins a strike
(`strike.py`). Two strikes are two claps if both are like a clap, one is about as loud as the
other, and there is quiet before, between and after them: so three claps, applause and most of
speech do not count. How long the quiet after them must be depends on how far the two
are apart, because a third clap would come at the same pace.
"""

from array import array
from collections import deque
from itertools import accumulate, chain
from operator import mul, sub

from uncramp.core.claps.strike import (
    AFTER,
    BEFORE,
    BLOCK,
    BLOCK_MS,
    RATE_HZ,
    Strike,
    block_level_db,
    strike_of,
)
from uncramp.core.lazy.dataclass import dataclass

__all__ = ["RATE_HZ", "ClapDetector", "ClapPair"]

SHORTEST_GAP_MS = 120
LONGEST_GAP_MS = 450
QUIET_BEFORE_MS = 600
"""No other strike as loud as the claps may be nearer before the first."""
SHORTEST_WAIT_MS = 200
WAIT_PER_GAP = 1.15
"""The quiet after the second clap, as a multiple of the gap between the two."""
UNLIKE_DB = 9.0
"""Two claps of a person differ less in loudness."""
DISTURBING_DB = 10.0
"""A strike that is less than this below the claps is one more sound like them."""
ONSET_RISE_DB = 6.0
ONSET_OVER_FLOOR_DB = 8.0
SAME_STRIKE = 5
"""Blocks: what begins sooner after the beginning of a strike belongs to it."""
FLOOR_RISE_DB = 0.04
"""In each block: 10 dB a second."""
FLOOR_FALL = 0.08
"""The part of the way that the floor falls in each block."""
METER_BLOCKS = 25
_KEEP = 0.93
"""The pole of the high-pass, which removes DC and most of what hums: 185 Hz."""


@dataclass(frozen=True, slots=True)
class ClapPair:
    """Two claps, by when they began: milliseconds since the first sample ever given."""

    first_ms: float
    second_ms: float


class ClapDetector:
    """Finds two claps in samples of one channel at `RATE_HZ`."""

    def __init__(self) -> None:
        """Start hearing: the first sample is at 0 ms."""
        self._waiting: array[int] = array("h")
        self._blocks = 0
        self._last: float | None = None
        self._filtered = 0.0
        self._energies: deque[float] = deque(maxlen=METER_BLOCKS)
        self._levels: deque[float] = deque(maxlen=BEFORE + AFTER)
        self._floor: float | None = None
        self._begun: deque[int] = deque()
        self._strikes: deque[Strike] = deque()
        self._pair: tuple[Strike, Strike] | None = None

    @property
    def level_db(self) -> float:
        """How loud the last 100 ms were, in dB relative to full scale: -90 is silence."""
        energies = self._energies
        return block_level_db(sum(energies) / len(energies)) if energies else block_level_db(0)

    def hear(self, samples: "array[int]") -> tuple[ClapPair, ...]:
        """Take signed samples of 16 bits, any number of them; the pairs that are certain now."""
        waiting = self._waiting
        waiting.extend(samples)
        found = []
        at = 0
        for at in range(BLOCK, len(waiting) + 1, BLOCK):
            if pair := self._hear_block(waiting[at - BLOCK : at]):
                found.append(pair)
        del waiting[:at]
        return tuple(found)

    def _hear_block(self, block: "array[int]") -> ClapPair | None:
        energy = self._energy(block)
        self._energies.append(energy)
        level = block_level_db(energy)
        self._note_onset(level)
        self._levels.append(level)
        self._blocks += 1
        if self._begun and self._blocks - self._begun[0] >= AFTER:
            self._judge(self._begun.popleft())
        return self._certain_pair()

    def _energy(self, block: "array[int]") -> float:
        last = block[0] if self._last is None else self._last
        steps = map(sub, block, chain((last,), block))
        heard: list[float] = list(
            accumulate(steps, lambda held, step: _KEEP * held + step, initial=self._filtered)
        )
        self._last, self._filtered = block[-1], heard[-1]
        del heard[0]
        return float(sum(map(mul, heard, heard)))

    def _note_onset(self, level: float) -> None:
        levels = self._levels
        if self._floor is None:
            self._floor = level
        floor = self._floor
        if (
            len(levels) >= BEFORE
            and level >= floor + ONSET_OVER_FLOOR_DB
            and level - max(levels[-4], levels[-3], levels[-2]) >= ONSET_RISE_DB
            and not (self._begun and self._blocks - self._begun[-1] < SAME_STRIKE)
        ):
            self._begun.append(self._blocks)
        self._floor = (
            floor + FLOOR_RISE_DB if level > floor else floor + (level - floor) * FLOOR_FALL
        )

    def _judge(self, at: int) -> None:
        strike = strike_of(at, tuple(self._levels))
        strikes = self._strikes
        while strikes and (at - strikes[0].at) * BLOCK_MS > QUIET_BEFORE_MS + LONGEST_GAP_MS:
            strikes.popleft()
        rivals = [s for s in strikes if s.peak_db > strike.peak_db - DISTURBING_DB]
        if self._pair and strike.peak_db > self._pair[0].peak_db - DISTURBING_DB:
            self._pair = None
        if rivals and self._are_two_claps(rivals, strike):
            self._pair = rivals[-1], strike
        strikes.append(strike)

    def _are_two_claps(self, rivals: list[Strike], second: Strike) -> bool:
        first = rivals[-1]
        return (
            first.is_clap
            and second.is_clap
            and abs(first.peak_db - second.peak_db) <= UNLIKE_DB
            and SHORTEST_GAP_MS <= (second.at - first.at) * BLOCK_MS <= LONGEST_GAP_MS
            and not any(
                (first.at - other.at) * BLOCK_MS <= QUIET_BEFORE_MS for other in rivals[:-1]
            )
        )

    def _certain_pair(self) -> ClapPair | None:
        if self._pair is None:
            return None
        first, second = self._pair
        wait_ms = max(SHORTEST_WAIT_MS, WAIT_PER_GAP * (second.at - first.at) * BLOCK_MS)
        if (self._blocks - second.at) * BLOCK_MS < wait_ms:
            return None
        if any(
            at > second.at and self._levels[at - self._blocks] > second.peak_db - DISTURBING_DB
            for at in self._begun
        ):
            return None
        self._pair = None
        return ClapPair(first.at * BLOCK_MS, second.at * BLOCK_MS)
