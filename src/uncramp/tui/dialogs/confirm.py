"""The one question with yes and no, over another screen."""

from textual.app import ComposeResult
from textual.containers import Vertical

from uncramp.tui.base_screen import Dialog
from uncramp.tui.keys.bindings import bindings_for
from uncramp.tui.widgets.key_line import KeyLine
from uncramp.tui.widgets.text_page import Paragraph, TextPage


class ConfirmDialog(Dialog[bool]):
    """Asks whether something is to be done, and says what comes of it."""

    PLACE = "confirm"
    # Enter is not yes: nothing is started, written or moved by a key that is often pressed.
    BINDINGS = bindings_for("confirm")

    def __init__(self, title: str, words: tuple[str, ...], yes: str) -> None:
        """Ask `words` under `title`; `yes` is what the key for it does."""
        super().__init__()
        self._title = title
        self._words = words
        self._yes = yes

    def compose(self) -> ComposeResult:
        """The words and the two answers."""
        with Vertical(id="frame", classes="-small") as frame:
            frame.border_title = self._title
            yield TextPage(tuple(map(Paragraph, self._words)), id="page")
            yield KeyLine(id="keys")

    def on_mount(self) -> None:
        """Let the arrows scroll."""
        self.query_one(TextPage).focus()
        self.show_keys(yes=self._yes)

    def action_yes(self) -> None:
        """Do it."""
        self.dismiss(True)

    def action_no(self) -> None:
        """Go back and do nothing."""
        self.dismiss(False)
