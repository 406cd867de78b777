"""The question whether the run is to end here."""

from textual.app import ComposeResult
from textual.containers import Vertical

from uncramp.tui.base_screen import Dialog
from uncramp.tui.keys.bindings import bindings_for
from uncramp.tui.widgets.key_line import KeyLine
from uncramp.tui.widgets.text_page import Paragraph, TextPage


class EndDialog(Dialog[bool]):
    """Asks whether the run is to end; it goes on meanwhile."""

    PLACE = "end"
    BINDINGS = bindings_for("end")

    def compose(self) -> ComposeResult:
        """The question and its two answers."""
        with Vertical(id="frame", classes="-small") as frame:
            frame.border_title = "End"
            yield TextPage((Paragraph("End the routine here?"),), id="page")
            yield KeyLine(id="keys")

    def on_mount(self) -> None:
        """Show the answers."""
        self.show_keys()

    def action_yes(self) -> None:
        """End it."""
        self.dismiss(True)

    def action_no(self) -> None:
        """Go on."""
        self.dismiss(False)
