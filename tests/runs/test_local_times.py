"""Moments as the clocks of a place show them, over summer time and journeys."""

import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from uncramp.runs.local_times import from_iso, iso_time, local_time

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="it takes no zone from outside")

ZONES = ("Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC")
# The hours around each change of the clocks in these years are tried as often as all others.
FIRST, LAST = datetime(2024, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC)


def changes(zone: ZoneInfo) -> list[datetime]:
    """The hours in which a zone's offset changes, in UTC."""
    hours = int((LAST - FIRST) / timedelta(hours=1))
    at = [FIRST + timedelta(hours=hour) for hour in range(0, hours, 12)]
    pairs = pairwise(at)
    return [
        before
        for before, after in pairs
        if before.astimezone(zone).utcoffset() != after.astimezone(zone).utcoffset()
    ] or [FIRST]


@pytest.mark.parametrize("name", ZONES)
@settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_the_night_is_that_of_the_evening_before_noon(
    use_zone: Callable[[str], None], name: str, data: st.DataObject
) -> None:
    use_zone(name)
    zone = ZoneInfo(name)
    near = st.sampled_from(changes(zone)).flatmap(
        lambda hour: st.integers(-86_400, 2 * 86_400).map(lambda s: hour + timedelta(seconds=s))
    )
    anywhere = st.integers(0, int((LAST - FIRST).total_seconds())).map(
        lambda s: FIRST + timedelta(seconds=s)
    )
    moment = data.draw(near | anywhere)
    found, local = local_time(moment.timestamp()), moment.astimezone(zone)
    assert (found.day, found.minute) == (local.date(), local.hour * 60 + local.minute)
    assert found.night == (local.replace(tzinfo=None) - timedelta(hours=12)).date()
    # Written down and read in another zone, it is still that night.
    use_zone("Pacific/Kiritimati")
    assert from_iso(iso_time(found)) == found


@pytest.mark.parametrize("name", ZONES)
@pytest.mark.parametrize("month", [3, 4, 10, 11])
def test_every_night_is_one_from_noon_to_noon(
    use_zone: Callable[[str], None], name: str, month: int
) -> None:
    """Every quarter of an hour of a month: nights follow each other, none is left out or comes
    back, whatever the clocks do."""
    use_zone(name)
    begin = int(datetime(2026, month, 1, tzinfo=UTC).timestamp())
    nights = [local_time(begin + quarter * 900).night for quarter in range(31 * 96)]
    steps = {(after - before).days for before, after in pairwise(nights)}
    assert steps == {0, 1}
    assert all(90 <= nights.count(night) <= 102 for night in set(nights) - {nights[0], nights[-1]})
