"""The night filter on sounds that are not ours, or hardly a sound."""

import math
from array import array

import numpy as np
import pytest

from tests.audio.sound_scripts import script
from uncramp.audio.samples.clip import Clip, onset_ms, samples_of
from uncramp.audio.samples.prepare import BEGUN_MS, begun_softly

at_night, HIGHEST = script("night_filter").at_night, script("night_filter").HIGHEST


def clip(samples: list[int], rate: int = 48_000, channels: int = 1) -> Clip:
    frames = array("h", samples).tobytes()
    return Clip(rate, channels, frames, onset_ms(frames, rate, channels))


def tone(strength: int, hz: float = 440.0, rate: int = 48_000, seconds: float = 0.5) -> list[int]:
    turn = 2 * math.pi * hz / rate
    return [round(strength * math.sin(turn * at)) for at in range(round(rate * seconds))]


def test_a_persons_own_keeps_all_of_itself_but_its_beginning() -> None:
    day = clip([0] * 9_600 + tone(20_000))
    night = begun_softly(day)
    assert (night.rate, night.channels, len(night.frames)) == (48_000, 1, len(day.frames))
    begun = 9_600 + round(48 * BEGUN_MS) + 10
    assert samples_of(night)[begun:] == samples_of(day)[begun:]
    assert max(samples_of(night)[9_600:10_080]) < 0.1 * 20_000
    assert day.onset_ms < night.onset_ms < day.onset_ms + BEGUN_MS / 2


def test_two_channels_begin_alike() -> None:
    both = [value for sample in tone(10_000) for value in (sample, sample)]
    night = samples_of(begun_softly(clip(both, channels=2)))
    assert night[0::2] == night[1::2]
    assert max(night[:960]) < 1_000


def test_of_ours_the_beginning_is_drawn_out() -> None:
    night = samples_of(at_night(clip(tone(20_000))))
    assert max(night[:32]) < 0.2 * max(night)
    assert max(night[1_200:]) > 0.95 * max(night)


@pytest.mark.parametrize("rate", [44_100, 48_000])
def test_it_is_a_fifth_lower_and_half_as_long_again(rate: int) -> None:
    night = at_night(clip(tone(10_000, 660.0, rate), rate))
    assert night.rate == rate // 2
    assert night.length_ms == pytest.approx(750, abs=0.1)
    power = np.abs(np.fft.rfft(np.frombuffer(night.frames, "<i2")))
    assert np.argmax(power) / 0.75 == pytest.approx(440, abs=2)
    beyond = power[round(10_000 * 0.75) :]
    assert beyond.max() < 1e-3 * power.max(), "what lies between the samples is heard"


@pytest.mark.parametrize("samples", [[], [0] * 4_800, [5], [32_767] * 3])
def test_silence_and_one_sample_are_no_trouble(samples: list[int]) -> None:
    for night, rate in ((at_night(clip(samples)), 24_000), (begun_softly(clip(samples)), 48_000)):
        assert night.rate == rate
        assert not samples or set(samples_of(night)) == {0} or max(samples_of(night)) > 0


def test_ours_are_never_above_their_highest() -> None:
    night = at_night(clip(tone(3, hz=30)))
    assert max(map(abs, samples_of(night))) <= HIGHEST
