"""How much like a tone a short sound is: a voice and a chime are, a clap is not."""

from cmath import exp
from collections.abc import Sequence
from math import cos, pi, sqrt
from operator import mul

from uncramp.core.claps.loudness_track import RATE_HZ
from uncramp.core.lazy.dataclass import dataclass

SPECTRUM_SAMPLES = 256
_LOWEST_BIN, _HIGHEST_BIN = 2, 104
"""125 to 6,400 Hz: below is hum, above most microphones hear little."""
_WINDOW = tuple(0.5 - 0.5 * cos(2 * pi * at / SPECTRUM_SAMPLES) for at in range(SPECTRUM_SAMPLES))
_COARSER = 4
_PERIODS = range(10, 51)
"""Of samples that are four times as far apart: 400 to 80 Hz, as voices have."""


@dataclass(frozen=True, slots=True)
class StrongestTone:
    """The strongest frequency of a sound."""

    hz: float
    share: float
    """The part of the power that is at this frequency and beside it, 0 to 1."""


def strongest_tone(samples: Sequence[float]) -> StrongestTone:
    """The strongest frequency in the first `SPECTRUM_SAMPLES`, 16 ms."""
    windowed = [complex(value) for value in map(mul, samples[:SPECTRUM_SAMPLES], _WINDOW)]
    # One more, so that digital silence has a spectrum too.
    powers = [abs(value) ** 2 + 1 for value in _fourier(windowed)[_LOWEST_BIN:_HIGHEST_BIN]]
    at = powers.index(max(powers))
    share = sum(powers[max(0, at - 1) : at + 2]) / sum(powers)
    return StrongestTone((_LOWEST_BIN + at) * RATE_HZ / SPECTRUM_SAMPLES, share)


def periodicity(samples: Sequence[float]) -> float:
    """How well the sound repeats itself at the best pitch from 80 to 400 Hz: 1 is exactly."""
    starts = (samples[at::_COARSER] for at in range(_COARSER))
    coarse = [sum(four) for four in zip(*starts, strict=False)]
    count = len(coarse) - _PERIODS[-1]
    base = coarse[:count]
    power = sum(map(mul, base, base)) + 1
    best = 0.0
    for period in _PERIODS:
        later = coarse[period : period + count]
        alike = sum(map(mul, base, later))
        best = max(best, alike / sqrt(power * (sum(map(mul, later, later)) + 1)))
    return best


def _fourier(values: list[complex]) -> list[complex]:
    """The discrete Fourier transform of a power of two of values (Cooley and Tukey)."""
    count = len(values)
    if count == 1:
        return values
    even, odd = _fourier(values[::2]), _fourier(values[1::2])
    turned = [exp(-2j * pi * at / count) * value for at, value in enumerate(odd)]
    sums = [one + other for one, other in zip(even, turned, strict=True)]
    return sums + [one - other for one, other in zip(even, turned, strict=True)]
