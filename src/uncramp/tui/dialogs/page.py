"""Pages that open on top of another screen and close with Escape."""

from typing import Any

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.events import Click

from uncramp.session.key_table import KEY_BY_ID, TYPED_AT
from uncramp.tui.base_screen import BaseScreen, Dialog
from uncramp.tui.keys.bindings import all_names, bindings_for, bindings_of
from uncramp.tui.widgets.key_line import KeyLine
from uncramp.tui.widgets.text_page import Paragraph, TextPage

NIGHT_IDS = ("app.night", "app.night-anywhere")
ANYWHERE_IDS = ("app.suspend", "app.leave", "app.interrupt")
"""Keys that work on every page."""


class PageOver(Dialog[None]):
    """A page to read, on top of what goes on."""

    PLACE = "page"
    HAS_COMMANDS = True
    BINDINGS = bindings_for("page")

    def __init__(self, title: str, paragraphs: tuple[Paragraph, ...]) -> None:
        """Show `paragraphs` under `title`."""
        super().__init__()
        self._title = title
        self._paragraphs = paragraphs

    def compose(self) -> ComposeResult:
        """The framed page, and the key that closes it."""
        with Vertical(id="frame") as frame:
            frame.border_title = self._title
            yield TextPage(self._paragraphs, id="page")
            yield KeyLine(id="keys")

    def on_mount(self) -> None:
        """Let the arrows scroll."""
        self.query_one(TextPage).focus()
        self.show_keys()

    def on_click(self, event: Click) -> None:
        """Close on a click outside the page."""
        if event.widget is self:
            self.action_close()

    def action_close(self) -> None:
        """Go back to the page below."""
        self.dismiss()


def keys_page(screen: BaseScreen[Any]) -> PageOver:
    """The keys of a screen, with what each does, and those that work everywhere."""
    ids = (binding.id or "" for binding in bindings_of(screen))
    is_typed_at = screen.PLACE in TYPED_AT
    night = " ".join(all_names(screen, id_) for id_ in NIGHT_IDS[is_typed_at:])
    commands = ("app.commands",) if screen.HAS_COMMANDS else ()
    lines = [
        *(_line(screen, id_) for id_ in (*ids, *commands)),
        Paragraph(KEY_BY_ID["app.night"].what, right=night),
        *(_line(screen, id_) for id_ in ANYWHERE_IDS),
    ]
    return PageOver("Keys", tuple(lines))


def _line(screen: BaseScreen[Any], id_: str) -> Paragraph:
    return Paragraph(KEY_BY_ID[id_].what, right=all_names(screen, id_))
