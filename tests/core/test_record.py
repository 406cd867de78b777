import itertools
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from uncramp.core.plan.plan import make_plan
from uncramp.core.routine.model import Choices, Routine, Side, Sides, Step
from uncramp.core.run.events import Event, RunEnded
from uncramp.core.run.moves import Move, MoveKind
from uncramp.core.run.record import Record, count_of, gaps_in, with_range
from uncramp.core.run.run import Run

SOAK = Step("soak", "Soak", time_ms=60_000)
ROLL = Step("roll", "Roll", time_ms=30_000, sides=Sides.EACH)
HOLD = Step("hold", "Hold", time_ms=20_000)
EVENING = Routine("evening", "Evening", (SOAK, ROLL, HOLD))


def record_after(*moves: tuple[int, Move], routine: Routine = EVENING) -> Record:
    """The record after the moves, each some milliseconds after the one before."""
    chosen = Choices(first_side=Side.RIGHT, conditions=frozenset({"pregnant", "numb-feet"}))
    run = Run(make_plan(routine, chosen), lapse_after_ms=None)
    now, events = 0, list[Event](run.move(Move(MoveKind.START), 0))
    for wait_ms, move in moves:
        now += wait_ms
        events += run.move(move, now)
    events += run.advance(now + 10**7)
    ended = events[-1]
    assert isinstance(ended, RunEnded)
    return ended.record


NEXT, BACK, END, UNDO = map(Move, (MoveKind.NEXT, MoveKind.BACK, MoveKind.END, MoveKind.UNDO))


@given(st.lists(st.tuples(st.integers(1, 60), st.integers(-3, 12))))
def test_ranges_hold_what_was_added_and_stay_apart(added: list[tuple[int, int]]) -> None:
    ranges: tuple[tuple[int, int], ...] = ()
    numbers: set[int] = set()
    for first, more in added:
        ranges = with_range(ranges, first, first + more)
        numbers |= set(range(first, first + more + 1))
    held = [number for first, last in ranges for number in range(first, last + 1)]
    assert held == sorted(numbers)
    assert count_of(ranges) == len(numbers)
    assert all(a[1] + 1 < b[0] for a, b in itertools.pairwise(ranges))


@given(st.lists(st.tuples(st.integers(1, 60), st.integers(0, 12))), st.integers(0, 70))
def test_what_ranges_leave_out(added: list[tuple[int, int]], last: int) -> None:
    ranges: tuple[tuple[int, int], ...] = ()
    for first, more in added:
        ranges = with_range(ranges, first, first + more)
    held = {number for first, end in ranges for number in range(first, end + 1)}
    left_out = [n for first, end in gaps_in(ranges, last) for n in range(first, end + 1)]
    assert left_out == sorted(set(range(1, last + 1)) - held)


def test_what_was_gone_past_and_not_done_is_skipped() -> None:
    record = record_after((1_000, NEXT), (30_000, NEXT))
    assert record.is_complete
    assert (record.steps, record.steps_done, record.steps_skipped) == (4, 2, 2)
    assert record.skipped == ("Soak", "Roll")


def test_what_was_never_reached_is_not_skipped() -> None:
    record = record_after((1_000, NEXT), (1_000, END))
    assert (record.steps_done, record.steps_skipped, record.skipped) == (0, 1, ("Soak",))
    assert record_after((1_000, NEXT), (1_000, UNDO), (1_000, END)).steps_skipped == 0
    assert record_after((1_000, NEXT), (1_000, BACK), (1_000, END)).steps_skipped == 0


def test_what_was_made_longer_or_shorter_is_counted_by_steps() -> None:
    more, less = Move(MoveKind.MORE), Move(MoveKind.LESS)
    record = record_after((1_000, more), (1_000, more), (100_000, less))
    assert (record.lengthened, record.shortened) == (1, 1)
    assert record_after((1_000, more), (1_000, UNDO)).lengthened == 0
    assert record_after((1_000, more), (1_000, END)).lengthened == 1
    # A repeated step ends as planned, but it was longer once.
    assert record_after((1_000, less), (1_000, BACK)).shortened == 1


def test_who_ran_it_and_on_which_side() -> None:
    record = record_after((1_000, END))
    assert (record.side, record.conditions) == ("right", ("numb-feet", "pregnant"))
    assert not record.is_urgent
    assert record_after((1_000, END), routine=replace(EVENING, items=(SOAK,))).side == ""


def test_a_run_is_complete_where_anything_of_it_was_done() -> None:
    steps = [(1_000, NEXT)] * 4
    skipped = record_after(*steps)
    assert not skipped.is_complete
    assert (skipped.steps_done, skipped.steps_skipped) == (0, skipped.steps)
    assert record_after(*steps[:-1]).is_complete
