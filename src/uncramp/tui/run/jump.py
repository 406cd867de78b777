"""The whole plan as a list, to go to any step of it; the run goes on meanwhile."""

from textual import on
from textual.events import Mount
from textual.getters import query_one
from textual.widgets import Input

from uncramp.core.plan.plan import Plan, Span, SpanKind
from uncramp.core.text.durations import clock
from uncramp.core.text.folding import folded
from uncramp.tui.dialogs.search_dialog import SEARCH_ACTIONS, SearchDialog
from uncramp.tui.keys.bindings import bindings_for
from uncramp.tui.run.text import side_word
from uncramp.tui.widgets.step_list import StepList, StepRow

AT_ONCE = 300
"""How many steps are searched in one go, so that the run is not delayed."""


class JumpScreen(SearchDialog[int]):
    """Every step with its side, round and length, found by typing. Its result is a span's index."""

    PLACE = "jump"
    BINDINGS = bindings_for("jump", **SEARCH_ACTIONS)
    HEADING = "Go to a step"
    PLACEHOLDER = "Type to search, or a number"
    NOTHING_FOUND = "No step has that name."

    steps = query_one(StepList)

    def __init__(self, plan: Plan, here: int) -> None:
        """List the steps of `plan`; `here` is the number of the present one."""
        super().__init__()
        self._plan = plan
        self._here = here
        self._sought: list[str] = []
        self._found: list[int] = []
        self._next = 1

    def new_list(self) -> StepList:
        """The steps that are found, of all if nothing is typed."""
        return StepList(self._row_of, id="steps")

    @on(Mount)
    @on(Input.Changed)
    def _search_changed(self) -> None:
        self._seek(self.search.value.strip())

    def _seek(self, text: str) -> None:
        """List the steps that match `text`: all for an empty one, and those from a number on."""
        everything = range(1, self._plan.total.steps + 1)
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
        self._sought, self._found, self._next = [], [], 0
        self.message_line.display = False
        if not text or number in everything:
            self.steps.show(everything, (number or self._here) - 1)
            return
        self._sought, self._next = [folded(word) for word in text.split()], 1
        self.steps.show((), 0)
        self._seek_on(self._sought)

    def _seek_on(self, sought: list[str]) -> None:
        """Search the next steps, unless the search has changed since."""
        if sought is not self._sought or not self.is_attached:
            return
        total = self._plan.total.steps
        last = min(self._next + AT_ONCE - 1, total)
        before = len(self._found)
        for number in range(self._next, last + 1):
            text = self._searched(number)
            if all(word in text for word in sought):
                self._found.append(number)
        self._next = last + 1
        if len(self._found) > before:
            self.steps.show(self._found)
        self.message_line.display = last == total and not self._found
        if last < total:
            self.call_later(self._seek_on, sought)

    def _searched(self, number: int) -> str:
        # A get-ready has the name of its step.
        span = self._plan.span(self._plan.step_start(number))
        point = span.step.point if span.step else None
        words = (span.name, side_word(span.side), *span.groups, f"round {span.round}")
        of_point = (point.code, point.label, point.name) if point else ()
        return folded(" ".join((*words, *of_point)))

    def _span(self, number: int) -> Span:
        """The step with that number, without its get-ready."""
        span = self._plan.span(self._plan.step_start(number))
        return self._plan.span(span.index + 1) if span.kind is SpanKind.GET_READY else span

    def _row_of(self, number: int) -> StepRow:
        span = self._span(number)
        facts = [side_word(span.side).removeprefix("the ")]
        if span.rounds > 1:
            facts.append(f"round {span.round} of {span.rounds}")
        facts.append("until done" if span.is_open else clock(span.length_ms))
        words = " · ".join(fact for fact in facts if fact)
        return StepRow(number, span.name, words, number == self._here)

    def action_take(self) -> None:
        """Go to the chosen step."""
        if self.steps.chosen_row is not None:
            self.dismiss(self._plan.step_start(self.steps.chosen_row))
