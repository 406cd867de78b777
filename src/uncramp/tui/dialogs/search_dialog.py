"""A dialog with a list that is searched by typing."""

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.getters import query_one
from textual.widgets import Input

from uncramp.tui.base_screen import Answer, Dialog
from uncramp.tui.widgets.key_line import KeyLine
from uncramp.tui.widgets.row_list import RowList
from uncramp.tui.widgets.typed_line import TypedLine
from uncramp.tui.widgets.words import Words

SEARCH_ACTIONS = {
    "up": "by(-1)", "down": "by(1)", "page_up": "pages(-1)", "page_down": "pages(1)",
    "first": "by(-1000000000)", "last": "by(1000000000)", "back": "clear_or_close",
}  # fmt: skip
"""What the keys do, by the second word of their ids in the key table."""


class SearchDialog(Dialog[Answer | None]):
    """A search above a list. Enter or a click takes a row; the result is None if none is."""

    HEADING: ClassVar[str]
    PLACEHOLDER: ClassVar[str]
    NOTHING_FOUND: ClassVar[str]

    search = query_one("#search", Input)
    message_line = query_one("#message", Words)

    def new_list(self) -> RowList[Any]:
        """The list that is searched."""
        raise NotImplementedError

    def action_take(self) -> None:
        """Leave with the chosen row."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """The search, the list, and the keys."""
        with Vertical(id="frame") as frame:
            frame.border_title = self.HEADING
            yield TypedLine(placeholder=self.PLACEHOLDER, id="search")
            yield Words(f"{self.NOTHING_FOUND} Escape clears the search.", id="message")
            yield self.new_list()
            yield KeyLine(id="keys")

    def on_mount(self) -> None:
        """Let the person type at once."""
        self.search.focus()
        self.show_keys()

    @on(Input.Submitted)
    @on(RowList.Clicked)
    def _row_taken(self) -> None:
        self.action_take()

    def action_by(self, rows: int) -> None:
        """Choose another row."""
        self.query_one(RowList).move_by(rows)

    def action_pages(self, pages: int) -> None:
        """Choose a row a page away."""
        self.query_one(RowList).move_by_pages(pages)

    def action_clear_or_close(self) -> None:
        """Clear the search, or go back if it is empty."""
        if self.search.value:
            self.search.value = ""
        else:
            self.dismiss(None)
