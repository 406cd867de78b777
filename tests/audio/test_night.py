"""What night does to a sound that is not ours, or hardly one."""

import math
from array import array

from uncramp.audio.clip import Clip, samples_of
from uncramp.audio.night import at_night


def clip(samples: list[int], rate: int = 48_000, channels: int = 1) -> Clip:
    return Clip(rate, channels, array("h", samples).tobytes())


def tone(strength: int, hz: float = 440.0, rate: int = 48_000, seconds: float = 0.5) -> list[int]:
    turn = 2 * math.pi * hz / rate
    return [round(strength * math.sin(turn * at)) for at in range(round(rate * seconds))]


def test_a_persons_own_keeps_its_pitch_and_never_becomes_louder() -> None:
    for strength in (100, 10_000, 32_767):
        day = clip(tone(strength))
        night = at_night(day, is_ours=False)
        assert (night.rate, night.channels, len(night.frames)) == (48_000, 1, len(day.frames))
        assert 0.7 * strength < max(samples_of(night)) <= strength


def test_its_beginning_is_drawn_out() -> None:
    night = samples_of(at_night(clip(tone(20_000)), is_ours=False))
    assert max(night[:96]) < 0.2 * max(night)
    assert max(night[2_400:]) > 0.95 * max(night)


def test_two_channels_stay_two() -> None:
    left, silent = tone(10_000), 0
    both = [value for sample in left for value in (sample, silent)]
    night = samples_of(at_night(clip(both, channels=2), is_ours=False))
    assert max(night[0::2]) > 5_000
    assert set(night[1::2]) == {0}


def test_another_rate_stays_as_it_is() -> None:
    assert at_night(clip(tone(10_000, rate=44_100), 44_100), is_ours=True).rate == 44_100


def test_silence_and_one_sample_are_no_trouble() -> None:
    for samples in ([0] * 4_800, [5], [32_767] * 3):
        night = at_night(clip(samples), is_ours=True)
        assert len(night.frames) == 2 * len(samples)


def test_ours_are_never_above_their_highest() -> None:
    night = at_night(clip(tone(3, hz=30)), is_ours=True)
    assert max(map(abs, samples_of(night))) <= 10 ** (-3 / 20) * 32_767
