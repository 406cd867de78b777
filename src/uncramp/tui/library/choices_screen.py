"""Changing a routine for one run: side, times, steps to leave out, and conditions."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical

from uncramp.core.plan.overrides import problem_of
from uncramp.core.routine.model import Choices, Routine
from uncramp.core.suitability.assess import answer
from uncramp.core.text.durations import clock
from uncramp.core.text.suggestions import counted
from uncramp.tui.base_screen import Dialog
from uncramp.tui.keys.bindings import bindings_for
from uncramp.tui.library.choice_rows import Kind, choice_rows, nudged_choices, toggled
from uncramp.tui.settings.session_settings import own_settings
from uncramp.tui.widgets.choice_list import ChoiceList
from uncramp.tui.widgets.key_line import KeyLine
from uncramp.tui.widgets.words import Words
from uncramp.tui.widgets.wrapping import as_title


class ChoicesScreen(Dialog[Choices | None]):
    """Everything that can be chosen, with the resulting length. Its result is the choices."""

    PLACE = "choices"
    BINDINGS = bindings_for(
        "choices",
        up="by(-1)", down="by(1)", page_up="pages(-1)", page_down="pages(1)",
        first="by(-1000000)", last="by(1000000)", more="nudge(1)", less="nudge(-1)",
        keys="app.keys",
    )  # fmt: skip

    def __init__(self, routine: Routine) -> None:
        """Begin with `routine` and the choices of the settings."""
        super().__init__()
        self.routine = routine
        self.choices = own_settings(self).now().choices()
        """The present choices."""
        self._said = self.choices.conditions
        self._is_fit = False

    def compose(self) -> ComposeResult:
        """The total length, the rows, and the keys."""
        with Vertical(id="frame") as frame:
            frame.border_title = as_title(self.routine.title)
            yield Words(id="sum")
            yield Words(id="message")
            yield ChoiceList(id="choices")
            yield KeyLine(id="keys")

    def on_mount(self) -> None:
        """Show the choices, with the first row chosen."""
        self._show()

    def _show(self, note: str = "") -> None:
        rows = self.query_one(ChoiceList)
        rows.show(choice_rows(self.routine, self.choices, self._said))
        length, problem = self._sum()
        self._is_fit = not problem
        self.query_one("#sum", Words).show(length)
        message = self.query_one("#message", Words)
        message.show(problem or note)
        message.display = bool(problem or note)
        is_step = rows.chosen_row is not None and rows.chosen_row.kind is Kind.STEP
        without = "" if self._is_fit else "start"
        self.show_keys(without=without, turn="In or out" if is_step else "Turn")

    def _sum(self) -> tuple[str, str]:
        """Its length with these choices, and why it cannot be run, if it cannot."""
        problem = problem_of(self.routine, self.choices)
        if problem:
            return "Nothing to run", problem
        found = answer(self.routine, self.choices)
        if found.plan is None:
            return "Locked", found.locked or ""
        total = found.plan.total
        about = "About " if total.open_steps else ""
        steps = counted(total.steps, "step")
        return f"{about}{clock(total.length_ms)} · {steps} this time", ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Do not offer to start if nothing is left to do."""
        return action != "start" or self._is_fit

    def action_start(self) -> None:
        """Start the routine with these choices."""
        self.dismiss(self.choices)

    def action_by(self, rows: int) -> None:
        """Choose another row."""
        self.query_one(ChoiceList).move_by(rows)
        self._show()

    def action_pages(self, pages: int) -> None:
        """Choose a row a page away."""
        self.query_one(ChoiceList).move_by_pages(pages)
        self._show()

    def action_nudge(self, by: int) -> None:
        """Give a step more time or less; choose a side."""
        row = self.query_one(ChoiceList).chosen_row
        if row is None:
            return
        self.choices, note = nudged_choices(self.routine, self.choices, row, by)
        self._show(note)

    def action_turn(self) -> None:
        """Leave a step out or put it back; change a side or an answer."""
        row = self.query_one(ChoiceList).chosen_row
        if row is None:
            return
        before = self.choices
        self.choices = toggled(before, row, self._said)
        is_said = before == self.choices and row.kind is Kind.CONDITION
        self._show("You said so before. F5 in the library changes it." if is_said else "")

    @on(ChoiceList.Clicked)
    def _clicked(self, message: ChoiceList.Clicked) -> None:
        if message.was_chosen:
            self.action_turn()
        else:
            self._show()

    def action_back(self) -> None:
        """Go back without starting."""
        self.dismiss(None)
