"""Finds two claps, or two knocks on a table, in what a microphone hears.

Samples are looked at in blocks of 4 ms. A block that is suddenly louder begins a strike. Two
strikes are two claps if they are like claps and like each other (`strike.py`), and if there is
quiet before, between and after them: so three claps, applause and speech do not count. How long
the quiet after them must be depends on how far the two are apart, because a third clap would
come at the same pace. Whether it was quiet in the seconds before them is judged later, by
`own_sounds.py`: what was heard then may have been the program itself.
"""

from array import array
from collections import deque

from uncramp.core.claps.loudness_track import BLOCK, BLOCK_MS, RATE_HZ, LoudnessTrack, level_of
from uncramp.core.claps.strike import BLOCKS, Strike, are_claps, gap_ms, strike_at
from uncramp.core.lazy.dataclass import dataclass

__all__ = ["RATE_HZ", "ClapDetector", "ClapPair"]

SHORTEST_GAP_MS = 110
LONGEST_GAP_MS = 450
QUIET_BEFORE_MS = 1_000
"""No other strike like them may be nearer before the first."""
USUAL_GAP_MS = 250
USUAL_WAIT_MS = 276
"""The quiet after the second of two claps no farther apart than usual; known within 300 ms."""
WAIT_PER_GAP = 1.25
"""The quiet after others, as a multiple of their gap."""
DISTURBING_DB = 10.0
"""A strike that is less than this below the claps is one more sound like them."""
SAME_STRIKE = 15
"""Blocks: what begins sooner after the beginning of a strike belongs to it."""
RESTLESS_MS, RESTLESS_DB = 3_000, 16.0
"""Strikes in this time before the two that are less than this below them are unrest."""
REMEMBERED_BLOCKS = BLOCKS + round((RESTLESS_MS + LONGEST_GAP_MS) / BLOCK_MS)
METER_BLOCKS = 25

CALM_BLOCKS = 60
"""Before the first clap: 240 ms."""
LEAST_CALM_BEFORE_DB = 4.5
LEAST_CALM_DB = 3.0
"""How far below the softer clap it must be just before the second, and at the end."""
REBOUND_WITHIN_DB = 12.0
"""A rise is a disturbance if it comes this near to the softer clap."""
REBOUND_BEFORE_DB = 5.0
REBOUND_BETWEEN_DB = 7.0
REBOUND_AFTER_DB = 6.0


@dataclass(frozen=True, slots=True)
class ClapPair:
    """Two claps, by when they began: milliseconds of one clock.

    The detector's begins with the first sample that it was given. They count only if what was
    heard before them was the program itself (`own_sounds.py`).
    """

    first_ms: float
    second_ms: float
    like_them_ms: tuple[float, ...] = ()
    """When there were other strikes like them, in the second before."""
    unrest_ms: tuple[float, ...] = ()
    """When there were other strikes, softer ones too, in the three seconds before."""

    def moved(self, by_ms: float) -> "ClapPair":
        """The same on a clock that shows `by_ms` more."""
        return ClapPair(
            self.first_ms + by_ms,
            self.second_ms + by_ms,
            tuple(at_ms + by_ms for at_ms in self.like_them_ms),
            tuple(at_ms + by_ms for at_ms in self.unrest_ms),
        )


class ClapDetector:
    """Finds two claps in samples of one channel at `RATE_HZ`."""

    def __init__(self) -> None:
        """Start hearing: the first sample is at 0 ms."""
        self._waiting: array[int] = array("h")
        self._track = LoudnessTrack()
        self._begun: deque[int] = deque()
        self._strikes: deque[Strike] = deque()
        self._waiting_pair: tuple[Strike, Strike, ClapPair] | None = None
        """The last two, until it is certain that there is no third."""

    @property
    def level_db(self) -> float:
        """How loud the last 100 ms were, in dB relative to full scale: 0 is that, -90 silence."""
        count = self._track.count
        return level_of(self._track.energy(count - METER_BLOCKS, count))

    def hear(self, samples: "array[int]") -> tuple[ClapPair, ...]:
        """Take signed samples of 16 bits, any number of them; the pairs that are over now."""
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
        track, begun = self._track, self._begun
        if track.hear(block) and not (begun and track.count - 1 - begun[-1] < SAME_STRIKE):
            begun.append(track.count - 1)
        if begun and track.count - begun[0] == BLOCKS:
            self._take(strike_at(begun.popleft(), track))
        if self._strikes and track.count - self._strikes[0].at > REMEMBERED_BLOCKS:
            self._strikes.popleft()
        return self._certain_pair() if self._waiting_pair else None

    def _take(self, strike: Strike) -> None:
        """Keep a strike, and see whether it ends a pair or disturbs one."""
        strikes = self._strikes
        rivals = [other for other in strikes if other.loudness_db > _disturbing(strike)]
        strikes.append(strike)
        if self._waiting_pair and strike.loudness_db > _disturbing(*self._waiting_pair[:2]):
            self._waiting_pair = None
        if rivals and SHORTEST_GAP_MS <= gap_ms(rivals[-1], strike) <= LONGEST_GAP_MS:
            self._waiting_pair = rivals[-1], strike, self._pair_of(rivals[-1], strike)

    def _pair_of(self, first: Strike, second: Strike) -> ClapPair:
        """The two, with the strikes like them, and softer ones, before them."""
        before = [other for other in self._strikes if other.at < first.at]
        near = [other for other in before if gap_ms(other, first) <= QUIET_BEFORE_MS]
        softer = _disturbing(first, second) + DISTURBING_DB - RESTLESS_DB
        return ClapPair(
            first.at * BLOCK_MS,
            second.at * BLOCK_MS,
            tuple(o.at * BLOCK_MS for o in near if o.loudness_db > _disturbing(second)),
            tuple(o.at * BLOCK_MS for o in before if o.loudness_db > softer),
        )

    def _certain_pair(self) -> ClapPair | None:
        """The pair that waits, if the quiet after it has been long enough."""
        assert self._waiting_pair is not None
        first, second, pair = self._waiting_pair
        now = self._track.count
        if (now - second.at) * BLOCK_MS < _wait_ms(gap_ms(first, second)):
            return None
        self._waiting_pair = None
        disturbing_db = _disturbing(first, second)
        if any(
            max(self._track.smoothed(begun, now), default=0.0) > disturbing_db
            for begun in self._begun
        ):
            return None
        is_found = self._is_calm(first, second) and are_claps(first, second)
        return pair if is_found else None

    def _is_calm(self, first: Strike, second: Strike) -> bool:
        """Is it quiet before the two, between them and after them, apart from their echo?"""
        now = self._track.count
        softer_db = min(first.loudness_db, second.loudness_db)
        before = self._track.smoothed(first.at - CALM_BLOCKS, first.at - 2)
        between = self._track.smoothed(first.at + 8, second.at - 2)
        after = self._track.smoothed(second.at + 8, now)
        return (
            softer_db - max(before, default=-90.0) >= LEAST_CALM_BEFORE_DB
            and softer_db - max(between[-6:]) >= LEAST_CALM_DB
            and softer_db - max(after[-8:]) >= LEAST_CALM_DB
            and _rebound(before, softer_db) <= REBOUND_BEFORE_DB
            and _rebound(between, softer_db) <= REBOUND_BETWEEN_DB
            and _rebound(after, softer_db) <= REBOUND_AFTER_DB
        )


def _wait_ms(gap_ms: float) -> float:
    """How long a third clap is waited for, at the pace of the two."""
    return USUAL_WAIT_MS if gap_ms <= USUAL_GAP_MS else WAIT_PER_GAP * gap_ms


def _disturbing(*strikes: Strike) -> float:
    return min(strike.loudness_db for strike in strikes) - DISTURBING_DB


def _rebound(levels: list[float], softer_db: float) -> float:
    """How far a level rises above a lower one before it; an echo only falls."""
    lowest, most = 0.0, 0.0
    for level in levels:
        lowest = min(lowest, level)
        if level > softer_db - REBOUND_WITHIN_DB:
            most = max(most, level - lowest)
    return most
