"""What all our screens have in common: they are left once, and lead on only from the front."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen, Screen

from uncramp.tui.widgets.key_line import KeyLine, KeyShown, shown_keys

Answer = TypeVar("Answer")

DIALOG_CSS = Path(__file__).parent / "dialogs" / "dialog.tcss"


class BaseScreen(Screen[Answer], inherit_bindings=False):
    """A screen of ours.

    Keys that arrive together are all handed to the screen that was in front when they
    came. So each screen leads on, and is left, only while it is in front.
    """

    PLACE: ClassVar[str] = ""
    """Where its keys stand in the table."""
    ALLOW_SELECT = False

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """Leave with `result`; nothing happens where the screen is left or covered already."""
        if not self.is_active:
            return AwaitComplete()
        return super().dismiss(result)

    def open(self, screen: Screen[Any], answered: Callable[[Any], None] | None = None) -> None:
        """Open `screen` over this one, unless something else is in front by now."""
        if self.is_active:
            self.app.push_screen(screen, answered)

    def show_keys(self, *more: KeyShown, without: str = "", **words: str) -> None:
        """Show the keys of this place on its line; `words` by name in place of the table's."""
        keys = shown_keys(self.PLACE, without=without.split(), words=words)
        self.query_one(KeyLine).show((*keys, *more))


class Dialog(BaseScreen[Answer], ModalScreen[Answer], inherit_bindings=False):
    """A framed screen over another one."""

    CSS_PATH = DIALOG_CSS
