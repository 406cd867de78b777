"""What a sound becomes at night: lower, duller, softer, and slower to begin."""

import math
from array import array

from uncramp.audio.clip import Clip, samples_of, with_samples
from uncramp.audio.loudness import loudness_lufs

LOWER = {48_000: 32_000}
"""Played at two thirds of its rate a sound is a fifth lower, and every note of it alike."""
DULL_FROM_HZ = 1_200
"""From here on up it loses 12 dB an octave."""
ATTACK_MS = 20.0
"""Its strength comes on with this time constant: nine tenths of it after 46 ms."""
OURS_LUFS = -26.0
"""3 dB below the bundled sounds by day."""
HIGHEST = 10 ** (-3 / 20) * 32_767
_BLOCK_MS = 1.0
_FORGETS_MS = 20.0
"""How soon the strength of a sound is forgotten: longer than a wave, shorter than a rest."""


def at_night(clip: Clip, *, is_ours: bool) -> Clip:
    """The clip as it sounds at night.

    One of a person's own keeps its pitch, for there may be words in it, and it
    never becomes louder; ours are all brought to the same loudness.
    """
    if is_ours:
        clip = Clip(LOWER.get(clip.rate, clip.rate), clip.channels, clip.frames, clip.onset_ms)
    of_each = [samples_of(clip)[channel :: clip.channels] for channel in range(clip.channels)]
    shaped = [_slower(_duller(samples, clip.rate), clip.rate) for samples in of_each]
    gain = 1.0
    if is_ours:
        loudness = loudness_lufs([sample / 32_768 for sample in shaped[0]], clip.rate)
        highest = max(map(abs, shaped[0]), default=0.0)
        if highest:
            gain = min(10 ** ((OURS_LUFS - loudness) / 20), HIGHEST / highest)
    mixed = array("h", bytes(len(clip.frames)))
    for channel, samples in enumerate(shaped):
        mixed[channel :: clip.channels] = array("h", (int(sample * gain) for sample in samples))
    return with_samples(clip, mixed)


def _duller(samples: "array[int]", rate: int) -> list[float]:
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
