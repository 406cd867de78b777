"""What is heard of a run besides its cues: answers to a key, and that something is amiss.

With the eyes shut a person knows by them that the clock stands, that it goes again,
that a key did nothing more, that the run went unseen. No routine names them.
"""

from enum import StrEnum

from uncramp.core.run.events import Event, Lapsed, LengthChanged, Paused, WentOn
from uncramp.core.text.durations import MINUTE_MS

WARNS_WITHIN_MS = 10 * MINUTE_MS
"""After a longer lapse nobody waits for a sound any more, and somebody may be asleep."""


class Signal(StrEnum):
    """Something to be heard that is no cue of the plan. The names are those of its sound."""

    PAUSE = "pause"
    """The clock is stopped."""
    GO_ON = "go-on"
    """It goes again."""
    WARNING = "warning"
    """Something is not as it should be: look."""


def signal_of(event: Event) -> Signal | None:
    """What is to be heard of an event, or None."""
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
