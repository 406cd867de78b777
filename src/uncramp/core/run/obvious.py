"""The one obvious move at a moment, which Space, a click and the play button make."""

from uncramp.core.run.moves import MoveKind
from uncramp.core.run.view import View


def obvious_move(view: View) -> MoveKind | None:
    """Continue a stopped run, end a step that waits for the person, otherwise pause.

    None if none of that is allowed.
    """
    wanted = [MoveKind.GO_ON, MoveKind.PAUSE]
    if view.counts_up:
        wanted.insert(1, MoveKind.DONE)
    return next((kind for kind in wanted if kind in view.allowed), None)
