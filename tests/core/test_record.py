import itertools

from hypothesis import given
from hypothesis import strategies as st

from uncramp.core.run.record import count_of, with_range


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
