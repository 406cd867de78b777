"""How many of two claps are found, and that other sounds are not taken for them.

A small set of what `bench/claps.py` measures at length.
"""

import numpy as np
import pytest

from tests.core.claps.made_sounds import ROOMS, as_heard
from tests.core.claps.other_sounds import KINDS, OWN_SOUNDS, at_rate, known_own_sounds
from tests.core.claps.trials import (
    SLOW_GAPS_S,
    after_own_sound,
    found_after_ms,
    make_trials,
    pairs_in,
    untold,
)

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
    assert pairs_in(as_heard(samples)) == []


@pytest.mark.slow
@pytest.mark.parametrize("after_s", [0.5, 1.0])
def test_claps_count_as_soon_as_the_programs_own_sound_is_over(after_s: float) -> None:
    wood = at_rate(OWN_SOUNDS / "wood" / "finish.wav")
    trials = [
        after_own_sound(np.random.default_rng((4, n)), "clap", ROOMS[n % 3], wood, -6, after_s)
        for n in range(12)
    ]
    assert sum(found_after_ms(trial) is not None for trial in trials) >= 11
    # Its knocks are too much unrest if nobody knows whose they are.
    assert sum(found_after_ms(untold(trial)) is not None for trial in trials) <= 8


@pytest.mark.slow
@pytest.mark.parametrize("late_ms", [0, 250])
def test_sounds_that_are_known_to_be_its_own_never_count(late_ms: int) -> None:
    for seed in range(4):
        samples, known = known_own_sounds(np.random.default_rng((5, seed)), HEARD_S)
        planned = [(from_ms - late_ms, to_ms - late_ms) for from_ms, to_ms in known]
        assert pairs_in(as_heard(samples), planned) == []
