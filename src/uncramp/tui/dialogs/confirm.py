"""The one question with yes and no, over another screen."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical

from uncramp.tui.base_screen import Dialog
from uncramp.tui.keys.bindings import bindings_for
from uncramp.tui.widgets.answer_page import AnswerPage, answer
from uncramp.tui.widgets.key_line import KeyLine
from uncramp.tui.widgets.text_page import Paragraph


class ConfirmDialog(Dialog[bool]):
    """Asks whether something is to be done, and says what comes of it."""

    PLACE = "confirm"
    # The answer that is chosen first is no: nothing is started, written or moved by a key
    # that is often pressed.
    BINDINGS = bindings_for(
        "confirm", up="by(-1)", down="by(1)", page_up="pages(-1)", page_down="pages(1)"
    )

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
            words = tuple(map(Paragraph, self._words))
            answers = (answer("no", "Go back"), answer("yes", self._yes))
            yield AnswerPage((*words, Paragraph(), *answers), id="page")
            yield KeyLine(id="keys")

    def on_mount(self) -> None:
        """Show the keys."""
        self.show_keys(yes=self._yes)

    def action_by(self, rows: int) -> None:
        """Choose the other answer."""
        self.query_one(AnswerPage).move_by(rows)

    def action_pages(self, pages: int) -> None:
        """Scroll a long question."""
        page = self.query_one(AnswerPage)
        page.scroll_relative(y=pages * max(page.size.height - 1, 1), animate=False)

    @on(AnswerPage.Taken)
    def action_take(self) -> None:
        """Take the answer that is chosen."""
        self.dismiss(self.query_one(AnswerPage).chosen == "yes")

    def action_yes(self) -> None:
        """Do it."""
        self.dismiss(True)

    def action_no(self) -> None:
        """Go back and do nothing."""
        self.dismiss(False)
