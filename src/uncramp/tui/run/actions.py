"""What the keys of the run screen do at a moment, and in which words: no widget, no layout."""

from collections.abc import Callable

from textual.binding import Binding

from uncramp.core.plan.plan import SpanKind
from uncramp.core.run.moves import MoveKind
from uncramp.core.run.obvious import obvious_move
from uncramp.core.run.view import View
from uncramp.session.key_table import KEY_BY_ID, KEY_TABLE

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
"""The move of each key that makes always the same one, by the name of its action."""

PRESSES = ("done", "main", "hold")
"""The actions of the keys whose move depends on the moment: Enter, Space, P."""

APART_S = {
    MoveKind.PAUSE: 0.3, MoveKind.GO_ON: 0.3, MoveKind.MORE: 0.0, MoveKind.LESS: 0.0,
    MoveKind.NEXT: 0.0, MoveKind.BACK: 0.0,
}  # fmt: skip
"""How long after a move of a kind the next one counts; half a second for those not named.

Each press of next and back counts: who skips four steps presses four times, quickly.
"""

HELD_APART_S = {MoveKind.MORE: 0.5, MoveKind.LESS: 0.5}
"""How often a held key makes its move again; a move that is not named is made once."""

VOLUME_HELD_APART_S = 0.1
"""How often a held key makes it louder or softer by one more step."""

CARE_RANK = -1
"""Cautions that are nowhere on the screen are counted on the line of keys, before all else."""

_WORDS = {
    MoveKind.PAUSE: "Pause",
    MoveKind.GO_ON: "Continue",
    MoveKind.DONE: "Done",
}


def move_of_press(action: str, view: View) -> MoveKind | None:
    """The one obvious move for a key of `PRESSES` at this moment; None where there is none.

    Space, Enter and a click go on where the run stands, end a step that waits for the
    person, and pause one that runs by itself. Where a get-ready or a rest runs, Enter
    ends it and the others pause. P only pauses and goes on.
    """
    if action == "main":
        return obvious_move(view)
    wanted = [MoveKind.GO_ON, MoveKind.PAUSE]
    if action == "done":
        wanted.insert(1, MoveKind.DONE)
    return next((kind for kind in wanted if kind in view.allowed), None)


def press_words(action: str, view: View) -> str | None:
    """What the key line says of a key of `PRESSES`; None where another key says the same."""
    kind = move_of_press(action, view)
    is_told = {
        "done": kind is MoveKind.DONE,
        "main": kind is not MoveKind.DONE,
        "hold": kind is not None and kind is not move_of_press("main", view),
    }[action]
    if kind is None or not is_told:
        return None
    if kind is MoveKind.DONE and view.span.kind is not SpanKind.STEP:
        return "Start now"
    return _WORDS[kind]


def is_offered(action: str, allows: Callable[[MoveKind], bool]) -> bool:
    """Does the key of `action` do something in a run that allows these moves?"""
    kind = MOVE_OF.get(action)
    return kind is None or allows(kind)


def place_in_line(binding: Binding) -> tuple[int, int]:
    """What is pressed with eyes shut comes first, then what is special to this run."""
    key = KEY_BY_ID[binding.id or ""]
    group = 0 if binding.action in (*PRESSES, "still") else 1 if key.place == "now" else 2
    return group, KEY_TABLE.index(key)


def rank_in_line(binding: Binding, *, is_cut: bool) -> int:
    """How long the key stays on a line that is too short; all there is to read stays if cut."""
    if is_cut and binding.action == "details":
        return 1
    return KEY_BY_ID[binding.id or ""].rank or 0
