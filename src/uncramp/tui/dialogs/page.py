"""Pages that open over another screen and close with Escape."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.events import Click
from textual.screen import ModalScreen

from uncramp.tui.widgets.key_line import KeyLine, KeyShown
from uncramp.tui.widgets.text_page import Paragraph, TextPage


class PageOver(ModalScreen[None]):
    """A page to read, over what goes on."""

    CSS_PATH = "page.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,i,question_mark,enter", "close", "Close", id="page.close"),
    ]

    def __init__(self, title: str, paragraphs: tuple[Paragraph, ...]) -> None:
        """Show `paragraphs` under `title`."""
        super().__init__()
        self._title = title
        self._paragraphs = paragraphs

    def compose(self) -> ComposeResult:
        """A framed page, and the key that closes it."""
        with Vertical(id="frame") as frame:
            frame.border_title = self._title
            yield TextPage(self._paragraphs, id="page")
            yield KeyLine(id="keys")

    def on_mount(self) -> None:
        """Let the arrows scroll."""
        self.query_one(TextPage).focus()
        self.query_one(KeyLine).show((KeyShown("Esc", "Close", "close"),))

    def on_click(self, event: Click) -> None:
        """Close when what lies around the page is clicked."""
        if event.widget is self:
            self.action_close()

    def action_close(self) -> None:
        """Go back to what is under it."""
        self.dismiss()


class EndQuestion(ModalScreen[bool]):
    """Asks whether the run is to end; it goes on meanwhile."""

    CSS_PATH = "page.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,enter", "yes", "End it", id="end.yes", key_display="Y"),
        Binding("n,escape,space", "no", "Go on", id="end.no", key_display="N"),
    ]

    def compose(self) -> ComposeResult:
        """The question and its two answers."""
        with Vertical(id="question") as frame:
            frame.border_title = "End"
            yield TextPage((Paragraph("End the routine here?"),), id="page")
            yield KeyLine(id="keys")

    def on_mount(self) -> None:
        """Show the answers."""
        self.query_one(KeyLine).show((KeyShown("Y", "End it", "yes"), KeyShown("N", "Go on", "no")))

    def action_yes(self) -> None:
        """End it."""
        self.dismiss(True)

    def action_no(self) -> None:
        """Go on."""
        self.dismiss(False)
