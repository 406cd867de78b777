"""Sunrise and sunset against published tables."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncramp.core.sun.sun_times import sun_times

NEW_YEAR_2002 = {
    -60: "2:43", -50: "3:55", -40: "4:35", -30: "5:02", -20: "5:24", -10: "5:43", 0: "6:00",
    10: "6:17", 20: "6:35", 30: "6:56", 40: "7:22", 50: "7:59",
}  # fmt: skip
"""Sunrise on 1 January 2002 by latitude, in local mean time: L. Strous, Astronomy Answers,
"The Position of the Sun: Tables", table 1 (aa.quae.nl)."""

LONDON = (51.5074, -0.1278)
"""Rows of timeanddate.com/sun/uk/london, as astral's tests have them, in UTC."""


def utc(day: str, clock: str = "12:00") -> float:
    return datetime.fromisoformat(f"{day}T{clock.zfill(5)}").replace(tzinfo=UTC).timestamp()


@pytest.mark.parametrize("latitude", NEW_YEAR_2002)
def test_sunrise_is_that_of_the_table(latitude: int) -> None:
    found = sun_times(utc("2002-01-01"), latitude, 0.0)
    assert found is not None
    assert abs(found.rise_s - utc("2002-01-01", NEW_YEAR_2002[latitude])) <= 90


@pytest.mark.parametrize(
    ("day", "rises", "sets"),
    [("2015-12-01", "7:43", "15:55")],
)
def test_london(day: str, rises: str, sets: str) -> None:
    found = sun_times(utc(day), *LONDON)
    assert found is not None
    assert abs(found.rise_s - utc(day, rises)) <= 60
    assert abs(found.set_s - utc(day, sets)) <= 60


def test_the_worked_example_of_the_almanac_for_computers() -> None:
    """Wayne, NJ, 25 June 1990, sunrise at 5:26 EDT: Nautical Almanac Office, USNO, 1990."""
    found = sun_times(utc("1990-06-25"), 40.9, -74.3)
    assert found is not None
    assert abs(found.rise_s - utc("1990-06-25", "9:26")) <= 60


@pytest.mark.parametrize("day", ["2026-06-21", "2026-12-21"])
def test_beyond_the_polar_circle_there_is_neither_at_the_solstices(day: str) -> None:
    assert sun_times(utc(day), 69.65, 18.96) is None


@given(
    st.floats(0, 4e9), st.floats(-65, 65), st.floats(-180, 180),
)  # fmt: skip
def test_the_noon_between_them_is_the_nearest(near_s: float, north: float, east: float) -> None:
    found = sun_times(near_s, north, east)
    assert found is not None
    assert 0 < found.set_s - found.rise_s < 86_400
    noon_s = (found.rise_s + found.set_s) / 2
    assert abs(noon_s - near_s) <= 43_200 + 20 * 60
