"""What all our screens share: they open others, and are left, only while in front."""

from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from textual.await_complete import AwaitComplete
from textual.geometry import Region
from textual.screen import ModalScreen, Screen

from uncramp.tui.widgets.key_line import KeyLine, KeyShown, shown_keys

Answer = TypeVar("Answer")
Answered = Callable[[Any], None] | Callable[[Any], Awaitable[None]]
"""What follows an answer."""

DIALOG_CSS = Path(__file__).parent / "dialogs" / "dialog.tcss"


class BaseScreen(Screen[Answer], inherit_bindings=False):
    """A screen of this program.

    Keys that arrive together all go to the screen that was in front when they came. So a screen
    opens another one, and is left, only while it is in front.
    """

    PLACE: ClassVar[str] = ""
    """The place of its keys in the key table."""
    IS_RUN: ClassVar[bool] = False
    """Is it the screen of a run?"""
    HAS_COMMANDS: ClassVar[bool] = True
    """Can the list of commands be opened over it?"""
    ALLOW_SELECT = False

    def on_compose(self) -> None:
        """Take on the classes for this size before the parts are styled, not after it."""
        for size, breakpoints in (
            (self.app.size.width, self.app.HORIZONTAL_BREAKPOINTS),
            (self.app.size.height, self.app.VERTICAL_BREAKPOINTS),
        ):
            fitting = [name for least, name in breakpoints or () if least <= size]
            self.add_class(*fitting[-1:], update=False)

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """Leave with `result`. Does nothing if the screen is already left or covered."""
        if not self.is_active:
            return AwaitComplete()
        return super().dismiss(result)

    def open(self, screen: Screen[Any], answered: Answered | None = None) -> None:
        """Open `screen` over this one, unless something else is in front."""
        if self.is_active:
            self.app.push_screen(screen, answered)

    def passing_regions(self) -> Iterable[Region] | None:
        """The places that show what is true only now; None where all of it is.

        What remains is the early picture of the next start.
        """
        return None

    def show_keys(self, *more: KeyShown, without: str = "", **words: str) -> None:
        """Show the keys of this place on its key line; `words` replace those of the table."""
        keys = shown_keys(self.PLACE, without=without.split(), words=words)
        self.query_one(KeyLine).show((*keys, *more))


class Dialog(BaseScreen[Answer], ModalScreen[Answer], inherit_bindings=False):
    """A framed screen over another one, that asks or tells something first."""

    HAS_COMMANDS = False
    CSS_PATH = DIALOG_CSS
