"""What a person says of themselves: a key for each question, kept as soon as it is pressed."""

from textual.app import ComposeResult
from textual.containers import Vertical

from uncramp.core.suitability.assess import CLOT_EMERGENCY_WORDS, CLOT_WORDS
from uncramp.core.suitability.conditions import CLOT, CONDITIONS
from uncramp.settings.spec import BY_NAME
from uncramp.settings.writer import CannotSet
from uncramp.tui.base_screen import Dialog
from uncramp.tui.dialogs.confirm import ConfirmDialog
from uncramp.tui.keys.bindings import bindings_for
from uncramp.tui.messages import SettingsChanged
from uncramp.tui.settings.session_settings import UNSAVED, own_settings
from uncramp.tui.widgets.key_line import KeyLine, KeyShown
from uncramp.tui.widgets.text_page import Look, Paragraph, TextPage

_INTRODUCTION = (
    "So that the routines suit you. A number says that it is so of you, and the same number "
    "again that it is not. It stays in the settings on this machine."
)


class PersonScreen(Dialog[None]):
    """The questions with their answers."""

    PLACE = "person"
    BINDINGS = bindings_for(
        "person",
        **{c.word.replace("-", "_"): f"turn({at})" for at, c in enumerate(CONDITIONS)},
    )

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
        self.show_keys(KeyShown("", "Yes or no", 1, f"1-{len(CONDITIONS)}"))

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


def start_question(asks: tuple[str, ...]) -> ConfirmDialog:
    """Asks whether a routine is to start that asks this person first, for the reasons `asks`."""
    return ConfirmDialog("Start it all the same?", asks, "Start it")
