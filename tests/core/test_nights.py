"""Which night a moment counts for."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncramp.core.history.nights import LocalTime


def shown(text: str) -> LocalTime:
    """The moment of an ISO text with its offset."""
    moment = datetime.fromisoformat(text)
    offset = moment.utcoffset() or timedelta()
    return LocalTime(int(moment.timestamp()), int(offset.total_seconds() // 60))


@pytest.mark.parametrize(
    ("moment", "night"),
    [
        ("2026-11-21T21:30+01:00", "2026-11-21"),  # the evening routine
        ("2026-11-22T00:20+01:00", "2026-11-21"),  # the same one, begun late
        ("2026-11-22T03:10+01:00", "2026-11-21"),  # a cramp in the night
        ("2026-11-22T11:59+01:00", "2026-11-21"),  # a long morning in bed
        ("2026-11-22T12:00+01:00", "2026-11-22"),
        ("2026-03-29T01:59+01:00", "2026-03-28"),  # summer time begins in Berlin
        ("2026-03-29T03:00+02:00", "2026-03-28"),
        ("2026-10-25T02:30+02:00", "2026-10-24"),  # the hour that comes twice
        ("2026-10-25T02:30+01:00", "2026-10-24"),
        ("2026-11-22T23:00-08:00", "2026-11-22"),  # after a flight to the west
        ("1969-12-31T23:59+00:00", "1969-12-31"),
    ],
)
def test_a_moment_counts_for_the_night_that_a_person_would_say(moment: str, night: str) -> None:
    assert shown(moment).night == date.fromisoformat(night)


@given(st.datetimes(datetime(1900, 1, 2), datetime(9999, 12, 30)), st.integers(-14 * 60, 14 * 60))
def test_only_what_the_clocks_showed_counts(local: datetime, offset_min: int) -> None:
    moment = local.replace(tzinfo=timezone(timedelta(minutes=offset_min)), microsecond=0)
    found = LocalTime(
        round((moment - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds()), offset_min
    )
    assert (found.day, found.minute) == (local.date(), local.hour * 60 + local.minute)
    before_noon = local.hour < 12
    assert found.night == local.date() - timedelta(days=before_noon)


def test_a_year_that_no_calendar_has_is_refused() -> None:
    with pytest.raises(ValueError):
        _ = LocalTime(10**15).day
