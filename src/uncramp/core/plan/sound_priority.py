"""Which of two overlapping sounds is heard, which waits and which gives way.

This is one table. Everything that sends sounds to a player follows it, and the documents show it.
"""

from enum import StrEnum

from uncramp.core.routine.model import CueKind

PRECEDENCE = (
    CueKind.FINISH,
    CueKind.END,
    CueKind.SWITCH,
    CueKind.READY,
    CueKind.START,
    CueKind.VOICE,
    CueKind.PROMPT,
    CueKind.HALFWAY,
    CueKind.TICK,
)
"""Strongest first: of the chimes of one moment, the first in this list is played."""

ATTACK_MS = 300
"""How long the voice waits for a chime that begins at the same moment."""

BREATH_MS = 200
"""The shortest silence between two phrases."""

MOST_WAIT_MS = 6_000
"""A phrase that would have to wait longer is shown and not spoken."""


class Meeting(StrEnum):
    """What happens to a sound that would begin while another is heard."""

    BOTH = "both"
    """It begins at its moment, and the other goes on."""
    WAITS = "waits"
    """It begins when the other is over."""
    AFTER_ATTACK = "after its attack"
    """It begins when the other has rung for `ATTACK_MS`."""
    SILENT = "silent"
    """It is shown, and not heard."""


def meeting(heard: CueKind, coming: CueKind) -> Meeting:
    """What happens to `coming`, which would begin while `heard` is still heard.

    If they begin at the same moment, `stronger` decides, except for a chime and the voice, which
    are both heard.
    """
    if coming is CueKind.VOICE:
        return Meeting.WAITS if heard is CueKind.VOICE else Meeting.AFTER_ATTACK
    if heard is CueKind.VOICE and stronger(heard, coming):
        return Meeting.SILENT
    # A long bell goes on under the next step, and no chime cuts off a word.
    return Meeting.BOTH


def stronger(one: CueKind, other: CueKind) -> bool:
    """Does `one` come before `other`?"""
    return PRECEDENCE.index(one) < PRECEDENCE.index(other)


def phrase_begins_ms(
    moment_ms: float, chime_at_ms: float | None, spoken_until_ms: float | None
) -> float | None:
    """When a phrase for `moment_ms` begins to be spoken; None if that would be too late.

    `chime_at_ms` is when the last chime began, or begins at this moment, and `spoken_until_ms`
    when the phrase before is over; each None if there is none.
    """
    begins_ms = moment_ms
    if chime_at_ms is not None:
        begins_ms = max(begins_ms, chime_at_ms + ATTACK_MS)
    if spoken_until_ms is not None:
        begins_ms = max(begins_ms, spoken_until_ms + BREATH_MS)
    return begins_ms if begins_ms - moment_ms <= MOST_WAIT_MS else None


def table() -> str:
    """The table as Markdown: a row for each sound that is heard, a column for each that comes."""
    lines = [
        "| heard \\ comes | " + " | ".join(kind.value for kind in PRECEDENCE) + " |",
        "| --- |" + " --- |" * len(PRECEDENCE),
    ]
    for heard in PRECEDENCE:
        cells = (meeting(heard, coming).value for coming in PRECEDENCE)
        lines.append(f"| {heard.value} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"
