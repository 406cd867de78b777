"""How much a routine may hold. All of it is computed before anything is expanded."""

from uncramp.core.routine.sums import Sums
from uncramp.core.text.durations import LONGEST_MS, SECOND_MS, spoken

DEEPEST = 8
"""How many levels groups nest, and how many routines use one another."""

MOST_STEPS = 100_000
"""How many steps a routine may have, sides and rounds counted."""

MOST_USED_BYTES = 1024 * 1024
"""How much a routine may use of other files, a file once for each setting it is used in."""

GOING_ON_BEFORE_MS = 10 * SECOND_MS
"""So long before an open step goes on by itself that is said: it waits no shorter than this."""

SHORTEST_TICKED_MS = 10 * SECOND_MS
"""Shorter steps do not tick."""


def breaks_limit(sums: Sums) -> bool:
    """Is that more than a routine may hold?"""
    return sums.steps > MOST_STEPS or sums.length_ms > LONGEST_MS


def limit_words(sums: Sums, has: str, lasts: str) -> tuple[str, str]:
    """The problem's code and message for sums that break a limit.

    The message begins with `has` where there are too many steps (`makes` 200,000 steps …) and
    with `lasts` where they last too long.
    """
    if sums.steps > MOST_STEPS:
        count = f"{sums.steps:,}" if sums.steps < 10**15 else "more than a million million"
        return (
            "too-many-steps",
            f"{has} {count} steps, counting sides and rounds; a routine has at most "
            f"{MOST_STEPS:,}.",
        )
    # Rounded up, so that what is too long by less than a second is not shown as just short enough.
    seconds = -(-sums.length_ms // SECOND_MS)
    long = spoken(seconds * SECOND_MS) if seconds < 10**9 else "more than thirty years"
    return "routine-too-long", f"{lasts} {long} in all; a routine lasts at most 24."
