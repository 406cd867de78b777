"""What a run opens over itself, loaded when it is first opened: a run stands sooner without."""

from typing import TYPE_CHECKING

from uncramp.session.conductor import Conductor

if TYPE_CHECKING:
    from textual.screen import Screen

    from uncramp.tui.dialogs.page import PageOver
    from uncramp.tui.run.end_dialog import EndDialog
    from uncramp.tui.run.jump import JumpScreen


def jump_screen(conductor: Conductor) -> "JumpScreen":
    """The list of all steps, at the one that is done now."""
    from uncramp.tui.run.jump import JumpScreen

    return JumpScreen(conductor.plan, conductor.view().span.step_number)


def details_page(conductor: Conductor, save_words: str) -> "PageOver":
    """Everything about this step."""
    from uncramp.tui.dialogs.page import PageOver
    from uncramp.tui.run.details import details_of

    return PageOver("This step", details_of(conductor, save_words))


def end_dialog() -> "EndDialog":
    """The question at the end of a run."""
    from uncramp.tui.run.end_dialog import EndDialog

    return EndDialog()


def withdraw_end(shown: "Screen[object]") -> None:
    """Close that question if it is shown: two claps or another program have answered it."""
    from uncramp.tui.run.end_dialog import EndDialog

    if isinstance(shown, EndDialog):
        shown.action_no()
