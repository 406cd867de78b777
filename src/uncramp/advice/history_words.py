"""What the history shows about cramps: whether a routine helps, and when to see a doctor.

The words about a doctor are on the safety page too, with their sources.
"""

from uncramp.core.history.comparison import (
    FEWEST_NIGHTS,
    SMALL,
    Comparison,
    Share,
    Verdict,
    fewest_against_none,
)
from uncramp.core.history.doctor import Reason
from uncramp.core.text.suggestions import counted

LOOKED_BACK = 183
"""The nights that "does it help" counts: half a year. Earlier cramps may have had other causes, and
this way the answer takes the same time for a long history."""

MONTH_NIGHTS = 15
"""The nights of each side in a month, as the example counts them."""

DOCTOR_WORDS = {
    Reason.OFTEN: (
        "You had a cramp on three nights or more within a week. Cramps that often disturb "
        "your sleep, or are frequent or long-lasting, are a reason to see a doctor."
    ),
    Reason.LONG: "A cramp lasted more than ten minutes. Please get medical advice.",
}
"""The words for each reason."""

MORE_ON_SAFETY = "uncramp safety has more."

_PERCENT = "\u00a0%"
"""After a number, on the same line."""

_ASSOCIATION = (
    "This tells what went together on your nights. It cannot tell why: other things may have "
    "been different on them, too."
)


def comparison_words(comparison: Comparison, unknown: int) -> tuple[str, ...]:
    """Sentences about the nights with the evening routine and those without it.

    `unknown` is the number of nights without an entry.
    """
    found = [
        _share_words(comparison.with_it, "with the evening routine"),
        _share_words(comparison.without_it, "without it"),
        _VERDICTS[comparison.verdict],
    ]
    if comparison.verdict is Verdict.TOO_FEW:
        found[-1:] = _too_few_words(comparison)
    if unknown:
        verb = "is" if unknown == 1 else "are"
        found.append(f"{counted(unknown, 'night')} {verb} unknown and not counted as good.")
    if comparison.verdict in (Verdict.LESS, Verdict.MORE):
        found.append(_ASSOCIATION)
    return tuple(found)


_VERDICTS = {
    Verdict.TOO_FEW: "",
    Verdict.LESS: (
        "Fewer cramps with the routine. The difference is larger than chance usually makes."
    ),
    Verdict.MORE: (
        "More cramps with the routine. The difference is larger than chance usually makes."
    ),
    Verdict.NO_DIFFERENCE: "No difference that you would be likely to notice.",
}


def _too_few_words(comparison: Comparison) -> tuple[str, ...]:
    """That there are too few nights, and what more of them can show."""
    if min(comparison.with_it.nights, comparison.without_it.nights) < FEWEST_NIGHTS:
        large, half = (fewest_against_none(nights) for nights in (FEWEST_NIGHTS, MONTH_NIGHTS))
        return (
            "Too few nights to tell yet: each side needs "
            f"{FEWEST_NIGHTS} of which you say whether a cramp came.",
            f"A fortnight can show a large difference: a cramp on none of {FEWEST_NIGHTS} nights "
            f"with the routine, and on {large} of {FEWEST_NIGHTS} without it. A month can show "
            f"one about half as large: none of {MONTH_NIGHTS}, and {half} of {MONTH_NIGHTS}. "
            "A smaller one takes longer.",
        )
    needed = counted(comparison.nights_needed, "more night")
    if abs(comparison.difference) < SMALL:
        shown = f"a difference of {round(100 * SMALL)} points would probably show"
        shown += "; you might not notice a smaller one"
    else:
        shown = "the difference would probably show, if it stays as it is"
    return (f"Too few nights to tell yet. With about {needed} {shown}.",)


def _share_words(share: Share, which: str) -> str:
    if not share.nights:
        return f"No known night {which}."
    low, high = (round(100 * end) for end in share.interval)
    cramps = f"{share.cramps} with a cramp" if share.cramps else "none with a cramp"
    percent = round(100 * share.value)
    return (
        f"{counted(share.nights, 'night')} {which}, {cramps}: "
        f"{percent}{_PERCENT}, and the true share is likely between {low} and {high}{_PERCENT}."
    )
