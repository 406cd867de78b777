"""Notes on the run screen about what has just happened: a prompt, a skip, a limit, an undo."""

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
from uncramp.core.text.suggestions import counted

NOTE_S, LIMIT_NOTE_S, TROUBLE_NOTE_S = 60.0, 8.0, 8.0
"""How long a prompt, a note about a limit, and a trouble stay on the screen."""

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
    """Notes that the run screen shows for a while. A trouble comes before other notes."""

    def __init__(self, steady: Callable[[], float]) -> None:
        """Begin without a note; `steady` is a steady clock in seconds."""
        self._steady = steady
        self._note = self._trouble = ("", 0.0)

    @property
    def note(self) -> str:
        """The present note apart from troubles; "" for none."""
        words, until_s = self._note
        return words if self._steady() < until_s else ""

    @property
    def trouble(self) -> str:
        """The trouble that is shown in full; "" for none."""
        words, until_s = self._trouble
        return words if self._steady() < until_s else ""

    def tell(self, words: str, for_s: float) -> None:
        """Show `words` for some seconds; "" for nothing."""
        self._note = (words, self._steady() + for_s)

    def tell_trouble(self, words: str, for_s: float) -> None:
        """Tell a trouble in full for so many seconds; "" changes nothing."""
        if words:
            self._trouble = (words, self._steady() + for_s)


def note_after(events: tuple[Event, ...], before: str, undo_key: str = "U") -> str:
    """The note after `events`, if `before` was the note until then; "" for none."""
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
    """What was skipped by going from one span to a later one."""
    if now.index <= left.index:
        return ""
    count = now.step_number - left.step_number
    name = left.name
    if left.kind is SpanKind.REST:
        name = "the rest"
        count -= 1
    elif count == 0:
        # From a get-ready directly into its step.
        return ""
    others = count if left.kind is SpanKind.REST else count - 1
    if others > 0:
        name += f" and {counted(others, 'more step')}"
    return f"Skipped: {name}. {undo_key} undoes it."


def _limit(event: LengthChanged) -> str:
    span = event.span
    step = span.step if span.kind is SpanKind.STEP else None
    shortest_ms = step.range_ms[0] if step and step.range_ms else SECOND_MS
    if event.length_ms <= shortest_ms:
        return f"{clock(event.length_ms)} is the shortest for this step."
    return f"{clock(event.length_ms)} is the longest for this step."


def _time_words(at_ms: int) -> str:
    """Our own prompt of an open step: the time, which the screen shows anyway."""
    return f"{spoken(at_ms)}.".capitalize()
