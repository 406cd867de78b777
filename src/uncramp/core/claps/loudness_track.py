"""What was heard in the last seconds: levels of blocks, and where one is sudden."""

from array import array
from collections import deque
from itertools import accumulate, chain, islice
from math import log10
from operator import mul, sub

RATE_HZ = 16_000
"""Samples a second, of one channel."""
BLOCK = 64
"""Samples; levels are measured over this many."""
BLOCK_MS = BLOCK * 1000 / RATE_HZ
KEPT_BLOCKS = 400
"""Levels are kept for this many blocks at least, and at most twice as many."""
KEPT_SAMPLES = 32
"""Samples are kept for this many blocks."""

_KEEP = 0.93
"""The pole of the high-pass, which removes DC and most of what hums: 185 Hz."""
_FULL = BLOCK * 32_768.0**2
_NOTHING = 1e-9
_SMOOTHED = 5
"""Blocks, for the level that ripples less: 20 ms."""

OVER_FLOOR_DB = 8.0
OVER_BEFORE_DB = 3.0
"""A sudden block is this much above the loudest of the 48 ms before it, except the last block."""
RISE_DB = 6.0
"""It is this much above the mean of 12 to 24 ms before it."""
_BEFORE = 12
FLOOR_RISE_DB = 0.04
"""In each block: 10 dB a second."""
FLOOR_FALL = 0.08
"""The part of the way that the floor falls in each block."""


def level_of(energy: float) -> float:
    """The level of a block with this sum of squares, in dB relative to full scale; -90 is none."""
    return 10 * log10(energy / _FULL + _NOTHING)


class Band:
    """The levels of a part of the spectrum, over a floor of noise that follows them."""

    def __init__(self) -> None:
        """Nothing was heard."""
        self.levels: list[float] = []
        self._floor = 0.0

    def is_sudden(self, level: float) -> bool:
        """Take the next block's level; is it suddenly louder?"""
        levels = self.levels
        floor = self._floor if levels else level
        is_sudden = (
            len(levels) > _BEFORE
            and level >= floor + OVER_FLOOR_DB
            and level >= max(levels[-_BEFORE:-1]) + OVER_BEFORE_DB
            and level >= sum(levels[-6:-2]) / 4 + RISE_DB
        )
        change = FLOOR_RISE_DB if level > floor else (level - floor) * FLOOR_FALL
        self._floor = floor + change
        levels.append(level)
        return is_sudden


class LoudnessTrack:
    """The blocks of the last seconds, each named by its number since the first."""

    def __init__(self) -> None:
        """Nothing was heard."""
        self.count = 0
        """The number of blocks that were heard."""
        self._first = 0
        self._last: float | None = None
        self._filtered = 0.0
        self._blocks: deque[list[float]] = deque(maxlen=KEPT_SAMPLES)
        self._energies: list[float] = []
        self._whole: list[float] = []
        self._low = Band()
        self._bright = Band()

    def hear(self, block: "array[int]") -> bool:
        """Take the next `BLOCK` samples; are they suddenly louder than those before?"""
        heard = self._without_hum(block)
        before = heard[0]
        # From how alike neighbours are follow the energies of what is low and what is bright.
        by_one = sum(map(mul, heard, heard[1:]))
        by_two = sum(map(mul, heard, heard[2:]))
        by_three = sum(map(mul, heard, heard[3:]))
        energy = sum(map(mul, heard, heard)) - before * before
        low = (4 * energy + 6 * by_one + 4 * by_two + 2 * by_three) / 16
        bright = 2 * (energy - by_one)
        is_low = self._low.is_sudden(level_of(max(0.0, low)))
        is_bright = self._bright.is_sudden(level_of(max(0.0, bright)))
        del heard[0]
        self._blocks.append(heard)
        self._energies.append(energy)
        self._whole.append(level_of(max(0.0, sum(self._energies[-_SMOOTHED:])) / _SMOOTHED))
        self.count += 1
        if len(self._energies) >= 2 * KEPT_BLOCKS:
            self._forget()
        return is_low or is_bright

    def energy(self, begin: int, end: int) -> float:
        """The mean energy of the blocks from `begin` on, before `end`."""
        part = self._energies[max(0, begin - self._first) : max(0, end - self._first)]
        return max(0.0, sum(part) / len(part)) if part else 0.0

    def smoothed(self, begin: int, end: int) -> list[float]:
        """The levels, each over 20 ms, of the blocks from `begin` on, before `end`."""
        return self._whole[max(0, begin - self._first) : max(0, end - self._first)]

    def brightness_db(self, begin: int, end: int) -> float:
        """The level of what is bright over that of everything, for these blocks."""
        bright = self._bright.levels[max(0, begin - self._first) : max(0, end - self._first)]
        energy = sum(10 ** (level / 10) for level in bright) / max(1, len(bright)) * _FULL
        return level_of(energy) - level_of(self.energy(begin, end))

    def samples(self, begin: int, end: int) -> list[float]:
        """The samples, without hum, of the blocks from `begin` on, before `end`.

        Only those of the last `KEPT_SAMPLES` blocks are still there.
        """
        first = self.count - len(self._blocks)
        blocks = islice(self._blocks, max(0, begin - first), max(0, end - first))
        return [value for block in blocks for value in block]

    def _without_hum(self, block: "array[int]") -> list[float]:
        """The last sample before the block, then the block, through the high-pass."""
        last = block[0] if self._last is None else self._last
        steps = map(sub, block, chain((last,), block))
        heard: list[float] = list(
            accumulate(steps, lambda held, step: _KEEP * held + step, initial=self._filtered)
        )
        self._last, self._filtered = block[-1], heard[-1]
        return heard

    def _forget(self) -> None:
        self._first += KEPT_BLOCKS
        for kept in (self._energies, self._whole, self._low.levels, self._bright.levels):
            del kept[:KEPT_BLOCKS]
