"""Loudness is measured as ITU-R BS.1770 says."""

import math

import pytest

from uncramp.audio.samples.loudness import loudness_lufs


def tone(rate: int, seconds: float, hz: float = 997.0) -> list[float]:
    return [math.sin(2 * math.pi * hz * at / rate) for at in range(round(rate * seconds))]


@pytest.mark.parametrize("rate", [32_000, 44_100, 48_000])
def test_the_loudness_of_a_known_tone(rate: int) -> None:
    """ITU-R BS.1770: a full-scale sine of 997 Hz in one channel reads -3.01 LKFS."""
    assert loudness_lufs(tone(rate, 1.0), rate) == pytest.approx(-3.01, abs=0.05)


def test_a_tenth_of_a_second_counts_as_a_quarter_of_the_window() -> None:
    """EBU R128: 400 ms are looked at together, so that a short sound is less loud."""
    assert loudness_lufs(tone(48_000, 0.1), 48_000) == pytest.approx(-3.01 - 6.02, abs=0.1)


def test_low_tones_count_for_less_and_high_ones_for_more() -> None:
    low, middle, high = (loudness_lufs(tone(48_000, 0.5, hz), 48_000) for hz in (40, 997, 4_000))
    assert low < middle - 3 < middle + 2 < high


def test_silence_is_no_loudness_at_all() -> None:
    assert loudness_lufs([0.0] * 48_000, 48_000) == -math.inf
