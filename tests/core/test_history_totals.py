"""Summaries of a routine and of some weeks."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from uncramp.core.history.calendar import nights_of
from uncramp.core.history.entries import CalmNight, CrampEntry, Entry, Leg, RunEnding, RunEntry
from uncramp.core.history.nights import LocalTime
from uncramp.core.history.totals import DAY_MIN, doctor_summary, routine_summary

DAY = date(2026, 11, 20)
NOON_S = (DAY - date(1970, 1, 1)).days * 86_400 + 43_200


def run(minute: int = 0, ending: RunEnding = RunEnding.FINISHED, **fields: object) -> RunEntry:
    at = LocalTime(NOON_S - 43_200 + minute * 60)
    return RunEntry("bedtime", "Bedtime", "f", at, at, ending, **fields)  # type: ignore[arg-type]


def cramp(days_ago: int, **fields: object) -> CrampEntry:
    return CrampEntry(LocalTime(NOON_S + 3_600 - days_ago * 86_400), **fields)  # type: ignore[arg-type]


def test_of_no_runs_there_is_nothing_to_tell() -> None:
    assert routine_summary([]) is None


def test_a_routine_is_told_by_its_middle_and_its_last() -> None:
    runs = [
        run(22 * 60, active_ms=60_000, skipped=("Soak",)),
        run(22 * 60 + 10, RunEnding.ENDED, active_ms=5_000, skipped=("Soak", "Roll")),
        run(9 * 60, active_ms=70_000),
    ]
    found = routine_summary(runs)
    assert found is not None
    assert (found.runs, found.finished, found.median_ms) == (3, 2, 60_000)
    assert found.skipped == ("Soak",)
    assert found.last == runs[1].began
    assert found.usual_minute == 22 * 60 + 5


@given(st.integers(0, DAY_MIN - 1), st.lists(st.integers(-20, 20), min_size=1, max_size=9))
def test_the_usual_time_is_among_its_runs_over_midnight_too(hour: int, around: list[int]) -> None:
    minutes = [(hour + apart) % DAY_MIN for apart in around]
    found = routine_summary([run(minute) for minute in minutes])
    assert found is not None
    apart = abs(found.usual_minute - hour) % DAY_MIN
    assert min(apart, DAY_MIN - apart) <= 20


def test_the_weeks_of_a_doctor_end_tonight_and_know_what_is_unknown() -> None:
    entries: list[Entry] = [
        cramp(0, leg=Leg.LEFT, pain=7, lasted_s=90, helped=("walking",), note="hike"),
        cramp(13, leg=Leg.LEFT, pain=3),
        CalmNight(DAY - timedelta(days=5)),
        run(23 * 60, conditions=("pregnant",)),
    ]
    found = doctor_summary(entries, nights_of(entries, frozenset()), DAY, 2)
    assert (found.first, found.last, found.nights) == (DAY - timedelta(days=13), DAY, 14)
    assert (found.nights_with_cramp, found.nights_without, found.cramps) == (2, 1, 2)
    assert found.legs == {Leg.LEFT: 2}
    assert found.pains == (3, 7)
    assert found.helped == (("walking", 1),)
    assert found.done == (("Bedtime", 1, 1),)
    assert found.conditions == ("pregnant",)
    assert found.notes == ((DAY, "hike"),)
