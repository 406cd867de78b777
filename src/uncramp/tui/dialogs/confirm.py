"""Questions over another screen: yes or no, and a name."""

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from uncramp.tui.widgets.key_line import KeyLine, KeyShown
from uncramp.tui.widgets.text_page import Paragraph, TextPage
from uncramp.tui.widgets.words import Words


class Question(ModalScreen[bool]):
    """Asks whether something is to be done, and says what comes of it."""

    CSS_PATH = "page.tcss"

    # Enter is not yes: nothing is written or moved by a key that is often pressed.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "yes", "Yes", id="question.yes", key_display="Y"),
        Binding("n,escape", "no", "Back", id="question.no", key_display="N"),
    ]

    def __init__(self, title: str, words: tuple[str, ...], yes: str) -> None:
        """Ask `words` under `title`; `yes` is what the key for it does."""
        super().__init__()
        self._title = title
        self._words = words
        self._yes = yes

    def compose(self) -> ComposeResult:
        """The words and the two answers."""
        with Vertical(id="frame") as frame:
            frame.border_title = self._title
            yield TextPage(tuple(map(Paragraph, self._words)), id="page")
            yield KeyLine(id="keys")

    def on_mount(self) -> None:
        """Let the arrows scroll."""
        self.query_one(TextPage).focus()
        keys = (KeyShown("Y", self._yes, "yes"), KeyShown("N", "Back", "no"))
        self.query_one(KeyLine).show(keys)

    def action_yes(self) -> None:
        """Do it."""
        self.dismiss(True)

    def action_no(self) -> None:
        """Go back and do nothing."""
        self.dismiss(False)


class NameQuestion(ModalScreen[str | None]):
    """Asks for a name, and again until it is one that can be taken."""

    CSS_PATH = "page.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back", id="name.back"),
    ]

    def __init__(self, title: str, suggested: str, problem_of: Callable[[str], str | None]) -> None:
        """Ask under `title`; `problem_of` says what is wrong with a name, None for nothing."""
        super().__init__()
        self._title = title
        self._suggested = suggested
        self._problem_of = problem_of

    def compose(self) -> ComposeResult:
        """The field, what is wrong with what is in it, and the keys."""
        with Vertical(id="frame") as frame:
            frame.border_title = self._title
            field = Input(self._suggested, id="name", compact=True, select_on_focus=False)
            field.cursor_blink = False
            yield field
            yield Words(id="told")
            yield KeyLine(id="keys")

    def on_mount(self) -> None:
        """Let the name be typed."""
        self.query_one(Input).focus()
        self.query_one(KeyLine).show(
            (KeyShown("Enter", self._title, "take"), KeyShown("Esc", "Back", "back"))
        )

    @on(Input.Submitted)
    def action_take(self) -> None:
        """Take the name, if it is one."""
        name = self.query_one(Input).value
        problem = self._problem_of(name)
        if problem is None:
            self.dismiss(name)
        else:
            self.query_one(Words).show(problem)

    def action_back(self) -> None:
        """Go back and take none."""
        self.dismiss(None)
