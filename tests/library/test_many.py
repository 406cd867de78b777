"""What each further routine costs where there are thousands: counts of calls, not times."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from tests.library.test_index import index_file, library, settle, written
from uncramp.core.routine.points import Atlas
from uncramp.core.suitability.search import finder
from uncramp.plain.list_lines import list_lines
from uncramp.tui.library.rows import row_of

FEW, MANY = 10, 60


def calls_of(work: Callable[[], object]) -> int:
    """How many functions are called, of Python's and of ours."""
    calls = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return calls


def for_each(tmp_path: Path, work: Callable[[Path], Callable[[], object]]) -> float:
    """How many more calls each further routine takes that the index knows."""
    found = []
    for count in (FEW, MANY):
        own = tmp_path / str(count) / "own"
        own.mkdir(parents=True)
        for n in range(count):
            written(own, f"routine-{n}", f"Routine {n}")
        library(own).listings()
        settle(own)
        found.append(calls_of(work(own)))
    return (found[1] - found[0]) / (MANY - FEW)


def test_each_listing_of_the_index_takes_a_few_calls(tmp_path: Path) -> None:
    assert for_each(tmp_path, lambda own: lambda: library(own).listings()) <= 15


def test_each_line_of_the_list_takes_a_few_calls(tmp_path: Path) -> None:
    def lines(own: Path) -> Callable[[], object]:
        known = library(own)
        listings = known.listings()
        return lambda: list(list_lines(listings, frozenset(), known.file_of))

    assert for_each(tmp_path, lines) <= 21


def test_each_row_of_the_library_takes_a_few_calls(tmp_path: Path) -> None:
    def rows(own: Path) -> Callable[[], object]:
        listings = library(own).listings()
        return lambda: [row_of(at, frozenset(), is_favourite=False) for at in listings]

    assert for_each(tmp_path, rows) <= 6


def test_each_routine_is_prepared_for_searching_in_a_few_calls(tmp_path: Path) -> None:
    def prepare(own: Path) -> Callable[[], object]:
        listings = library(own).listings()
        return lambda: finder(listings, Atlas())

    assert for_each(tmp_path, prepare) <= 14


def test_lines_that_were_kept_take_what_looking_at_the_files_takes(tmp_path: Path) -> None:
    def kept(own: Path) -> Callable[[], object]:
        def lines() -> list[str]:
            known = library(own)
            return known.lines((), lambda: list_lines(known.listings(), frozenset(), known.file_of))

        lines()
        settle(own)
        file, index = index_file(own).with_name("library-index-lines"), index_file(own)
        os.utime(file, ns=(index.stat().st_mtime_ns,) * 2)
        return lines

    assert for_each(tmp_path, kept) <= 6
