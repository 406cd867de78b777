"""The themes to choose from: the whole screen previews the chosen one."""

import os

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical

from uncramp.settings.spec import THEMES
from uncramp.tui.base_screen import Dialog
from uncramp.tui.keys.bindings import bindings_for
from uncramp.tui.messages import ThemePreviewed
from uncramp.tui.theme import deciding_variable
from uncramp.tui.widgets.answer_page import AnswerPage, answer
from uncramp.tui.widgets.key_line import KeyLine
from uncramp.tui.widgets.text_page import Look, Paragraph

_NIGHT_WORDS = (
    "It is night, which is always red on black: the theme is for the day. Z switches to the day."
)


class ThemeScreen(Dialog[str]):
    """Asks for the theme. Its result is a word of `THEMES`, or None for no change."""

    PLACE = "themes"
    BINDINGS = bindings_for(
        "themes", up="by(-1)", down="by(1)", page_up="by(-1000)", page_down="by(1000)"
    )

    def __init__(self, theme: str, *, is_night: bool) -> None:
        """Begin with the present `theme`. If it `is_night`, nothing is previewed."""
        super().__init__()
        self._begun = theme
        self._is_night = is_night

    def compose(self) -> ComposeResult:
        """A framed page, and its keys."""
        with Vertical(id="frame") as frame:
            frame.border_title = "Theme"
            yield AnswerPage(tuple(self._page()), id="page")
            yield KeyLine(id="keys")

    def on_mount(self) -> None:
        """Show the present theme as the chosen one."""
        self.show_keys()
        self.call_after_refresh(self.query_one(AnswerPage).choose, self._begun)

    def _page(self) -> list[Paragraph]:
        page = [answer(word, f"{word}: {words}") for word, words in THEMES.items()]
        variable = deciding_variable(os.environ)
        if self._is_night:
            page += [Paragraph(), Paragraph(_NIGHT_WORDS, Look.QUIET)]
        elif variable:
            words = f"{variable} is set, and decides instead of the settings."
            page += [Paragraph(), Paragraph(words, Look.CARE)]
        return page

    def action_by(self, rows: int) -> None:
        """Preview another theme."""
        page = self.query_one(AnswerPage)
        page.move_by(rows)
        if not self._is_night:
            self.post_message(ThemePreviewed(page.chosen))

    @on(AnswerPage.Taken)
    def action_take(self) -> None:
        """Keep the chosen theme."""
        self.dismiss(self.query_one(AnswerPage).chosen)

    def action_back(self) -> None:
        """Go back to the theme before."""
        self.dismiss(None)
