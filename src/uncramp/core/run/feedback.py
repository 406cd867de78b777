"""Sounds of a run besides its cues: answers to a key, and warnings.

They tell a person with their eyes shut that the clock has stopped or runs again, that a key had
no more effect, or that the run lapsed. Routines cannot change them.
"""

from enum import StrEnum

from uncramp.core.run.events import Event, Lapsed, LengthChanged, Paused, WentOn
from uncramp.core.text.durations import MINUTE_MS

WARNS_WITHIN_MS = 10 * MINUTE_MS
"""After a longer lapse no sound is played: nobody expects one, and people may be asleep."""


class Signal(StrEnum):
    """A sound that is not a cue of the plan. The values are the names of the sounds."""

    PAUSE = "pause"
    """The clock is stopped."""
    GO_ON = "go-on"
    """The clock runs again."""
    WARNING = "warning"
    """Something needs attention."""


def signal_of(event: Event) -> Signal | None:
    """The signal for an event, or None."""
    match event:
        case Paused():
            return Signal.PAUSE
        case WentOn():
            return Signal.GO_ON
        case Lapsed(gap_ms=gap_ms) if gap_ms <= WARNS_WITHIN_MS:
            return Signal.WARNING
        case LengthChanged(is_at_limit=True):
            return Signal.WARNING
    return None
