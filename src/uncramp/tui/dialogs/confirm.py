"""A question with yes and no, on top of another screen."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical

from uncramp.tui.base_screen import Dialog
from uncramp.tui.keys.bindings import bindings_for
from uncramp.tui.widgets.answer_page import AnswerPage, answer
from uncramp.tui.widgets.key_line import KeyLine
from uncramp.tui.widgets.text_page import Paragraph, TextPage

FEW_LINES, FEW_COLUMNS = 3, 60
"""A question with more lines than this, each this wide, has a larger frame."""


class ConfirmDialog(Dialog[bool]):
    """Asks before something is done, and says what it would do."""

    PLACE = "confirm"
    # "No" is chosen first, so that a key that is pressed often starts, writes or moves nothing.
    BINDINGS = bindings_for(
        "confirm", up="by(-1)", down="by(1)", page_up="pages(-1)", page_down="pages(1)"
    )

    def __init__(self, title: str, words: tuple[str, ...], yes: str) -> None:
        """Ask `words` under `title`; `yes` is the label of the key that agrees."""
        super().__init__()
        self._title = title
        self._words = words
        self._yes = yes

    def compose(self) -> ComposeResult:
        """The question, which scrolls if it is long, and the two answers, always visible."""
        with Vertical(id="frame", classes="" if self._is_long else "-small") as frame:
            frame.border_title = self._title
            page = TextPage(tuple(map(Paragraph, self._words)), id="page")
            page.can_focus = False
            yield page
            answers = (answer("no", "Go back"), answer("yes", self._yes))
            yield AnswerPage(answers, id="answers")
            yield KeyLine(id="keys")

    @property
    def _is_long(self) -> bool:
        return sum(1 + len(words) // FEW_COLUMNS for words in self._words) > FEW_LINES

    @property
    def page(self) -> TextPage:
        """The question."""
        return self.query_one("#page", TextPage)

    def on_mount(self) -> None:
        """Show the keys."""
        self.call_after_refresh(self._show_keys)

    def on_resize(self) -> None:
        """Name the key that scrolls, if some of the question is not visible."""
        self.call_after_refresh(self._show_keys)

    def _show_keys(self) -> None:
        self.show_keys(yes=self._yes, without="" if self.page.max_scroll_y else "page_down")

    def action_by(self, rows: int) -> None:
        """Choose the other answer."""
        self.query_one(AnswerPage).move_by(rows)

    def action_pages(self, pages: int) -> None:
        """Scroll a long question."""
        self.page.scroll_relative(y=pages * max(self.page.size.height - 1, 1), animate=False)

    @on(AnswerPage.Taken)
    def action_take(self) -> None:
        """Accept the chosen answer."""
        self.dismiss(self.query_one(AnswerPage).chosen == "yes")

    def action_yes(self) -> None:
        """Do it."""
        self.dismiss(True)

    def action_no(self) -> None:
        """Go back without doing it."""
        self.dismiss(False)
