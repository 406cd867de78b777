"""The places of sounds among the samples that a device requests."""

from array import array

import pytest

from uncramp.audio.child.backend import Playback
from uncramp.audio.child.mixer import BufferDepth, Mix
from uncramp.audio.samples.clip import Clip

PERIOD = 300
"""Samples of a request; at 1,000 a second, also its milliseconds."""


class Device:
    """A device that asks for a period whenever one of its two has been played."""

    def __init__(self) -> None:
        self.now_ms = 5_000.0
        self.depth = BufferDepth()
        self.mix = Mix(1_000, 1, self.depth, lambda: self.now_ms)
        self.began_ms = self.now_ms
        self.asked = 0
        self.heard: dict[float, int] = {}
        """What was played, by its moment, without silence."""

    def ask(self, held_up_ms: float = 0.0) -> None:
        due = self.began_ms + max(0, self.asked - 1) * PERIOD
        self.now_ms = max(self.now_ms, due + held_up_ms)
        if held_up_ms > PERIOD:
            # It ran dry, and goes on when it gets something.
            self.began_ms += held_up_ms - PERIOD
        block = array("h", self.mix.block(PERIOD))
        for index, sample in enumerate(block):
            if sample:
                self.heard[self.began_ms + self.asked * PERIOD + index] = sample
        self.asked += 1


def clip(*samples: int) -> Clip:
    return Clip(1_000, 1, array("h", samples).tobytes())


def test_a_sound_stands_at_its_moment() -> None:
    device = Device()
    playback = Playback(6_234)
    layer = device.mix.add(clip(5, 6), playback)
    for _ in range(6):
        device.ask()
        assert playback.has_begun == layer.over.is_set() == bool(device.heard)
    assert device.heard == {6_234: 5, 6_235: 6}
    assert device.depth.ms == PERIOD


def test_a_request_that_comes_late_moves_nothing() -> None:
    device = Device()
    device.mix.add(clip(5), Playback(6_500))
    for held_up_ms in (0, 0, 0, 120, 250, 90, 0):
        device.ask(held_up_ms)
    assert device.heard == {6_500: 5}


def test_after_it_ran_dry_the_place_is_found_anew() -> None:
    device = Device()
    device.mix.add(clip(5), Playback(7_000))
    for held_up_ms in (0, 0, 0, 700, 0, 0, 0, 0):
        device.ask(held_up_ms)
    assert device.heard == {7_000: 5}


def test_two_sounds_are_added_and_never_turn_over() -> None:
    device = Device()
    device.mix.add(clip(20_000, 20_000, -20_000), Playback(5_700))
    device.mix.add(clip(20_000, -20_000, 7), Playback(5_701))
    for _ in range(4):
        device.ask()
    assert device.heard == {5_700: 20_000, 5_701: 32_767, 5_702: -32_768, 5_703: 7}


def test_a_sound_longer_than_a_request_goes_on_in_the_next() -> None:
    device = Device()
    device.mix.add(clip(*range(1, 1_001)), Playback(5_450))
    for _ in range(6):
        device.ask()
    assert device.heard == {5_450 + index: index + 1 for index in range(1_000)}


@pytest.mark.parametrize(("was_begun", "first"), [(False, 1), (True, 301)])
def test_too_late_it_begins_at_its_beginning_but_goes_on_where_it_was_cut_off(
    was_begun: bool, first: int
) -> None:
    device = Device()
    playback = Playback(device.now_ms - 300)
    playback.has_begun = was_begun
    device.mix.add(clip(*range(1, 1_001)), playback)
    device.ask()
    assert device.heard[device.began_ms] == first


def test_what_was_stopped_is_not_heard() -> None:
    device = Device()
    playback = Playback(5_700)
    device.mix.add(clip(5), playback)
    device.mix.add(clip(6), Playback(5_800))
    playback.stop()
    for _ in range(4):
        device.ask()
    assert device.heard == {5_800: 6}


def test_cut_off_each_sound_is_told() -> None:
    device = Device()
    layer = device.mix.add(clip(5), Playback(9_000))
    device.ask()
    device.mix.cut_off()
    assert layer.over.is_set()
    assert layer.is_cut_off
