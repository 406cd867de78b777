"""What the history shows about cramps: whether a routine helps, and when to see a doctor.

The words about a doctor are on the safety page too, with their sources.
"""

from uncramp.core.history.comparison import Comparison, Share, Verdict
from uncramp.core.history.doctor import Reason

LOOKED_BACK = 183
"""The nights that "does it help" counts: half a year. Earlier cramps may have had other causes, and
this way the answer takes the same time for a long history."""

DOCTOR_WORDS = {
    Reason.OFTEN: (
        "You had a cramp on three nights or more within a week. Cramps that often disturb "
        "your sleep, or are frequent or long-lasting, are a reason to see a doctor."
    ),
    Reason.LONG: "A cramp lasted more than ten minutes. Please get medical advice.",
}
"""The words for each reason."""

MORE_ON_SAFETY = "uncramp safety tells more."

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
        needed = _counted(comparison.nights_needed, "more night")
        found[-1] = f"Too few nights to tell: about {needed} of which you say whether a cramp came."
    if unknown:
        verb = "is" if unknown == 1 else "are"
        found.append(f"{_counted(unknown, 'night')} {verb} unknown and not counted as good.")
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


def _share_words(share: Share, which: str) -> str:
    if not share.nights:
        return f"No known night {which}."
    low, high = (round(100 * end) for end in share.interval)
    cramps = f"{share.cramps} with a cramp" if share.cramps else "none with a cramp"
    percent = round(100 * share.value)
    return (
        f"{_counted(share.nights, 'night')} {which}, {cramps}: "
        f"{percent} %, and the true share is likely between {low} and {high} %."
    )


def _counted(number: int, what: str) -> str:
    """The number and what it counts: `1 night`, `2 nights`."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
