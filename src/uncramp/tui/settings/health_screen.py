"""The health questions: a key for each, and each answer is saved at once."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical

from uncramp.core.suitability.assess import CLOT_EMERGENCY_WORDS, CLOT_WORDS
from uncramp.core.suitability.conditions import CLOT, CONDITIONS
from uncramp.settings.spec import BY_NAME
from uncramp.settings.writer import CannotSet
from uncramp.tui.base_screen import Dialog
from uncramp.tui.keys.bindings import bindings_for
from uncramp.tui.messages import SettingsChanged
from uncramp.tui.settings.session_settings import UNSAVED, own_settings
from uncramp.tui.widgets.answer_page import AnswerPage, answer
from uncramp.tui.widgets.key_line import KeyLine, KeyShown
from uncramp.tui.widgets.text_page import Look, Paragraph

_INTRODUCTION = (
    "So that the routines suit you. Choose a question, and answer it with Enter or its number. "
    "Your answers stay in the settings on this machine."
)


class PersonScreen(Dialog[None]):
    """The questions with their answers."""

    PLACE = "person"
    BINDINGS = bindings_for(
        "person",
        up="by(-1)", down="by(1)", page_up="by(-1000)", page_down="by(1000)",
        **{c.word.replace("-", "_"): f"turn({at})" for at, c in enumerate(CONDITIONS)},
    )  # fmt: skip

    def __init__(self) -> None:
        """Ask, beginning with the answers in the settings."""
        super().__init__()
        self._own = own_settings(self)
        self._said = set(self._own.now().conditions)
        self._problem = ""

    def compose(self) -> ComposeResult:
        """A framed page, and its keys."""
        with Vertical(id="frame") as frame:
            frame.border_title = "About you"
            yield AnswerPage(self._page(), id="page")
            yield KeyLine(id="keys")

    def on_mount(self) -> None:
        """Show the keys."""
        self.show_keys(KeyShown("", "Yes or no", 1, f"1-{len(CONDITIONS)}"))

    def _page(self) -> tuple[Paragraph, ...]:
        page = [Paragraph(_INTRODUCTION, Look.QUIET), Paragraph()]
        if self._problem:
            page += [Paragraph(self._problem, Look.CARE), Paragraph()]
        if CLOT in self._said:
            page += [Paragraph(f"{CLOT_WORDS} {CLOT_EMERGENCY_WORDS}", Look.CARE), Paragraph()]
        otherwise = "no" if self._own.now().has_answered else "not answered"
        for number, condition in enumerate(CONDITIONS, 1):
            is_so = condition.word in self._said
            right = "yes" if is_so else otherwise
            page.append(
                answer(condition.word, f"{number} {condition.question}", right=right, hang=2)
            )
            if is_so:
                page.append(Paragraph(condition.effect, Look.QUIET, indent=4))
        return tuple(page)

    def action_turn(self, index: int) -> None:
        """Toggle the answer to a question, and save it."""
        said = self._said ^ {CONDITIONS[index].word}
        try:
            self._own.give(BY_NAME["conditions"], frozenset(said))
            self._problem = ""
        except CannotSet as error:
            self._problem = f"{error} {UNSAVED}"
        self._said = said
        self.post_message(SettingsChanged())
        page = self.query_one(AnswerPage)
        page.show(self._page(), from_top=False)
        page.choose(CONDITIONS[index].word)

    def action_by(self, rows: int) -> None:
        """Choose another question."""
        self.query_one(AnswerPage).move_by(rows)

    @on(AnswerPage.Taken)
    def action_turn_chosen(self) -> None:
        """Change the answer to the chosen question."""
        words = [condition.word for condition in CONDITIONS]
        self.action_turn(words.index(self.query_one(AnswerPage).chosen))

    def action_close(self) -> None:
        """Go back to the page below."""
        self.dismiss()
