"""Does it help: the intervals against published tables and a reference, and the words."""

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncramp.core.history.comparison import (
    FEWEST_NIGHTS,
    SMALL,
    Comparison,
    Share,
    Verdict,
    fewest_against_none,
)


@pytest.mark.parametrize(
    ("cramps", "nights", "low", "high"),
    [  # Newcombe 1998, Statistics in Medicine 17:857-872, table I, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_interval_of_a_share_is_the_published_one(
    cramps: int, nights: int, low: float, high: float
) -> None:
    assert Share(cramps, nights).interval == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [  # Newcombe 1998, Statistics in Medicine 17:873-890, table II, method 10
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((10, 10), (0, 10), 0.6075, 1.0000),
    ],
)
def test_the_interval_of_a_difference_is_the_published_one(
    first: tuple[int, int], second: tuple[int, int], low: float, high: float
) -> None:
    found = Comparison(with_it=Share(*second), without_it=Share(*first))
    assert found.interval == pytest.approx((low, high), abs=5e-5)


def test_the_intervals_are_those_of_scipy_and_statsmodels() -> None:
    """400 tables, with 0 and all of each size; tests/core/reference/intervals.py made them."""
    lines = (Path(__file__).parent / "reference" / "intervals.csv").read_text("utf-8").splitlines()
    rows = [line.split(",") for line in lines if not line.startswith("#")]
    assert len(rows) == 400
    for row in rows:
        first, nights, second, others = map(int, row[:4])
        low, high, least, most = map(float, row[4:])
        share = Share(first, nights)
        assert share.interval == pytest.approx((low, high), abs=1e-9), row
        found = Comparison(with_it=Share(second, others), without_it=share)
        assert found.interval == pytest.approx((least, most), abs=1e-9), row


def shares() -> st.SearchStrategy[Share]:
    return st.integers(0, 400).flatmap(
        lambda nights: st.builds(Share, st.integers(0, nights), st.just(nights))
    )


@given(shares())
def test_the_interval_holds_the_share_and_stays_possible(share: Share) -> None:
    low, high = share.interval
    assert 0 <= low <= share.value + 1e-12 and share.value - 1e-12 <= high <= 1


@given(shares(), shares())
def test_turning_the_sides_turns_the_answer(one: Share, other: Share) -> None:
    found, turned = Comparison(one, other), Comparison(other, one)
    low, high = found.interval
    assert turned.interval == pytest.approx((-high, -low), abs=1e-9)
    assert -1 <= low <= found.difference + 1e-12 and found.difference - 1e-12 <= high <= 1
    mirror = {Verdict.LESS: Verdict.MORE, Verdict.MORE: Verdict.LESS}
    assert turned.verdict is mirror.get(found.verdict, found.verdict)
    assert (found.nights_needed > 0) == (found.verdict is Verdict.TOO_FEW)


def test_a_share_that_cannot_be_is_refused() -> None:
    for cramps, nights in ((-1, 3), (4, 3)):
        with pytest.raises(ValueError):
            Share(cramps, nights)


@pytest.mark.parametrize(
    ("with_it", "without_it", "verdict"),
    [
        (Share(0, 0), Share(0, 0), Verdict.TOO_FEW),
        (Share(0, FEWEST_NIGHTS - 1), Share(300, 300), Verdict.TOO_FEW),
        (Share(1, 20), Share(12, 24), Verdict.LESS),
        (Share(12, 24), Share(1, 20), Verdict.MORE),
        (Share(40, 200), Share(42, 200), Verdict.NO_DIFFERENCE),
        (Share(3, 12), Share(4, 12), Verdict.TOO_FEW),
    ],
)
def test_what_is_said_of_two_shares(with_it: Share, without_it: Share, verdict: Verdict) -> None:
    assert Comparison(with_it, without_it).verdict is verdict


@pytest.mark.parametrize(("nights", "cramps"), [(FEWEST_NIGHTS, 4), (15, 4), (45, 5)])
def test_the_smallest_difference_that_so_many_nights_can_show(nights: int, cramps: int) -> None:
    assert fewest_against_none(nights) == cramps
    fewer = Comparison(Share(0, nights), Share(cramps - 1, nights))
    assert fewer.verdict is not Verdict.LESS


def test_too_few_nights_never_show_one() -> None:
    with pytest.raises(ValueError):
        fewest_against_none(FEWEST_NIGHTS - 1)


def said_of(chance: random.Random, nights: int, p_with: float, p_without: float) -> Verdict:
    def share(p: float) -> Share:
        return Share(sum(chance.random() < p for _ in range(nights)), nights)

    return Comparison(share(p_with), share(p_without)).verdict


@pytest.mark.parametrize("nights", [10, 21, 42, 100])
def test_where_nothing_helps_a_difference_is_said_about_one_time_in_twenty(nights: int) -> None:
    chance = random.Random(nights)
    for p in (0.1, 0.3, 0.5):
        said = [said_of(chance, nights, p, p) for _ in range(1_000)]
        wrong = sum(verdict in (Verdict.LESS, Verdict.MORE) for verdict in said)
        assert wrong <= 75, (nights, p, wrong)


def test_no_difference_is_seldom_said_of_one_that_a_person_would_notice() -> None:
    chance = random.Random(7)
    said = [said_of(chance, 100, 0.2, 0.2 + SMALL) for _ in range(1_000)]
    assert sum(verdict is Verdict.NO_DIFFERENCE for verdict in said) <= 50


def test_so_many_nights_more_find_the_difference_four_times_in_five() -> None:
    seen = Comparison(Share(2, 10), Share(6, 10))
    each = 10 + seen.nights_needed // 2
    chance = random.Random(3)
    said = [said_of(chance, each, 0.2, 0.6) for _ in range(1_000)]
    assert sum(verdict is Verdict.LESS for verdict in said) >= 750
