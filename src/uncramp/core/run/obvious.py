"""The one obvious move at a moment: of Space, Enter, a click, the play button and two claps."""

from uncramp.core.run.moves import MoveKind
from uncramp.core.run.view import View

UNHEARD_MS = 500
"""A pause this soon after a span began by itself was meant for the one before."""


def obvious_move(view: View, *, starts_now: bool = False) -> MoveKind | None:
    """Continue a stopped run, end a step that waits for the person, otherwise pause.

    With `starts_now` it also ends a get-ready or a rest, as Enter does. None if none of that is
    allowed.
    """
    wanted = [MoveKind.GO_ON, MoveKind.PAUSE]
    if view.counts_up or starts_now:
        wanted.insert(1, MoveKind.DONE)
    return next((kind for kind in wanted if kind in view.allowed), None)
