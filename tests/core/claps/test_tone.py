"""A tone is distinguished from noise."""

import numpy as np
import pytest

from tests.core.claps.made_sounds import Samples
from uncramp.core.claps.detector import RATE_HZ
from uncramp.core.claps.tone import SPECTRUM_SAMPLES, periodicity, strongest_tone

COUNT = 768
BIN_HZ = RATE_HZ / SPECTRUM_SAMPLES


def sine(hz: float) -> Samples:
    return np.asarray(8_000 * np.sin(2 * np.pi * hz * np.arange(COUNT) / RATE_HZ))


def hiss() -> Samples:
    return 8_000 * np.random.default_rng(8).standard_normal(COUNT)


@pytest.mark.parametrize("hz", [200.0, 1_000.0, 3_333.0])
def test_a_sine_is_one_tone(hz: float) -> None:
    tone = strongest_tone(sine(hz).tolist())
    assert abs(tone.hz - hz) <= BIN_HZ
    assert tone.share > 0.95


def test_the_spectrum_is_that_of_the_discrete_fourier_transform() -> None:
    samples = hiss()[:SPECTRUM_SAMPLES]
    window = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(SPECTRUM_SAMPLES) / SPECTRUM_SAMPLES)
    powers = np.abs(np.fft.rfft(samples * window)[2:104]) ** 2
    at = int(powers.argmax())
    tone = strongest_tone(samples.tolist())
    assert tone.hz == (2 + at) * BIN_HZ
    assert tone.share == pytest.approx(powers[max(0, at - 1) : at + 2].sum() / powers.sum())


@pytest.mark.parametrize("hz", [90.0, 150.0, 330.0])
def test_a_pitch_repeats_itself_and_noise_does_not(hz: float) -> None:
    assert periodicity((sine(hz) + sine(2 * hz)).tolist()) > 0.95
    assert periodicity(hiss().tolist()) < 0.5


def test_silence_is_neither() -> None:
    silent = [0.0] * COUNT
    assert strongest_tone(silent).share < 0.1
    assert periodicity(silent) == 0.0
