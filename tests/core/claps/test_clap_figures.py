"""How many of two claps are found, and that other sounds are not taken for them.

A small set of what `bench/claps.py` measures at length.
"""

import numpy as np
import pytest

from tests.core.claps.made_sounds import as_heard
from tests.core.claps.other_sounds import KINDS
from tests.core.claps.trials import SLOW_GAPS_S, found_after_ms, make_trials
from uncramp.core.claps.detector import ClapDetector

SOON_MS = 300
GOAL_OF_100 = 95
HEARD_S = 30
BOUNCING = "falling things"
"""Two of the bounces of a thing that falls can be two knocks; how often, the bench says."""


@pytest.mark.slow
def test_two_claps_15_db_over_noise_are_found_within_300_ms() -> None:
    trials = [trial for kind in ("clap", "knock") for trial in make_trials(1, 50, kind, 15)]
    took = [found_after_ms(trial) for trial in trials]
    assert sum(ms is not None and ms <= SOON_MS for ms in took) >= GOAL_OF_100
    assert all(ms is None or ms > 0 for ms in took)


@pytest.mark.slow
def test_slow_claps_are_found_after_the_time_of_a_third() -> None:
    trials = make_trials(2, 20, "clap", 20, gaps_s=SLOW_GAPS_S)
    took = [(trial, found_after_ms(trial)) for trial in trials]
    waits = [(t.second_ms - t.first_ms, ms) for t, ms in took if ms is not None]
    assert len(waits) >= len(trials) * 0.9
    assert all(gap_ms < ms < 1.25 * gap_ms + 30 for gap_ms, ms in waits)


@pytest.mark.parametrize("kind", sorted(KINDS.keys() - {BOUNCING}))
def test_other_sounds_are_not_two_claps(kind: str) -> None:
    samples = KINDS[kind](np.random.default_rng(3), HEARD_S)
    assert ClapDetector().hear(as_heard(samples)) == ()
