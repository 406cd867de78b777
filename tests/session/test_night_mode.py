from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncramp.core.sun.sun_times import sun_times
from uncramp.instant import is_between
from uncramp.session.night_mode import Night, is_night, night_hours, sun_hours
from uncramp.settings import Settings
from uncramp.system.clocks import minute_of_day

MINUTES = st.integers(0, 1439)
KINDS = st.sampled_from(("never", "urgent", "clock", "sun", "always"))


@st.composite
def settings(draw: st.DrawFn) -> Settings:
    return Settings(night=draw(KINDS), night_from_min=draw(MINUTES), night_to_min=draw(MINUTES))


@given(MINUTES, MINUTES)
def test_the_hours_last_as_long_as_from_one_to_the_other(begins: int, ends: int) -> None:
    dark = [minute for minute in range(1440) if is_between(minute, begins, ends)]
    assert len(dark) == ((ends - begins) % 1440 or 1440)
    assert begins in dark
    assert (begins - 1) % 1440 not in dark or begins == ends


@given(MINUTES, MINUTES, MINUTES)
def test_what_is_not_night_is_night_the_other_way_round(minute: int, one: int, other: int) -> None:
    if one != other:
        assert is_between(minute, one, other) != is_between(minute, other, one)


@given(settings(), MINUTES)
def test_whatever_is_night_is_night_for_an_urgent_routine(set_: Settings, minute: int) -> None:
    assert is_night(set_, minute, is_urgent=True) or not is_night(set_, minute)


@given(settings(), MINUTES, st.booleans())
def test_always_and_never_ask_no_clock(set_: Settings, minute: int, is_urgent: bool) -> None:
    assert is_night(replace(set_, night="always"), minute, is_urgent)
    assert not is_night(replace(set_, night="never"), minute, is_urgent)


@given(settings(), MINUTES, st.booleans())
def test_the_kept_hours_say_the_same(set_: Settings, minute: int, is_urgent: bool) -> None:
    hours = night_hours(set_, is_urgent=is_urgent)
    assert is_night(set_, minute, is_urgent) == (hours is not None and is_between(minute, *hours))


@pytest.mark.parametrize(
    ("time", "is_urgent", "expected"),
    [
        ("21:59", True, False),
        ("22:00", True, True),
        ("03:12", True, True),
        ("05:59", True, True),
        ("06:00", True, False),
        ("21:59", False, False),
        ("03:12", False, True),
    ],
)
def test_unless_it_is_set_otherwise_every_routine_is_dark_from_ten_to_six(
    time: str, is_urgent: bool, expected: bool
) -> None:
    hours, minutes = map(int, time.split(":"))
    assert is_night(Settings(), hours * 60 + minutes, is_urgent) is expected


def test_the_minute_is_that_of_the_machines_own_place(use_zone: Callable[[str], None]) -> None:
    use_zone("UTC-2")
    assert minute_of_day(22 * 3600 + 30 * 60) == 30


class Hour:
    """A clock that a test sets, and a night that follows it."""

    def __init__(self, hour: int, set_: Settings | None = None, *, is_forced: bool = False) -> None:
        self.hour = hour
        self.night = Night(set_, lambda: self.hour * 60, is_forced=is_forced)
        self.told: list[bool] = []
        self.night.watch(self.told.append)


def test_an_urgent_run_in_the_dark_turns_it_on_and_it_stays_on_until_morning() -> None:
    at = Hour(3, Settings(night="urgent"))
    assert not at.night.is_on
    assert at.night.begin_run(is_urgent=True)
    assert at.night.begin_run(is_urgent=False)
    at.hour = 7
    assert not at.night.begin_run(is_urgent=False)
    assert at.told == [True, False]


def test_what_the_person_says_holds_until_the_end() -> None:
    at = Hour(3, Settings(night="clock"))
    assert at.night.is_on
    at.night.toggle()
    assert not at.night.begin_run(is_urgent=True)
    at.night.use_settings(Settings(night="always"))
    assert not at.night.is_on
    assert at.told == [False]


def test_an_option_makes_it_night_at_noon_and_a_key_makes_it_day_again() -> None:
    at = Hour(12, is_forced=True)
    assert at.night.is_on
    assert at.night.begin_run(is_urgent=False)
    at.night.toggle()
    assert not at.night.is_on


BERLIN = (52.5, 13.4)


def test_with_the_sun_it_is_night_from_sunset_to_sunrise() -> None:
    hours = (16 * 60 + 2, 7 * 60 + 36)
    night = Night(Settings(night="sun"), lambda: 17 * 60, sun=lambda _: hours)
    assert night.is_on
    assert night.hours() == hours
    assert Night(Settings(), lambda: 17 * 60, sun=lambda _: hours).hours() == (22 * 60, 6 * 60)


def test_where_nobody_knows_the_sun_the_hours_that_are_set_count() -> None:
    set_ = Settings(night="sun", night_from_min=60, night_to_min=120)
    assert Night(set_, lambda: 61, sun=lambda _: None).hours() == (60, 120)


def test_the_hours_of_the_sun_are_those_of_the_place(use_zone: Callable[[str], None]) -> None:
    use_zone("CET-1")
    november_21_s = 1_795_258_800.0  # 2026-11-21 12:00 UTC and 13:00 there
    found = sun_hours(Settings(night_place=BERLIN), november_21_s)
    assert found is not None
    times = sun_times(november_21_s, *BERLIN)
    assert times is not None
    an_hour_ahead = ((at_s + 3600) % 86_400 // 60 for at_s in (times.set_s, times.rise_s))
    assert found == tuple(an_hour_ahead)
    midsummer_s = november_21_s + 212 * 86_400
    assert sun_hours(Settings(night_place=(69.65, 18.96)), midsummer_s) is None


def test_other_settings_count_at_once() -> None:
    at = Hour(12)
    at.night.use_settings(Settings(night="always"))
    assert at.night.is_on
    at.night.use_settings(Settings(night="never"))
    assert at.told == [True, False]
