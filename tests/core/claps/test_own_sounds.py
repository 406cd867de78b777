"""What the program sounds is its own, with room for latency and echo."""

import pytest

from uncramp.core.claps.detector import ClapPair
from uncramp.core.claps.own_sounds import EARLY_MS, LATE_MS, counts

OWN_MS = [(1_000.0, 2_000.0)]
LATER = 5_000.0, 5_200.0


@pytest.mark.parametrize(
    ("first_ms", "second_ms", "is_meant"),
    [
        (500.0, 700.0, True),
        (700.0, 1_000.0, False),
        (1_200.0, 1_400.0, False),
        (1_000.0 - EARLY_MS, 5_000.0, False),
        (900.0 - EARLY_MS, 999.0 - EARLY_MS, True),
        (2_000.0 + LATE_MS, 2_200.0 + LATE_MS, False),
        (2_001.0 + LATE_MS, 2_200.0 + LATE_MS, True),
    ],
)
def test_a_pair_is_no_pair_if_one_of_it_lies_in_a_span(
    first_ms: float, second_ms: float, is_meant: bool
) -> None:
    assert counts(ClapPair(first_ms, second_ms), OWN_MS) is is_meant


@pytest.mark.parametrize(
    ("like_them_ms", "unrest_ms", "is_meant"),
    [
        ((), (), True),
        ((1_500.0,), (), True),
        ((3_000.0,), (), False),
        ((1_500.0, 3_000.0), (), False),
        ((), (3_000.0, 3_100.0), True),
        ((), (3_000.0, 3_100.0, 3_200.0), False),
        ((), (1_100.0, 1_500.0, 2_100.0, 3_000.0, 3_100.0), True),
        ((), (1_100.0, 3_000.0, 3_100.0, 3_200.0), False),
    ],
)
def test_only_what_is_not_its_own_disturbs_before(
    like_them_ms: tuple[float, ...], unrest_ms: tuple[float, ...], is_meant: bool
) -> None:
    assert counts(ClapPair(*LATER, like_them_ms, unrest_ms), OWN_MS) is is_meant


def test_nothing_has_sounded_at_first() -> None:
    assert counts(ClapPair(*LATER), ())
    assert not counts(ClapPair(*LATER, (1_500.0,)), ())
