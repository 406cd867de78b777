"""The record of a run that has ended, for the history."""

from uncramp.core.lazy.dataclass import dataclass, field_values

BARELY_BEGUN_MS = 10_000
"""A run that was left this early has barely begun."""


@dataclass(frozen=True, slots=True)
class Record:
    """How far a run got. The history adds the time."""

    routine_id: str
    title: str
    fingerprint: str
    """The fingerprint of the plan."""
    is_complete: bool
    """Did it reach the end of the plan with at least one step done?"""
    played_ms: int
    """How long it lasted, without pauses."""
    total_ms: int
    """How long the plan is, with open steps up to their first prompt."""
    steps_done: int
    """Steps whose time was up or that the person marked as done; each counted once."""
    steps: int
    """How many steps the plan has, with sides and rounds."""
    steps_skipped: int = 0
    """Steps that the run passed but that were not done."""
    skipped: tuple[str, ...] = ()
    """Their names, each once, `MOST_NAMED` at most; empty if the run was cut off."""
    lengthened: int = 0
    """Steps that the person made longer."""
    shortened: int = 0
    is_urgent: bool = False
    side: str = ""
    """The side that hurt, or else the first side: `left`, `right`; empty if none."""
    conditions: tuple[str, ...] = ()
    """The person's conditions, as words of the format."""
    is_cut_off: bool = False
    """Was it cut off and never resumed?"""

    @property
    def has_begun(self) -> bool:
        """Was it followed for long enough to ask about it, and to offer something after it?"""
        return self.is_complete or self.played_ms >= BARELY_BEGUN_MS

    def as_dict(self) -> dict[str, object]:
        """The record as plain values, for JSON."""
        return field_values(self)


MOST_NAMED = 20
"""The most names of skipped steps in a record."""

Ranges = tuple[tuple[int, int], ...]
"""Whole numbers as separate ranges (first, last), in order: small for any count."""


def with_range(ranges: Ranges, first: int, last: int) -> Ranges:
    """The ranges with `first` to `last` (included) added; unchanged if `last < first`."""
    if last < first:
        return ranges
    if ranges and first == ranges[-1][1] + 1:  # by far the most common case: the next step
        return (*ranges[:-1], (ranges[-1][0], last))
    apart_before = tuple(r for r in ranges if r[1] < first - 1)
    apart_after = tuple(r for r in ranges if r[0] > last + 1)
    touching = ranges[len(apart_before) : len(ranges) - len(apart_after)]
    low = min([first, *(r[0] for r in touching)])
    high = max([last, *(r[1] for r in touching)])
    return (*apart_before, (low, high), *apart_after)


def gaps_in(ranges: Ranges, last: int) -> Ranges:
    """The numbers from 1 to `last` that are not in the ranges."""
    found, least = [], 1
    for first, end in (*ranges, (last + 1, last + 1)):
        if least < min(first, last + 1):
            found.append((least, min(first - 1, last)))
        least = max(least, end + 1)
    return tuple(found)


def count_of(ranges: Ranges) -> int:
    """How many numbers are in the ranges."""
    return sum(last - first + 1 for first, last in ranges)
