"""Two claps are found whatever pieces they come in; extremes are borne."""

from array import array
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.claps.made_sounds import ROOMS, Hand, Samples, added, as_heard, noise, silence
from tests.core.claps.trials import make_trial
from uncramp.core.claps.detector import RATE_HZ, ClapDetector, ClapPair
from uncramp.core.claps.own_sounds import counts

SILENT_DB, FULL_DB, NEAR_DB = -89.0, -20.0, 3.0


def heard(samples: "array[int]", pieces: list[int] | None = None) -> list[ClapPair]:
    """The pairs in the samples, given in pieces of these lengths, again and again."""
    detector, at, number = ClapDetector(), 0, 0
    found: list[ClapPair] = []
    lengths = pieces or [len(samples)]
    while at < len(samples):
        piece = lengths[number % len(lengths)]
        found += (pair for pair in detector.hear(samples[at : at + piece]) if counts(pair, ()))
        at, number = at + piece, number + 1
    return found


def claps_at(*moments_s: float, length_s: float = 3.0, peak: float = 0.3) -> Samples:
    """A clap at each of the moments, over a faint noise."""
    chance = np.random.default_rng(4)
    whole, hand = silence(length_s), Hand.any(chance, "clap")
    for at_s in moments_s:
        added(whole, hand.strike(chance) * peak, at_s)
    return whole + 0.001 * noise(chance, length_s, "pink")


def test_silence_is_silent_and_holds_no_claps() -> None:
    detector = ClapDetector()
    assert detector.level_db < SILENT_DB
    assert detector.hear(array("h", bytes(64_000))) == ()
    assert detector.level_db < SILENT_DB


def test_the_level_is_that_of_the_last_tenth_of_a_second() -> None:
    detector = ClapDetector()
    loud = as_heard(0.25 * noise(np.random.default_rng(1), 1.0, "white"))
    detector.hear(loud)
    assert abs(detector.level_db - 20 * np.log10(0.25)) < NEAR_DB
    detector.hear(array("h", bytes(2 * RATE_HZ // 5)))
    assert detector.level_db < FULL_DB


def test_two_claps_are_found_where_they_are() -> None:
    (pair,) = heard(as_heard(claps_at(1.0, 1.2)))
    assert abs(pair.first_ms - 1_000) <= 8
    assert abs(pair.second_ms - 1_200) <= 8


@pytest.mark.parametrize(
    "moments_s",
    [
        (1.0,),
        (1.0, 1.2, 1.4),
        (1.0, 1.4, 1.8),
        (1.0, 1.2, 1.4, 1.6),
        (1.0, 1.08),
        (1.0, 1.6),
        (0.4, 1.0, 1.2),
    ],
    ids=str,
)
def test_one_or_three_or_too_fast_or_too_slow_are_not_two(moments_s: tuple[float, ...]) -> None:
    assert heard(as_heard(claps_at(*moments_s))) == []


def test_two_pairs_are_two() -> None:
    samples = as_heard(claps_at(1.0, 1.2, 2.6, 2.85, length_s=4))
    first, second = heard(samples)
    assert first.second_ms < second.first_ms


@pytest.mark.parametrize("offset", [-0.3, 0.2])
def test_an_offset_changes_nothing(offset: float) -> None:
    assert len(heard(as_heard(claps_at(1.0, 1.2) + offset))) == 1


def test_clipped_claps_are_claps() -> None:
    assert len(heard(as_heard(claps_at(1.0, 1.2, peak=6.0)))) == 1


def test_a_stream_may_begin_loud() -> None:
    samples = claps_at(2.0, 2.2)
    samples[: RATE_HZ // 2] += 0.3 * noise(np.random.default_rng(2), 0.5, "white")
    assert len(heard(as_heard(samples))) == 1


def test_claps_after_a_minute_are_where_they_are() -> None:
    """What was heard long ago is forgotten, and the time is not."""
    detector = ClapDetector()
    quiet = as_heard(silence(10))
    for _ in range(6):
        assert detector.hear(quiet) == ()
    (pair,) = detector.hear(as_heard(claps_at(1.0, 1.2)))
    assert abs(pair.first_ms - 61_000) <= 8


@settings(max_examples=15)
@given(st.lists(st.integers(1, 3_000), min_size=1, max_size=20))
def test_the_pieces_change_nothing(pieces: list[int]) -> None:
    trial = make_trial(np.random.default_rng(5), "clap", ROOMS[0], 20, "pink")
    whole = heard(trial.samples)
    assert len(whole) == 1
    assert heard(trial.samples, pieces) == whole


_LOUDNESS = st.sampled_from([0, 1, 300, 32_767])
_STRETCH = st.tuples(_LOUDNESS, st.integers(0, 4_000), st.booleans())


@given(st.lists(_STRETCH, max_size=30), st.integers(0, 9))
def test_any_samples_are_borne_and_pairs_are_in_order(
    stretches: list[tuple[int, int, bool]], seed: int
) -> None:
    chance = np.random.default_rng(seed)
    samples = array("h")
    for loudness, length, is_noise in stretches:
        part = chance.integers(-loudness, loudness + 1, length) if is_noise else [loudness] * length
        samples.extend(int(value) for value in part)
    pairs = heard(samples, [777])
    length_ms = len(samples) * 1_000 / RATE_HZ
    assert all(0 <= pair.first_ms < pair.second_ms <= length_ms for pair in pairs)
    assert all(one.second_ms < other.first_ms for one, other in pairwise(pairs))
