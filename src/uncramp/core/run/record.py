"""What an ended run leaves behind, for the history."""

from uncramp.core.lazy.dataclass import dataclass, field_names

BARELY_BEGUN_MS = 10_000
"""A run that was left this early has barely begun."""


@dataclass(frozen=True, slots=True)
class Record:
    """How far a run got. The history adds when it was."""

    routine_id: str
    title: str
    fingerprint: str
    """Of the plan that was followed."""
    is_complete: bool
    """Did it reach the end of the plan, with at least one step done?"""
    played_ms: int
    """How long it went on, pauses left out."""
    total_ms: int
    """How long the plan is, open steps at their first prompt."""
    steps_done: int
    """Steps whose time passed or that the person called done; each counted once."""
    steps: int
    """How many the plan has, sides and rounds counted."""
    steps_skipped: int = 0
    """Steps that the run went past and that were not done."""
    skipped: tuple[str, ...] = ()
    """Names of those, each once, `MOST_NAMED` at most; none of a run that was cut off."""
    lengthened: int = 0
    """Steps that the person gave more time than the plan."""
    shortened: int = 0
    is_urgent: bool = False
    side: str = ""
    """The side that hurt, else the first with a side: `left`, `right`; empty without one."""
    conditions: tuple[str, ...] = ()
    """What the person had said of themselves, as words of the format."""
    is_cut_off: bool = False
    """Was it cut off, and never resumed?"""

    @property
    def has_begun(self) -> bool:
        """Was it followed for long enough to ask about it, and to offer something after it?"""
        return self.is_complete or self.played_ms >= BARELY_BEGUN_MS

    def as_dict(self) -> dict[str, object]:
        """The same as plain values, for JSON."""
        return {name: getattr(self, name) for name in field_names(self)}


MOST_NAMED = 20
"""Names of skipped steps in a record."""

Ranges = tuple[tuple[int, int], ...]
"""Whole numbers as ranges (first, last), in order and apart: small however many they are."""


def with_range(ranges: Ranges, first: int, last: int) -> Ranges:
    """The ranges with `first` to `last`, both included, added; nothing when `last < first`."""
    if last < first:
        return ranges
    if ranges and first == ranges[-1][1] + 1:  # by far the most usual: the next step
        return (*ranges[:-1], (ranges[-1][0], last))
    apart_before = tuple(r for r in ranges if r[1] < first - 1)
    apart_after = tuple(r for r in ranges if r[0] > last + 1)
    touching = ranges[len(apart_before) : len(ranges) - len(apart_after)]
    low = min([first, *(r[0] for r in touching)])
    high = max([last, *(r[1] for r in touching)])
    return (*apart_before, (low, high), *apart_after)


def gaps_in(ranges: Ranges, last: int) -> Ranges:
    """The numbers from 1 to `last` that the ranges do not hold."""
    found, least = [], 1
    for first, end in (*ranges, (last + 1, last + 1)):
        if least < min(first, last + 1):
            found.append((least, min(first - 1, last)))
        least = max(least, end + 1)
    return tuple(found)


def count_of(ranges: Ranges) -> int:
    """How many numbers the ranges hold."""
    return sum(last - first + 1 for first, last in ranges)
