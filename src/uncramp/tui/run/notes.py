"""What the run screen tells of what has just happened: a prompt, a skip, a limit, an undo."""

from collections.abc import Callable

from uncramp.core.plan.plan import Span, SpanKind
from uncramp.core.run.events import (
    CueDue,
    Event,
    LengthChanged,
    SpanBegan,
    SpanEnd,
    SpanEnded,
    Undone,
)
from uncramp.core.run.moves import MoveKind
from uncramp.core.text.durations import SECOND_MS, clock, spoken

NOTE_S, LIMIT_NOTE_S, TROUBLE_NOTE_S = 60.0, 8.0, 8.0
"""How long a prompt stays on the screen, what is told of a limit, and a trouble."""

_UNDONE = {
    MoveKind.PAUSE: "the pause",
    MoveKind.GO_ON: "continuing",
    MoveKind.DONE: "done",
    MoveKind.STILL: "still tight",
    MoveKind.NEXT: "the skip",
    MoveKind.BACK: "going back",
    MoveKind.AGAIN: "starting over",
    MoveKind.MORE: "the longer time",
    MoveKind.LESS: "the shorter time",
    MoveKind.JUMP: "the jump",
    MoveKind.CATCH_UP: "catching up",
}


class NoteBoard:
    """What the run screen tells for a while. A trouble comes before what else is told."""

    def __init__(self, steady: Callable[[], float]) -> None:
        """Tell nothing yet; `steady` is a clock in seconds that is never set."""
        self._steady = steady
        self._note = self._trouble = ("", 0.0)

    @property
    def note(self) -> str:
        """What is told besides troubles; "" for nothing."""
        words, until_s = self._note
        return words if self._steady() < until_s else ""

    @property
    def trouble(self) -> str:
        """The trouble that is told in full; "" for none."""
        words, until_s = self._trouble
        return words if self._steady() < until_s else ""

    def tell(self, words: str, for_s: float) -> None:
        """Tell `words` for so many seconds; "" for nothing."""
        self._note = (words, self._steady() + for_s)

    def tell_trouble(self, words: str) -> None:
        """Tell a trouble in full, for `TROUBLE_NOTE_S`; "" for none."""
        self._trouble = (words, self._steady() + TROUBLE_NOTE_S)


def note_after(events: tuple[Event, ...], before: str, undo_key: str = "U") -> str:
    """What is to be told after `events`, where `before` was told until then; "" for nothing."""
    note, undone, left = before, "", None
    for event in events:
        match event:
            case Undone():
                undone = f"Undone: {_UNDONE[event.kind]}."
            case SpanEnded(how=SpanEnd.SKIPPED):
                left = event.span
            case SpanBegan():
                note = _skipped(left, event.span, undo_key) if left else ""
                left = None
            case CueDue(cue=cue) if cue.show and cue.show != _time_words(cue.at_ms):
                note = cue.show
            case LengthChanged(is_at_limit=True):
                note = _limit(event)
    return undone or note


def _skipped(left: Span, now: Span, undo_key: str) -> str:
    """What was left out by going from one span to a later one."""
    if now.index <= left.index:
        return ""
    count = now.step_number - left.step_number
    name = left.name
    if left.kind is SpanKind.REST:
        name = "the rest"
        count -= 1
    elif count == 0:
        # From a get-ready right into its step.
        return ""
    others = count if left.kind is SpanKind.REST else count - 1
    if others > 0:
        name += f" and {others:,} more step{'s' if others > 1 else ''}"
    return f"Skipped: {name}. {undo_key} undoes it."


def _limit(event: LengthChanged) -> str:
    span = event.span
    step = span.step if span.kind is SpanKind.STEP else None
    shortest_ms = step.range_ms[0] if step and step.range_ms else SECOND_MS
    if event.length_ms <= shortest_ms:
        return f"{clock(event.length_ms)} is the shortest for this step."
    return f"{clock(event.length_ms)} is the longest for this step."


def _time_words(at_ms: int) -> str:
    """What an open step's own prompt says: the time, which the screen shows anyway."""
    return f"{spoken(at_ms)}.".capitalize()
