"""The history: every run and cramp in pages, and what can be done with them."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.getters import query_one

from uncramp.advice.history_words import DOCTOR_WORDS
from uncramp.core.history.entries import CalmNight, CrampEntry, Entry, EntryFilter, RunEntry
from uncramp.core.lazy.dataclass import replace
from uncramp.runs.history_problems import CannotUse
from uncramp.runs.local_times import written_time
from uncramp.session.entry_words import cannot_use_words, use_words
from uncramp.session.key_table import key_words, keys_of_place
from uncramp.tui.base_screen import BaseScreen
from uncramp.tui.dialogs.leaflet_pages import safety_page
from uncramp.tui.dialogs.page import PageOver
from uncramp.tui.dialogs.prompt import PromptDialog
from uncramp.tui.history.cramp_dialog import CrampDialog
from uncramp.tui.history.cramp_form import Asked, CrampForm
from uncramp.tui.history.dates import nights_in, problem_with_nights
from uncramp.tui.history.entry_pager import PAGE_SIZE, EntryPager
from uncramp.tui.history.month_screen import MonthScreen
from uncramp.tui.history.rows import entry_page, helps_page, list_page, short_words
from uncramp.tui.keys.bindings import bindings_for, keys_of
from uncramp.tui.widgets.answer_page import AnswerPage
from uncramp.tui.widgets.key_line import KeyLine
from uncramp.tui.widgets.words import Words

if TYPE_CHECKING:
    from uncramp.session.shown_history import ShownHistory

Found = TypeVar("Found")

TAKES = "A month or a night (2026-11, 2026-11-20), or two: 2026-11-01 2026-11-20."


class HistoryScreen(BaseScreen[None]):
    """The last runs and cramps, the latest first."""

    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = None

    PLACE = "history"
    BINDINGS = bindings_for(
        "history",
        up="by(-1)", down="by(1)", page_up="pages(-1)", page_down="pages(1)",
        first="newest", last="oldest", keys="app.keys",
    )  # fmt: skip

    rows = query_one("#rows", AnswerPage)
    what = query_one("#what", Words)
    message_line = query_one("#message", Words)

    def __init__(
        self,
        open_history: Callable[[], "ShownHistory"],
        steps_of: Callable[[str], tuple[str, ...]],
    ) -> None:
        """Show the history that `open_history` opens, which may raise CannotUse.

        `steps_of` gives the steps of a routine, for what helped.
        """
        super().__init__()
        self._open_history = open_history
        self._steps_of = steps_of
        self._history: ShownHistory | None = None
        self._pager = EntryPager(lambda *asked: self._history.page(*asked) if self._history else [])
        self._deleted: list[int] = []
        self._advice: tuple[str, ...] = ()

    def compose(self) -> ComposeResult:
        """The rows, more about the chosen one, a line for messages, and the keys."""
        with Horizontal(id="columns"):
            with Vertical(id="frame") as frame:
                frame.border_title = "History"
                yield AnswerPage(id="rows")
            yield AnswerPage(id="beside")
        yield Words(id="what")
        message = Words(id="message")
        # Shown only with the first message: hiding it later would change the layout again.
        message.display = False
        yield message
        yield KeyLine(id="keys")

    def on_mount(self) -> None:
        """Open the history, and show its latest page."""
        self._history = self._asked(self._open_history)
        self._look_for_reasons()
        self._show()

    def on_unmount(self) -> None:
        """Close the file."""
        if self._history is not None:
            self._history.close()

    def _asked(self, ask: Callable[[], Found]) -> Found | None:
        """The result of `ask`; None if the history cannot be used, which is then shown."""
        try:
            return ask()
        except CannotUse as problem:
            self._tell(cannot_use_words(problem))
            return None

    def _tell(self, words: str) -> None:
        self.message_line.show(words)
        self.message_line.display = bool(words)

    def _look_for_reasons(self) -> None:
        if self._history is not None:
            for reason in self._asked(self._history.new_reasons) or ():
                self._advice += (DOCTOR_WORDS[reason],)

    def _show(self, chosen: int = 0, at: int = 0) -> None:
        """Read this page and show it.

        Entry `chosen` is chosen if it is on the page, else the one in place `at`.
        """
        self._asked(self._pager.read)
        history = self._history
        if history is not None:
            keys = {key.id: key_words(keys_of(self, key.id)[0]) for key in keys_of_place("history")}
            page = list_page(self._pager, history.today, self._advice, keys)
            self.rows.show(page, from_top=self.rows.scroll_y > 0)
        names = self.rows.answers
        place = names[min(at, len(names) - 1)] if names else ""
        self.rows.choose(str(chosen) if str(chosen) in names else place)
        self._show_chosen()

    @property
    def _chosen(self) -> Entry | None:
        number = self.rows.chosen
        return next((entry for entry in self._pager.entries if str(entry.id) == number), None)

    @property
    def _is_trash(self) -> bool:
        return self._pager.wanted.is_deleted

    def _show_chosen(self) -> None:
        entry, is_trash = self._chosen, self._is_trash
        self.what.show(short_words(entry) if entry else "")
        self.query_one("#beside", AnswerPage).show(entry_page(entry) if entry else ())
        unable = [] if self._deleted or is_trash else ["undo"]
        unable += [] if isinstance(entry, CrampEntry) and not is_trash else ["edit"]
        unable += [] if entry and not is_trash else ["delete"]
        unable += [] if entry else ["up", "show"]
        unable += [] if entry or not self._pager.is_all else ["kind", "dates"]
        unable += [] if isinstance(entry, RunEntry) else ["routine"]
        is_urgent = isinstance(entry, RunEntry) and entry.is_urgent
        self.show_keys(
            without=" ".join(unable),
            add="Say what happened" if is_urgent and not is_trash else "Log a cramp",
            undo="Restore" if is_trash else "Undo deleting",
            close="Close" if self._pager.is_all else "Show all",
        )

    # Moving

    def action_by(self, rows: int) -> None:
        """Choose another entry; past the last one, go on to the next page."""
        answers, chosen = self.rows.answers, self.rows.chosen
        if not answers:
            return
        at_edge = chosen == answers[-1 if rows > 0 else 0]
        if at_edge and self._pager.turn(1 if rows > 0 else -1):
            self._show(at=0 if rows > 0 else PAGE_SIZE)
        else:
            self.rows.move_by(rows)
            self._show_chosen()

    def action_pages(self, pages: int) -> None:
        """Choose an entry a page away; from the last one, go on to earlier ones."""
        answers, chosen = self.rows.answers, self.rows.chosen
        if not answers:
            return
        at = answers.index(chosen) + pages * max(self.rows.size.height - 2, 1)
        at_edge = chosen == answers[-1 if pages > 0 else 0]
        if at_edge and self._pager.turn(pages):
            self._show(at=0 if pages > 0 else PAGE_SIZE)
        else:
            self.rows.choose(answers[max(min(at, len(answers) - 1), 0)])
            self._show_chosen()

    def action_newest(self) -> None:
        """Go back to the latest entry."""
        self._pager.want(self._pager.wanted, self._pager.title)
        self._show()

    def action_oldest(self) -> None:
        """Choose the last entry of the page, or go on to the next one."""
        answers = self.rows.answers
        if answers and self.rows.chosen == answers[-1] and self._pager.turn(1):
            self._show(at=PAGE_SIZE)
        elif answers:
            self.rows.choose(answers[-1])
            self._show_chosen()

    # One entry

    @on(AnswerPage.Taken)
    def action_show(self) -> None:
        """Show all of the chosen entry."""
        entry, history = self._chosen, self._history
        if entry is None or history is None:
            return
        more = []
        if isinstance(entry, RunEntry):
            use = self._asked(lambda: history.use_of(entry.routine_id))
            more = [f"This routine: {use_words(use, written_time)}"] if use else []
        self._show_chosen()
        self.open(PageOver("Entry", entry_page(entry, *more)))

    def action_add(self) -> None:
        """Say what happened with the chosen run, or log a cramp."""
        history, run = self._history, self._chosen
        if history is None:
            return
        if not isinstance(run, RunEntry) or not run.is_urgent or self._is_trash:
            self._ask(history.cramp_now(), (), Asked.NEW)
            return
        said = self._asked(lambda: history.cramp_of(run))
        cramp = said or CrampEntry(run.began, run_id=run.id)
        self._ask(cramp, self._steps_done(run), Asked.LATER)

    def action_edit(self) -> None:
        """Change the answers about the chosen cramp."""
        entry, history = self._chosen, self._history
        if history is None or not isinstance(entry, CrampEntry) or self._is_trash:
            return
        run = self._asked(lambda: history.entry(entry.run_id or 0))
        steps = self._steps_done(run) if isinstance(run, RunEntry) else ()
        self._ask(entry, steps, Asked.LATER)

    def _steps_done(self, run: RunEntry) -> tuple[str, ...]:
        skipped = set(run.skipped)
        return tuple(name for name in self._steps_of(run.routine_id) if name not in skipped)

    def _ask(self, cramp: CrampEntry, steps: tuple[str, ...], asked: Asked) -> None:
        history = self._history
        if history is None:
            return

        def keep(said: CrampEntry) -> str:
            return self._keep(said, "Changed." if cramp.id else "Logged.")

        def answered(words: str | None) -> None:
            self._tell(words or ("Nothing was changed." if cramp.id else "Nothing was logged."))

        form = CrampForm(asked, history.cramp_now().at, steps)
        self.open(CrampDialog(cramp, form, keep), answered)

    def action_calm(self) -> None:
        """Say that no cramp came last night."""
        if self._history is not None:
            night = self._history.calm_last_night()
            words = f"Logged: no cramp in the night of {night.night.isoformat()}."
            self._tell(self._keep(night, words))

    def _keep(self, entry: CrampEntry | CalmNight, words: str) -> str:
        """Keep the answers. Returns `words`, or why they could not be kept."""
        history = self._history
        try:
            if history is not None:
                history.keep(entry)
        except CannotUse as problem:
            return cannot_use_words(problem)
        self._look_for_reasons()
        self._show(entry.id)
        return words

    def action_delete(self) -> None:
        """Move the chosen entry to the trash."""
        history, entry = self._history, self._chosen
        if history is None or entry is None or self._is_trash:
            return
        at = self.rows.answers.index(str(entry.id))
        if self._asked(lambda: history.delete(entry.id)):
            self._deleted.append(entry.id)
            undo = key_words(keys_of(self, "history.undo")[0])
            self._tell(f"Moved to the trash. {undo} restores it.")
        self._show(at=at)

    def action_undo(self) -> None:
        """Restore the entry that was deleted last, or the chosen one of the trash."""
        history = self._history
        chosen = self._chosen if self._is_trash else None
        number = chosen.id if chosen else next(reversed(self._deleted), None)
        if history is None or number is None:
            return
        if self._asked(lambda: history.restore(number)):
            self._tell("Restored.")
        self._deleted = [other for other in self._deleted if other != number]
        self._show(number)

    # Which entries

    def action_kind(self) -> None:
        """List only runs, only cramps, only calm nights, or all."""
        self._pager.want_next_kind()
        self._show_others()

    def action_routine(self) -> None:
        """List only the runs of the chosen routine."""
        entry = self._chosen
        if isinstance(entry, RunEntry):
            wanted = replace(self._pager.wanted, kind="run", routine_id=entry.routine_id)
            self._pager.want(wanted, entry.title)
            self._show_others()

    def action_dates(self) -> None:
        """List only some nights."""

        def answered(words: str | None) -> None:
            if words is not None:
                since, until = nights_in(words)
                wanted = replace(self._pager.wanted, since=since, until=until)
                self._pager.want(wanted, self._pager.title)
                self._show_others()

        self.open(
            PromptDialog("Nights", "", problem_with_nights, takes=TAKES, take="List them"), answered
        )

    def show_night(self, night: date | None) -> None:
        """List the entries of one night."""
        if night is not None:
            self._pager.want(EntryFilter(since=night, until=night))
            self._show_others()

    def action_trash(self) -> None:
        """List what is in the trash, or what is not."""
        self._pager.want(EntryFilter(is_deleted=not self._is_trash))
        self._show_others()

    def _show_others(self) -> None:
        self._tell("")
        self._show()

    def action_close(self) -> None:
        """Show everything again, or go back to the library."""
        if self._pager.is_all:
            self.dismiss()
        else:
            self._pager.want(EntryFilter())
            self._show_others()

    # Conclusions

    def action_month(self) -> None:
        """Open the calendar."""
        if self._history is not None:
            self.open(MonthScreen(self._history.nights, self._history.today), self.show_night)

    def action_helps(self) -> None:
        """Say whether the evening routine goes with fewer cramps."""
        history = self._history
        if history is None:
            return
        found = self._asked(history.helps)
        tally = self._asked(history.tally)
        if found is None or tally is None:
            return
        self.open(PageOver("Does it help?", helps_page(found, tally)))

    def action_safety(self) -> None:
        """Read when to see a doctor, and when to stop."""
        self.open(safety_page())
