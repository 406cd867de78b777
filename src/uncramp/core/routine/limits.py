"""The limits of a routine. They are checked before anything is expanded."""

from uncramp.core.routine.sums import Sums
from uncramp.core.text.durations import LONGEST_MS, SECOND_MS, spoken

DEEPEST = 8
"""How deeply groups may nest, and routines use one another."""

MOST_STEPS = 100_000
"""How many steps a routine may have, sides and rounds counted."""

MOST_USED_BYTES = 1024 * 1024
"""How much a routine may use from other files; a file counts once for each setting."""

GOING_ON_BEFORE_MS = 10 * SECOND_MS
"""How long before an open step goes on by itself this is said: the least that it waits."""

SHORTEST_TICKED_MS = 10 * SECOND_MS
"""Shorter steps do not tick."""


def breaks_limit(sums: Sums) -> bool:
    """Is that more than a routine may have?"""
    return sums.steps > MOST_STEPS or sums.length_ms > LONGEST_MS


def limit_words(sums: Sums, has: str, lasts: str) -> tuple[str, str]:
    """The problem's code and message for sums that break a limit.

    The message begins with `has` for too many steps (`makes` 200,000 steps …) and with `lasts`
    for steps that last too long.
    """
    if sums.steps > MOST_STEPS:
        count = f"{sums.steps:,}" if sums.steps < 10**15 else "more than a million million"
        return (
            "too-many-steps",
            f"{has} {count} steps, counting sides and rounds; a routine has at most "
            f"{MOST_STEPS:,}.",
        )
    # Rounded up, so that a length that is less than a second too long does not look allowed.
    seconds = -(-sums.length_ms // SECOND_MS)
    long = spoken(seconds * SECOND_MS) if seconds < 10**9 else "more than thirty years"
    return "routine-too-long", f"{lasts} {long} in all; a routine lasts at most 24."
