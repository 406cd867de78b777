"""What a person says of themselves: a key for each question, kept as soon as it is pressed."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from uncramp.core.suitability.assess import (
    CLOT,
    CLOT_EMERGENCY_WORDS,
    CLOT_WORDS,
    CONDITIONS,
)
from uncramp.settings import CannotSet
from uncramp.settings.spec import BY_NAME
from uncramp.tui.messages import SettingsChanged
from uncramp.tui.settings.session_settings import UNSAVED, own_settings
from uncramp.tui.widgets.key_line import KeyLine, KeyShown
from uncramp.tui.widgets.text_page import Look, Paragraph, TextPage

_INTRODUCTION = (
    "So that the routines suit you. A number says that it is so of you, and the same number "
    "again that it is not. It stays in the settings on this machine."
)


class PersonScreen(ModalScreen[None]):
    """The questions with their answers."""

    CSS_PATH = "../dialogs/page.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter", "close", "Close", id="person.close"),
        *(
            Binding(str(number), f"turn({number - 1})", "Yes or no", id=f"person.{c.word}")
            for number, c in enumerate(CONDITIONS, 1)
        ),
    ]

    def __init__(self) -> None:
        """Ask of what the settings say now."""
        super().__init__()
        self._own = own_settings(self)
        self._said = set(self._own.now().conditions)
        self._problem = ""

    def compose(self) -> ComposeResult:
        """A framed page, and its keys."""
        with Vertical(id="frame") as frame:
            frame.border_title = "About you"
            yield TextPage(self._page(), id="page")
            yield KeyLine(id="keys")

    def on_mount(self) -> None:
        """Let the arrows scroll."""
        self.query_one(TextPage).focus()
        keys = (KeyShown("1-7", "Yes or no", "turn(0)", 1), KeyShown("Esc", "Close", "close", 0))
        self.query_one(KeyLine).show(keys)

    def _page(self) -> tuple[Paragraph, ...]:
        page = [Paragraph(_INTRODUCTION, Look.QUIET), Paragraph()]
        if self._problem:
            page += [Paragraph(self._problem, Look.CARE), Paragraph()]
        if CLOT in self._said:
            page += [Paragraph(f"{CLOT_WORDS} {CLOT_EMERGENCY_WORDS}", Look.CARE), Paragraph()]
        for number, condition in enumerate(CONDITIONS, 1):
            is_so = condition.word in self._said
            look = Look.STRONG if is_so else Look.PLAIN
            answer = "yes" if is_so else "-"
            page.append(Paragraph(f"{number} {condition.question}", look, answer, hang=2))
            if is_so:
                page.append(Paragraph(condition.effect, Look.QUIET, indent=2))
        return tuple(page)

    def action_turn(self, index: int) -> None:
        """Turn the answer to a question round, and keep it."""
        said = self._said ^ {CONDITIONS[index].word}
        try:
            self._own.give(BY_NAME["conditions"], frozenset(said))
            self._problem = ""
        except CannotSet as error:
            self._problem = f"{error} {UNSAVED}"
        self._said = said
        self.post_message(SettingsChanged())
        self.query_one(TextPage).show(self._page())

    def action_close(self) -> None:
        """Go back to what is under it."""
        self.dismiss()


class StartQuestion(ModalScreen[bool]):
    """Asks whether a routine is to start that asks this person first, and says why."""

    CSS_PATH = "../dialogs/page.tcss"

    # Enter is not yes: it has just been pressed to start the routine.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "yes", "Start it", id="start.yes", key_display="Y"),
        Binding("n,escape", "no", "Back", id="start.no", key_display="N"),
    ]

    def __init__(self, asks: tuple[str, ...]) -> None:
        """Give `asks` as the reasons."""
        super().__init__()
        self._asks = asks

    def compose(self) -> ComposeResult:
        """The reasons and the two answers."""
        with Vertical(id="frame") as frame:
            frame.border_title = "Start it all the same?"
            yield TextPage(tuple(Paragraph(words) for words in self._asks), id="page")
            yield KeyLine(id="keys")

    def on_mount(self) -> None:
        """Let the arrows scroll."""
        self.query_one(TextPage).focus()
        self.query_one(KeyLine).show(
            (KeyShown("Y", "Start it", "yes"), KeyShown("N", "Back", "no"))
        )

    def action_yes(self) -> None:
        """Start it."""
        self.dismiss(True)

    def action_no(self) -> None:
        """Go back."""
        self.dismiss(False)
