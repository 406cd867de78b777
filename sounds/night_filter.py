"""The filter for the night: a sound becomes lower, duller, softer, and slower to begin."""

import math
from array import array
from collections.abc import Sequence

from uncramp.audio.samples.clip import Clip, samples_of, with_samples
from uncramp.audio.samples.loudness import loudness_lufs

DULL_FROM_HZ = 1_200
"""From here on up it loses 12 dB an octave."""
ATTACK_MS = 20.0
"""Its strength rises with this time constant: nine tenths of it after 46 ms."""
NIGHT_LUFS = -26.0
"""3 dB below the bundled sounds by day."""
HIGHEST = 10 ** (-3 / 20) * 32_767
_BLOCK_MS = 1.0
_FORGETS_MS = 20.0
"""How soon the strength of a sound is forgotten: longer than a wave, shorter than a rest."""


def at_night(clip: Clip) -> Clip:
    """A bundled sound, of one channel, as it is at night; all are brought to one loudness.

    What is left of it is so low that half the samples hold it.
    """
    shaped = _slower(_duller(_lower(samples_of(clip)), clip.rate), clip.rate)
    halved = [
        (one + next_one) / 2 for one, next_one in zip(shaped[::2], shaped[1::2], strict=False)
    ]
    rate = clip.rate // 2
    loudness = loudness_lufs([sample / 32_768 for sample in halved], rate)
    highest = max(map(abs, halved), default=0.0)
    gain = min(10 ** ((NIGHT_LUFS - loudness) / 20), HIGHEST / highest) if highest else 1.0
    samples = array("h", [int(sample * gain) for sample in halved])
    return with_samples(Clip(rate, 1, b""), samples)


def _lower(samples: Sequence[int]) -> list[float]:
    """Played at two thirds of its pace, by which every note is a fifth lower.

    What lies between two samples is on a curve through the four around it (Catmull and Rom,
    1974): what that adds is high and faint, and `_duller` takes it away.
    """
    padded = [0, *samples, *([0] * (2 + len(samples) % 2))]
    before, even, odd = padded[0::2], padded[1::2], padded[2::2]
    result: list[float] = []
    for a, b, c, d, e in zip(before, even, odd, even[1:], odd[1:], strict=False):
        result += (b, (-a + 9 * b + 21 * c - 2 * d) / 27, (-2 * b + 21 * c + 9 * d - e) / 27)
    return result


def _duller(samples: Sequence[float], rate: int) -> list[float]:
    """Without what is high: two filters of first order."""
    part = 1 - math.exp(-2 * math.pi * DULL_FROM_HZ / rate)
    once = twice = 0.0
    result = []
    for sample in samples:
        once += part * (sample - once)
        twice += part * (once - twice)
        result.append(twice)
    return result


def _slower(samples: list[float], rate: int) -> list[float]:
    """With each rise of its strength drawn out, and its falls as they are."""
    block = round(rate * _BLOCK_MS / 1000)
    forgets, comes = math.exp(-_BLOCK_MS / _FORGETS_MS), 1 - math.exp(-_BLOCK_MS / ATTACK_MS)
    strength = allowed = before = 0.0
    result: list[float] = []
    for start in range(0, len(samples), block):
        stretch = samples[start : start + block]
        strength = max(max(stretch), -min(stretch), strength * forgets)
        allowed = min(strength, allowed + (strength - allowed) * comes)
        now = allowed / strength if strength else 0.0
        step = (now - before) / block
        result += [sample * (before + step * at) for at, sample in enumerate(stretch)]
        before = now
    return result
