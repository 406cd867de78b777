"""Makes a clip of an engine's output: without silence around it, as loud as a chime."""

from array import array
from collections.abc import Iterable
from itertools import accumulate
from operator import mul

from uncramp.audio.samples.clip import Clip, samples_of, with_samples
from uncramp.audio.samples.loudness import WINDOW_S, loudness_lufs

LOUDNESS_LUFS = -22.0
"""The loudness of the loudest 400 ms: a little more than the chimes by day, to be clear."""
HIGHEST = round(10 ** (-3 / 20) * 32_767)
SHORTEST_MS = 100.0
"""A shorter clip is not speech: the engine made nothing of the text."""
_QUIET = 0.01
"""Anything at either end that is softer than this part of the peak is silence."""
_BEFORE_MS, _AFTER_MS = 5.0, 40.0
"""How much of that silence is left, so that the sound begins and ends without a click."""
_BLOCK_S = 0.02


def ready_to_play(clip: Clip) -> Clip | None:
    """The clip trimmed and levelled; None if it contains no speech."""
    trimmed = _trimmed(clip)
    return _levelled(trimmed) if trimmed.length_ms >= SHORTEST_MS else None


def _trimmed(clip: Clip) -> Clip:
    samples = samples_of(clip)[:: clip.channels]
    peak = max(max(samples, default=0), -min(samples, default=0))
    if peak == 0:
        return Clip(clip.rate, 1, b"")
    threshold = peak * _QUIET
    before, after = (round(ms * clip.rate / 1000) for ms in (_BEFORE_MS, _AFTER_MS))
    first = _silent(samples, threshold) - before
    last = len(samples) - _silent(reversed(samples), threshold) + after
    kept = samples[max(first, 0) : last]
    for at in range(min(before, len(kept))):
        kept[at] = kept[at] * at // before
        kept[-1 - at] = kept[-1 - at] * at // before
    return with_samples(Clip(clip.rate, 1, b""), kept)


def _silent(samples: Iterable[int], threshold: float) -> int:
    """How many samples come before the first louder one."""
    return next(at for at, sample in enumerate(samples) if abs(sample) > threshold)


def _levelled(clip: Clip) -> Clip:
    samples = samples_of(clip)
    loudest = _loudest(samples, clip.rate)
    loudness = loudness_lufs([sample / 32_768 for sample in loudest], clip.rate)
    peak = max(max(samples), -min(samples))
    gain = min(10 ** ((LOUDNESS_LUFS - loudness) / 20), HIGHEST / peak)
    return with_samples(clip, array("h", map(int, map(gain.__mul__, samples))))


def _loudest(samples: "array[int]", rate: int) -> "array[int]":
    """The part around the peak: enough to measure the loudness of."""
    block, blocks = round(_BLOCK_S * rate), round(WINDOW_S / _BLOCK_S)
    stretches = [samples[at : at + block] for at in range(0, len(samples), block)]
    energies = [sum(map(mul, stretch, stretch)) for stretch in stretches]
    sums = [0, *accumulate(energies)]
    starts = range(max(len(energies) - blocks, 0) + 1)
    start = max(starts, key=lambda at: sums[min(at + blocks, len(energies))] - sums[at])
    return samples[max(start - 1, 0) * block : (start + blocks + 1) * block]
