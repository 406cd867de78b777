"""What the program sounds is its own, with room for latency and echo."""

import pytest

from uncramp.core.claps.detector import ClapPair
from uncramp.core.claps.own_sounds import EARLY_MS, LATE_MS, OwnSounds


@pytest.mark.parametrize(
    ("first_ms", "second_ms", "is_own"),
    [
        (500.0, 700.0, False),
        (700.0, 1_000.0, True),
        (1_200.0, 1_400.0, True),
        (1_000.0 - EARLY_MS, 5_000.0, True),
        (900.0 - EARLY_MS, 999.0 - EARLY_MS, False),
        (2_000.0 + LATE_MS, 2_200.0 + LATE_MS, True),
        (2_001.0 + LATE_MS, 2_200.0 + LATE_MS, False),
    ],
)
def test_a_pair_is_own_if_one_of_it_lies_in_a_span(
    first_ms: float, second_ms: float, is_own: bool
) -> None:
    own = OwnSounds()
    own.sounded(1_000.0, 2_000.0)
    assert own.is_own(ClapPair(first_ms, second_ms)) is is_own


def test_nothing_has_sounded_at_first() -> None:
    assert not OwnSounds().is_own(ClapPair(0.0, 200.0))
