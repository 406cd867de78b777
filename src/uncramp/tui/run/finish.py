"""The page at the end of a run: what can be done next; any other key leaves."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.events import Click, Key

from uncramp.core.lazy.dataclass import dataclass
from uncramp.core.routine.keys import LONGEST_NAME
from uncramp.core.run.record import Record
from uncramp.core.suitability.assess import left_out_words
from uncramp.core.text.durations import clock
from uncramp.library.copying import name_problem
from uncramp.library.timer import keep_timer
from uncramp.session.conductor import Conductor
from uncramp.session.key_table import keys_of_place
from uncramp.system.files import CannotWrite
from uncramp.tui.base_screen import BaseScreen
from uncramp.tui.dialogs.leaflet_pages import safety_page
from uncramp.tui.dialogs.page import PageOver
from uncramp.tui.dialogs.prompt import PromptDialog
from uncramp.tui.keys.bindings import all_names, bindings_for, keys_of
from uncramp.tui.library.routine_screen import RoutineScreen
from uncramp.tui.messages import EndUndone, FinishLeft, RoutineStarted
from uncramp.tui.run.after_run import AfterRun
from uncramp.tui.widgets.answer_page import AnswerPage, answer
from uncramp.tui.widgets.large_words import LargeWords
from uncramp.tui.widgets.text_page import Look, Paragraph
from uncramp.tui.widgets.words import Words
from uncramp.tui.widgets.wrapping import wrapped

if TYPE_CHECKING:
    from uncramp.library.library import Entry, Library

UNHEARD_S = 1.0
"""A key pressed this soon was meant for the run."""

LARGE_ROWS, ENOUGH_ROWS = 5, 12
"""The rows of a large heading; it is large if the list has so many rows beside it, or all."""

TALL_FROM = 20
"""From this many rows on the parts are spaced."""

WIDEST = 72
"""The most columns of the page."""


@dataclass(frozen=True, slots=True)
class Finished:
    """The content of the finish page."""

    record: Record
    """How far the run got."""
    offers: "tuple[Entry, ...]" = ()
    """Routines that may help now; each opens with a number."""
    after: AfterRun = AfterRun()


class FinishScreen(BaseScreen[None]):
    """Says how a run ended and what can be done next; once asked, any other key leaves."""

    CSS_PATH = "finish.tcss"
    AUTO_FOCUS = None

    PLACE = "finish"
    BINDINGS = bindings_for(
        "finish",
        up="by(-1)", down="by(1)", page_up="pages(-1)", page_down="pages(1)", keys="app.keys",
    )  # fmt: skip

    def __init__(self, finished: Finished, conductor: Conductor, library: "Library") -> None:
        """Show `finished`, the end of the run of `conductor`; routines are in `library`."""
        super().__init__()
        self._library = library
        self._finished = finished
        self._conductor = conductor
        self._since_s = conductor.clocks.steady()
        self._is_asked = finished.after.question is None
        """Was the history's question asked, or is there none to ask?"""
        self._kept = ""
        self._has_asked = False

    def compose(self) -> ComposeResult:
        """How long it was, how much was done, what was left out; then the choices."""
        record = self._finished.record
        with Vertical(id="end"):
            yield LargeWords(id="heading")
            yield Words(record.title, id="title")
            yield Words(f"{clock(record.played_ms)} · {_steps(record)}", id="facts")
            yield Words(left_out_words(self._conductor.plan), id="left-out")
            yield Words(self._finished.after.advice, id="advice")
            yield AnswerPage(self._rows(), id="rows")
        yield Words(id="hint")

    def on_mount(self) -> None:
        """Say how it ended."""
        heading = "Finished" if self._finished.record.is_complete else "Ended"
        self.query_one("#heading", LargeWords).show(heading)
        self._show()

    def on_resize(self) -> None:
        """Lay out the page again."""
        self._lay_out()

    def _lay_out(self) -> None:
        """Give each sentence its rows, then the large heading, and the list the rest.

        The advice is never cut: the list below it scrolls.
        """
        if not self.size:
            return
        inner, left = min(self.size.width, WIDEST) - 4, self.size.height - 1
        rows = {"heading": 1, "advice": 99, "title": 2, "facts": 1}
        rows["left-out"] = 2 if self.size.height >= TALL_FROM else 1
        gap = 1 if self.size.height >= TALL_FROM else 0
        for name, most in rows.items():
            words = self.query_one(f"#{name}", Words)
            lines = most if name == "heading" else min(len(wrapped(words.text, inner)), most)
            words.display = bool(words.text)
            words.styles.height = lines
            left -= lines + gap if words.text else 0
        page = self.query_one(AnswerPage)
        wanted = page.rows_at(inner)
        if self.size.width >= WIDEST and left - gap - (LARGE_ROWS - 1) >= min(wanted, ENOUGH_ROWS):
            self.query_one("#heading").styles.height = LARGE_ROWS
            left -= LARGE_ROWS - 1
        page.styles.height = min(wanted, max(left - gap, 3))

    def _show(self) -> None:
        """What can be done now."""
        page = self.query_one(AnswerPage)
        page.show(self._rows(), from_top=False)
        if page.chosen not in page.answers:
            page.choose(page.answers[0])
        self._lay_out()
        leads = "leaves this page" if self._is_asked else "goes on"
        keys = all_names(self, "finish.keys").partition(" ")[0]
        self.query_one("#hint", Words).show(f"{keys} Keys. Any other key {leads}.")

    def _rows(self) -> tuple[Paragraph, ...]:
        """What can be done, the likeliest first."""
        words = {
            "tell": "Say what happened",
            "leave": "Leave this page",
            "again": "Do it again",
            "undo": "Undo the last move",
            "keep": "Keep it as a routine of your own",
        }
        rows = [
            answer(name, said, right=all_names(self, f"finish.{name}").partition(" ")[0])
            for name, said in words.items()
            if self.check_action(name, ())
        ]
        if self._kept:
            rows.append(Paragraph(self._kept, Look.QUIET, indent=2))
        return (*rows, *_offers_rows(self._finished.offers))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what is possible; in the first second keys were meant for the run."""
        can = {
            "tell": self._finished.after.question is not None and not self._has_asked,
            "undo": self._conductor.can_undo_end,
            "keep": bool(self._conductor.text) and not self._kept,
        }
        return can.get(action, True)

    def on_key(self, event: Key) -> None:
        """Open a routine by its number; leave with any key that does nothing else."""
        number = int(event.key) if event.key in tuple("123456789") else 0
        if not self._has_settled():
            event.stop()
            event.prevent_default()
        elif 1 <= number <= len(self._finished.offers):
            event.stop()
            self._open_offer(number)
        elif event.key.casefold() not in self._own_keys():
            event.stop()
            self.action_leave()

    def _own_keys(self) -> set[str]:
        """The keys that have an action here."""
        return {
            each
            for key in keys_of_place(self.PLACE)
            if self.check_action(key.name, ())
            for each in keys_of(self, key.id)
        }

    def on_click(self, event: Click) -> None:
        """Leave."""
        if self._has_settled():
            self.action_leave()

    def _has_settled(self) -> bool:
        return self._conductor.clocks.steady() - self._since_s >= UNHEARD_S

    def action_by(self, rows: int) -> None:
        """Choose another row."""
        self.query_one(AnswerPage).move_by(rows)

    def action_pages(self, pages: int) -> None:
        """Scroll a long page."""
        page = self.query_one(AnswerPage)
        page.scroll_relative(y=pages * max(page.size.height - 1, 1), animate=False)

    @on(AnswerPage.Taken)
    async def action_take(self) -> None:
        """Do the chosen thing."""
        chosen = self.query_one(AnswerPage).chosen
        if chosen.isdecimal():
            self._open_offer(int(chosen))
        elif self.check_action(chosen, ()):
            await self.run_action(chosen)

    def _open_offer(self, number: int) -> None:
        """Open a routine, once the history's question was asked."""
        entry = self._finished.offers[number - 1]
        self._once_asked(lambda: self.open(RoutineScreen(self._library, entry)))

    def _once_asked(self, then: Callable[[], None]) -> None:
        """Call `then` at once, or after the history's question."""
        if self._is_asked:
            then()
        else:
            self._ask(then)

    def action_tell(self) -> None:
        """Say what the cramp was like, and what helped."""
        self._ask(lambda: None)

    def _ask(self, then: Callable[[], None]) -> None:
        """Ask the history's question, and call `then` if it gives nothing to read."""
        question = self._finished.after.question
        if question is None or not self.is_active:
            return
        # The question is about a run that has ended for good.
        self._conductor.settle()
        self._is_asked = True

        def answered(advice: str | None) -> None:
            self._has_asked = True
            if advice:
                self.query_one("#advice", Words).show(advice)
            self._show()
            if not advice:
                then()

        self.open(question(), answered)

    def action_safety(self) -> None:
        """Read when to see a doctor, and when to stop."""
        self.open(safety_page())

    def action_again(self) -> None:
        """Do the routine again, with the same choices."""
        plan = self._conductor.plan
        self.post_message(RoutineStarted(self, plan.routine, plan.choices))

    def action_undo(self) -> None:
        """Go back into the run."""
        self.post_message(EndUndone())

    def action_keep(self) -> None:
        """Keep the run as a routine of the person's own."""

        def problem_of(name: str) -> str | None:
            return name_problem(self._library, name)

        def keep(name: str | None) -> None:
            if name is None:
                return
            try:
                entry = keep_timer(self._library, self._conductor.text, name)
            except CannotWrite as error:
                self.open(PageOver("Keep", (Paragraph(str(error)),)))
                return
            self._kept = f"Kept: uncramp run {entry.id}"
            self._show()

        suggested = self._finished.record.title[:LONGEST_NAME]
        self.open(PromptDialog("Keep", suggested, problem_of, is_all_chosen=True), keep)

    def action_leave(self) -> None:
        """Leave, once the history's question was asked."""
        self._once_asked(self._leave)

    def _leave(self) -> None:
        self.post_message(FinishLeft())


def _offers_rows(offers: "tuple[Entry, ...]") -> tuple[Paragraph, ...]:
    """What may help now: each routine's title and when it is for."""
    rows = [Paragraph(), Paragraph("What could help next", Look.HEADING)] if offers else []
    for number, entry in enumerate(offers, 1):
        rows.append(answer(str(number), f"{number} {entry.title}"))
        words = entry.routine and (entry.routine.when or entry.routine.summary)
        rows += [Paragraph(words, Look.QUIET, indent=4)] if words else []
    return tuple(rows)


def _steps(record: Record) -> str:
    if record.steps == record.steps_done:
        return "1 step done" if record.steps == 1 else f"all {record.steps} steps done"
    return f"{record.steps_done} of {record.steps} steps done"
