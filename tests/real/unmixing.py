"""Sounds that overlap in a recording, each found by its own wave form.

The recording is explained as the sum of the planned sounds, each moved to where it fits best.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tests.real.listening import RATE, Samples

NEAR_MS = 3.0
"""How far the sounds of a run stand from each other's shift, at most, when nothing is wrong."""


def best_place(rest: Samples, form: Samples, place: int, reach: int) -> int:
    """Where within `reach` of `place` the wave form fits best."""
    low = max(place - reach, 0)
    stretch = rest[low : low + 2 * reach + len(form)]
    size = 1 << (len(stretch) - 1).bit_length()
    spectrum = np.fft.rfft(stretch, size) * np.conj(np.fft.rfft(form, size))
    return low + int(np.argmax(np.fft.irfft(spectrum, size)[: 2 * reach + 1]))


@dataclass(frozen=True, slots=True)
class Explained:
    """A recording as the sum of the planned sounds."""

    places: list[int]
    """Of each sound's first sample."""
    levels: list[float]
    """How loud each was; 1 as its file is."""
    left_over: float
    """How much of the recording's energy is no planned sound, 0 to 1."""


def explained(
    samples: Samples, forms: Sequence[Samples], at_samples: Sequence[int], reach: int
) -> Explained:
    """Find each wave form, though they overlap.

    All together are within `reach` samples of their moments, and each as near to the others.
    """
    length = max(place + len(form) for place, form in zip(at_samples, forms, strict=True))
    rest = np.zeros(max(length, len(samples)) + RATE)
    rest[: len(samples)] = samples
    loudness = float(np.dot(rest, rest))

    # All together first, moved as one to where they fit best.
    plan = np.zeros(len(rest))
    for form, place in zip(forms, at_samples, strict=True):
        plan[place : place + len(form)] += form
    moved = best_place(rest, plan[reach : len(plan) - reach], reach, reach) - reach
    together = [place + moved for place in at_samples]
    places, levels = list(together), [1.0] * len(forms)
    rest -= np.roll(plan, moved)

    # Then each by itself, near that place before farther away: while its neighbours are a
    # millisecond off, what they leave over is as loud as the sound that is looked for.
    near = round(NEAR_MS * RATE / 1000)
    for within in (near, near, reach):
        for index, form in enumerate(forms):
            place = places[index]
            rest[place : place + len(form)] += levels[index] * form
            place = best_place(rest, form, together[index], within)
            level = float(np.dot(rest[place : place + len(form)], form) / np.dot(form, form))
            rest[place : place + len(form)] -= level * form
            places[index], levels[index] = place, level
    return Explained(places, levels, float(np.dot(rest, rest)) / loudness)
