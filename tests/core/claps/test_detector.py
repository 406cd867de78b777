"""Two claps are found; how the samples come in changes nothing."""

from array import array

from hypothesis import given
from hypothesis import strategies as st

from uncramp.core.claps.detector import ClapDetector, ClapPair

SILENT_DB = -80


def heard(samples: "array[int]", piece: int) -> list[ClapPair]:
    detector = ClapDetector()
    return [
        pair
        for at in range(0, len(samples), piece)
        for pair in detector.hear(samples[at : at + piece])
    ]


def test_silence_is_silent_and_holds_no_claps() -> None:
    detector = ClapDetector()
    assert detector.hear(array("h", bytes(64_000))) == ()
    assert detector.level_db < SILENT_DB


@given(st.lists(st.integers(-32_768, 32_767), max_size=3_000), st.integers(1, 700))
def test_any_samples_in_any_pieces_are_the_same(samples: list[int], piece: int) -> None:
    whole = array("h", samples)
    assert heard(whole, piece) == heard(whole, max(1, len(whole)))
