"""What the keys of the run screen do at a moment, and their words; no widgets, no layout."""

from collections.abc import Callable
from enum import Enum, auto

from textual.binding import Binding

from uncramp.core.plan.plan import SpanKind
from uncramp.core.run.moves import MoveKind
from uncramp.core.run.obvious import obvious_move
from uncramp.core.run.view import View
from uncramp.session.key_table import KEY_BY_ID, KEY_TABLE


class Ending(Enum):
    """What a person chose at the end of a run."""

    KEEP = auto()
    """Leave it, to be resumed later."""
    END = auto()
    """It is over; the history says how far it got."""
    GO_ON = auto()


MOVE_OF = {
    "still": MoveKind.STILL,
    "next": MoveKind.NEXT,
    "back": MoveKind.BACK,
    "again": MoveKind.AGAIN,
    "more": MoveKind.MORE,
    "less": MoveKind.LESS,
    "more_minute": MoveKind.MORE,
    "less_minute": MoveKind.LESS,
    "jump": MoveKind.JUMP,
    "undo": MoveKind.UNDO,
    "catch_up": MoveKind.CATCH_UP,
}
"""The moves of keys that always make the same one, by the name of the action."""

PRESSES = ("done", "main", "hold")
"""The actions of the keys whose move depends on the moment: Enter, Space, P."""

APART_S = {
    MoveKind.PAUSE: 0.3, MoveKind.GO_ON: 0.3, MoveKind.MORE: 0.0, MoveKind.LESS: 0.0,
    MoveKind.NEXT: 0.0, MoveKind.BACK: 0.0,
}  # fmt: skip
"""How long after a move of a kind the next one counts; half a second for other kinds.

Each press of next and back counts: a person who skips four steps presses four times quickly.
"""

HELD_APART_S = {MoveKind.MORE: 0.5, MoveKind.LESS: 0.5}
"""How often a held key repeats its move; other moves are made once."""

VOLUME_HELD_APART_S = 0.1
"""How often a held key changes the volume by one more step."""

CARE_RANK = -1
"""The rank of the count of cautions that are not on the screen: first on the key line."""

_WORDS = {
    MoveKind.PAUSE: "Pause",
    MoveKind.GO_ON: "Continue",
    MoveKind.DONE: "Done",
}


def move_of_press(action: str, view: View) -> MoveKind | None:
    """The obvious move for a key of `PRESSES` at this moment; None if there is none.

    Space, Enter and a click continue a paused run, end a step that waits for the person, and
    pause one that runs by itself. Enter ends a get-ready or a rest, and the others pause it. P
    only pauses and continues.
    """
    if action == "hold":
        return next((k for k in (MoveKind.GO_ON, MoveKind.PAUSE) if k in view.allowed), None)
    return obvious_move(view, starts_now=action == "done")


def press_words(action: str, view: View) -> str | None:
    """The key line's label for a key of `PRESSES`; None if another key has the same."""
    kind = move_of_press(action, view)
    is_shown = {
        "done": kind is MoveKind.DONE,
        "main": kind is not MoveKind.DONE,
        "hold": kind is not None and kind is not move_of_press("main", view),
    }[action]
    if kind is None or not is_shown:
        return None
    if kind is MoveKind.DONE and view.span.kind is not SpanKind.STEP:
        return "Start now"
    return _WORDS[kind]


def is_offered(action: str, allows: Callable[[MoveKind], bool]) -> bool:
    """Does the key of `action` do something in a run that allows these moves?"""
    kind = MOVE_OF.get(action)
    return kind is None or allows(kind)


def place_in_line(binding: Binding) -> tuple[int, int]:
    """Keys that are pressed with eyes shut come first, then those special to this run."""
    key = KEY_BY_ID[binding.id or ""]
    group = 0 if binding.action in (*PRESSES, "still") else 1 if key.place == "now" else 2
    return group, KEY_TABLE.index(key)


def rank_in_line(binding: Binding, *, is_cut: bool) -> int:
    """The rank of the key on a line that is too short; "read all" stays if a text is cut."""
    if is_cut and binding.action == "details":
        return 1
    return KEY_BY_ID[binding.id or ""].rank or 0
