"""Volumes in steps that sound equal, never above the system's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncramp.audio.volume import QUIET, Hush, Loudness, gain

HUNDREDTHS = st.integers(0, 100)
LOUDNESS = st.builds(
    Loudness,
    volume=HUNDREDTHS,
    volumes=st.dictionaries(st.sampled_from(["tick", "end", "voice"]), HUNDREDTHS),
    night_volume=HUNDREDTHS,
    is_night=st.booleans(),
    hush=st.sampled_from(Hush),
)


def test_half_of_it_is_ten_decibels_less() -> None:
    assert gain(0.5) == pytest.approx(10 ** (-10 / 20))
    assert gain(0.25) == pytest.approx(10 ** (-20 / 20))
    assert (gain(0), gain(1)) == (0, 1)
    assert (gain(-1), gain(7)) == (0, 1)


@given(LOUDNESS, st.sampled_from(["tick", "end", "voice", "pause"]))
def test_nothing_is_louder_than_the_system_nor_than_its_own_volume(
    loudness: Loudness, kind: str
) -> None:
    assert 0 <= loudness.of(kind) <= gain(loudness.volume / 100) <= 1
    assert loudness.of(kind) <= gain(loudness.volumes.get(kind, 100) / 100)
    if loudness.is_muted:
        assert loudness.of(kind) == 0


@given(LOUDNESS, st.integers(1, 20))
def test_louder_is_not_softer_and_stays_in_its_bounds(loudness: Loudness, by: int) -> None:
    louder, softer = loudness.changed(by), loudness.changed(-by)
    assert softer.of("tick") <= loudness.of("tick") <= louder.of("tick")
    for one in (louder, softer):
        assert 0 <= one.volume <= 100
        assert 0 <= one.night_volume <= 100
    same = "volume" if loudness.is_night else "night_volume"
    assert getattr(louder, same) == getattr(loudness, same)


def test_hushed_goes_round_and_what_is_set_stays() -> None:
    loud = Loudness(volume=80)
    quiet, muted = loud.hushed(), loud.hushed().hushed()
    assert quiet.of("end") == pytest.approx(gain(0.8 * QUIET / 100))
    assert muted.of("end") == 0
    assert muted.hushed() == loud
    assert muted.changed(5) == loud, "louder first takes the hush away"


@pytest.mark.parametrize(
    ("loudness", "words"),
    [
        (Loudness(volume=80), "Volume 80."),
        (Loudness(volume=80, hush=Hush.QUIET), "Volume 80, quiet."),
        (Loudness(volume=80, hush=Hush.MUTED), "Muted."),
        (Loudness(volume=80, night_volume=50, is_night=True), "Night volume 50."),
    ],
)
def test_it_says_what_it_is(loudness: Loudness, words: str) -> None:
    assert loudness.words == words
