"""Nights: what counts for which, what a comparison takes, when a doctor is named."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.core.test_nights import shown
from uncramp.core.history.calendar import NightFacts, comparison_of, nights_of, tally_of, weeks_of
from uncramp.core.history.comparison import Share
from uncramp.core.history.doctor import Reason, advice_for
from uncramp.core.history.entries import CalmNight, CrampEntry, Entry, RunEnding, RunEntry
from uncramp.core.history.nights import LocalTime

DAY = date(2026, 11, 21)
EVENING = frozenset({"bedtime"})


def run(began: str, routine_id: str = "bedtime", **fields: object) -> RunEntry:
    moment = shown(began)
    known = {"ending": RunEnding.FINISHED, **fields}
    return RunEntry(routine_id, routine_id, "f", moment, moment, **known)  # type: ignore[arg-type]


def test_an_urgent_run_and_the_cramp_told_after_it_are_one() -> None:
    urgent = run("2026-11-22T03:00+01:00", "acute-calf", is_urgent=True, id=4)
    told = CrampEntry(shown("2026-11-22T03:01+01:00"), run_id=4, id=1)
    other = CrampEntry(shown("2026-11-22T05:00+01:00"), id=2)
    assert nights_of([urgent, told], EVENING) == {DAY: NightFacts(cramps=1)}
    assert nights_of([urgent, told, other], EVENING) == {DAY: NightFacts(cramps=2)}


def test_a_routine_that_was_broken_off_or_is_another_is_no_evening_routine() -> None:
    entries = [
        run("2026-11-21T21:30+01:00", ending=RunEnding.ENDED),
        run("2026-11-21T21:30+01:00", "calf-rub"),
    ]
    assert nights_of(entries, EVENING) == {}
    done = run("2026-11-22T00:30+01:00")
    assert nights_of([done], EVENING) == {DAY: NightFacts(has_routine=True)}


def test_a_cramp_that_was_told_wins_over_a_calm_night() -> None:
    entries: list[Entry] = [CalmNight(DAY), CrampEntry(shown("2026-11-22T03:00+01:00"))]
    assert nights_of(entries, EVENING)[DAY].has_cramp is True
    assert nights_of([CalmNight(DAY)], EVENING)[DAY].has_cramp is False


def test_nights_nobody_told_of_are_unknown_and_not_good() -> None:
    nights = {
        DAY: NightFacts(has_routine=True),
        DAY + timedelta(1): NightFacts(has_routine=True, is_calm=True),
        DAY + timedelta(2): NightFacts(has_routine=True, cramps=2),
        DAY + timedelta(3): NightFacts(cramps=1),
    }
    found = comparison_of(nights)
    assert (found.with_it, found.without_it) == (Share(1, 2), Share(1, 1))


def test_an_entry_of_no_year_harms_nothing() -> None:
    assert nights_of([CrampEntry(LocalTime(10**15))], EVENING) == {}


@given(st.dates())
def test_a_month_has_each_of_its_days_once_under_its_weekday(day: date) -> None:
    weeks = weeks_of(day)
    assert all(len(week) == 7 for week in weeks)
    found = [cell for week in weeks for cell in week if cell]
    assert [cell.day for cell in found] == list(range(1, len(found) + 1))
    assert day in found
    assert all(
        cell is None or cell.weekday() == at for week in weeks for at, cell in enumerate(week)
    )


def test_the_tally_counts_from_the_first_night_and_a_miss_takes_nothing_away() -> None:
    done = [DAY - timedelta(n) for n in (0, 1, 5, 41, 42)]
    nights = {night: NightFacts(has_routine=True) for night in done}
    assert tally_of(nights, DAY) == (4, 42)
    assert tally_of({DAY - timedelta(4): NightFacts(has_routine=True)}, DAY) == (1, 5)
    assert tally_of({DAY: NightFacts(cramps=1)}, DAY) == (0, 0)


def test_a_doctor_is_named_for_three_nights_of_a_week() -> None:
    nights = {DAY - timedelta(n): NightFacts(cramps=1) for n in (0, 3, 6)}
    (found,) = advice_for(nights, (), DAY)
    assert (found.reason, found.cause) == (Reason.OFTEN, "often:2026-W47")
    assert advice_for(nights, (), DAY + timedelta(1)) == ()
    assert advice_for({DAY: NightFacts(cramps=5)}, (), DAY) == ()


def test_a_doctor_is_named_for_a_cramp_of_more_than_ten_minutes() -> None:
    def lasting(seconds: int) -> CrampEntry:
        return CrampEntry(shown("2026-11-22T03:00+01:00"), lasted_s=seconds)

    assert advice_for({}, [lasting(600)], DAY) == ()
    (found,) = advice_for({}, [lasting(601)], DAY)
    assert (found.reason, found.cause) == (Reason.LONG, "long:2026-11-21")
    assert advice_for({}, [lasting(601)], DAY + timedelta(7)) == ()
