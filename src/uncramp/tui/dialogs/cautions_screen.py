"""The page before a first run: what to be careful about."""

from textual.app import ComposeResult
from textual.containers import Vertical

from uncramp.tui.base_screen import BaseScreen
from uncramp.tui.keys.bindings import bindings_for
from uncramp.tui.widgets.key_line import KeyLine
from uncramp.tui.widgets.text_page import Paragraph, TextPage
from uncramp.tui.widgets.wrapping import as_title


class CautionsScreen(BaseScreen[bool]):
    """The cautions of a routine. Its result says whether to start."""

    CSS_PATH = "cautions_screen.tcss"
    PLACE = "first"
    BINDINGS = bindings_for("first", keys="app.keys")

    def __init__(self, title: str, cautions: tuple[str, ...]) -> None:
        """Show the `cautions` of the routine called `title`, a paragraph each."""
        super().__init__()
        self._title = title
        self._cautions = cautions

    def compose(self) -> ComposeResult:
        """The page, and its keys."""
        page = [p for words in self._cautions for p in (Paragraph(words, hang=2), Paragraph())]
        with Vertical(id="frame") as frame:
            frame.border_title = as_title(self._title)
            yield TextPage(tuple(page[:-1]), id="page")
        yield KeyLine(id="keys")

    def on_mount(self) -> None:
        """Let the arrows scroll."""
        self.query_one(TextPage).focus()
        self.show_keys()

    def action_start(self) -> None:
        """Start the routine."""
        self.dismiss(True)

    def action_back(self) -> None:
        """Go back without starting."""
        self.dismiss(False)
