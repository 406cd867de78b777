"""The search for sounds that overlap: it finds all, and neither too few nor too many."""

import numpy as np

from tests.real.listening import RATE
from tests.real.test_bedtime_sound import (
    MOST_LEFT_OVER,
    NEVER_OVER_MS,
    SPEED,
    planned_sounds,
    samples_of,
)
from tests.real.unmixing import explained


def test_sounds_that_overlap_are_told_apart_to_the_sample() -> None:
    """Each a little off its moment, by a seed, as a real server plays them."""
    planned = planned_sounds()
    forms = [samples_of(sound.name) for sound in planned]
    at_samples = [round((500 + sound.at_ms / SPEED) * RATE / 1000) for sound in planned]
    off = np.random.default_rng(1).normal(-10, 1, len(planned))
    places = [at + round(ms * RATE / 1000) for at, ms in zip(at_samples, off, strict=True)]
    samples = np.zeros(max(places) + max(map(len, forms)))
    for form, place in zip(forms, places, strict=True):
        samples[place : place + len(form)] += form
    reach = round(NEVER_OVER_MS * RATE / 1000)

    found = explained(samples, forms, at_samples, reach)
    assert found.places == places
    assert found.left_over < 1e-6

    tick = next(index for index, sound in enumerate(planned) if sound.name == "tick")
    samples[places[tick] :][: len(forms[tick])] -= forms[tick]
    missing = explained(samples, forms, at_samples, reach)
    assert not all(0.7 < level < 1.3 for level in missing.levels)

    samples[places[tick] :][: len(forms[tick])] += forms[tick]
    samples[places[tick] + 2 * RATE :][: len(forms[tick])] += forms[tick]
    doubled = explained(samples, forms, at_samples, reach)
    assert doubled.left_over > MOST_LEFT_OVER
