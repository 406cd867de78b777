"""The pages of the history: every entry is on one of them, whatever their number."""

import pytest

from uncramp.core.history.entries import CrampEntry, Entry, EntryFilter
from uncramp.core.history.nights import LocalTime
from uncramp.tui.history.entry_pager import KINDS, PAGE_SIZE, EntryPager


def of(entries: int) -> EntryPager:
    """A pager over so many cramps, the latest of which has the highest number."""
    all_: list[Entry] = [CrampEntry(LocalTime(at), id=at) for at in range(entries, 0, -1)]

    def read(wanted: EntryFilter, size: int, before: int | None) -> list[Entry]:
        return [entry for entry in all_ if before is None or entry.id < before][:size]

    pager = EntryPager(read)
    pager.read()
    return pager


@pytest.mark.parametrize("entries", [0, 1, PAGE_SIZE - 1, PAGE_SIZE, PAGE_SIZE + 1, 3 * PAGE_SIZE])
def test_turning_shows_each_once_and_turning_back_too(entries: int) -> None:
    pager = of(entries)
    seen = [pager.entries]
    while pager.turn(1):
        pager.read()
        assert pager.entries
        seen.append(pager.entries)
    assert [entry.id for page in seen for entry in page] == list(range(entries, 0, -1))
    assert not pager.has_earlier
    for page in seen[-2::-1]:
        assert pager.turn(-1)
        pager.read()
        assert pager.entries == page
    assert not pager.has_later and not pager.turn(-1)


def test_other_entries_begin_with_the_latest() -> None:
    pager = of(3 * PAGE_SIZE)
    pager.turn(1)
    kinds = []
    for _ in KINDS:
        pager.want_next_kind()
        assert not pager.has_later
        kinds.append(pager.wanted.kind)
    assert kinds == [*KINDS[1:], ""] and pager.is_all
