"""The question at the end of a run: keep it for later, end it, or continue."""

from textual.app import ComposeResult
from textual.containers import Vertical

from uncramp.tui.base_screen import Dialog
from uncramp.tui.keys.bindings import bindings_for
from uncramp.tui.run.actions import Ending
from uncramp.tui.widgets.key_line import KeyLine
from uncramp.tui.widgets.text_page import Paragraph, TextPage


class EndDialog(Dialog[Ending]):
    """Asks what to do with the run, which is paused meanwhile."""

    PLACE = "end"
    BINDINGS = bindings_for("end")

    def compose(self) -> ComposeResult:
        """The question and its answers."""
        with Vertical(id="frame", classes="-small") as frame:
            frame.border_title = "End"
            yield TextPage((Paragraph("End the routine here?"),), id="page")
            yield KeyLine(id="keys")

    def on_mount(self) -> None:
        """Show the answers."""
        self.show_keys()

    def action_keep(self) -> None:
        """Keep it for later."""
        self.dismiss(Ending.KEEP)

    def action_yes(self) -> None:
        """End it."""
        self.dismiss(Ending.END)

    def action_no(self) -> None:
        """Go on."""
        self.dismiss(Ending.GO_ON)
