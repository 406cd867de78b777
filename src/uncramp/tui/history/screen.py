"""The history: every run and cramp in pages, and what can be done with them."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.getters import query_one

from uncramp.advice.history_words import DOCTOR_WORDS, comparison_words
from uncramp.core.history.entries import CalmNight, CrampEntry, Entry, EntryFilter, RunEntry
from uncramp.core.lazy.dataclass import replace
from uncramp.runs.history_problems import CannotUse
from uncramp.runs.local_times import written_time
from uncramp.session.entry_words import cannot_use_words, tally_words, use_words
from uncramp.session.key_table import key_words
from uncramp.tui.base_screen import BaseScreen
from uncramp.tui.dialogs.leaflet_pages import safety_page
from uncramp.tui.dialogs.page import PageOver
from uncramp.tui.dialogs.prompt import PromptDialog
from uncramp.tui.history.cramp_dialog import CrampDialog
from uncramp.tui.history.cramp_form import Asked, CrampForm
from uncramp.tui.history.dates import nights_in, problem_with_nights
from uncramp.tui.history.month_screen import MonthScreen
from uncramp.tui.history.rows import entry_page, entry_paragraphs, filter_words, short_words
from uncramp.tui.keys.bindings import bindings_for, keys_of
from uncramp.tui.widgets.answer_page import AnswerPage
from uncramp.tui.widgets.key_line import KeyLine
from uncramp.tui.widgets.text_page import Look, Paragraph
from uncramp.tui.widgets.words import Words

if TYPE_CHECKING:
    from uncramp.session.shown_history import ShownHistory

Found = TypeVar("Found")

PAGE_SIZE = 50
"""How many entries are read at once; keys lead to the rest."""
KINDS = ("", "run", "cramp", "calm")


class HistoryScreen(BaseScreen[None]):
    """The last runs and cramps, the latest first."""

    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = None

    PLACE = "history"
    BINDINGS = bindings_for(
        "history",
        up="by(-1)", down="by(1)", page_up="pages(-1)", page_down="pages(1)",
        first="newest", last="turn(1)", keys="app.keys",
    )  # fmt: skip

    rows = query_one(AnswerPage)
    what = query_one("#what", Words)
    told = query_one("#told", Words)

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
        self._wanted = EntryFilter()
        self._title = ""
        self._before: list[int] = []
        """The last entry of each page above this one."""
        self._entries: list[Entry] = []
        self._deleted: list[int] = []
        self._advice: tuple[str, ...] = ()

    def compose(self) -> ComposeResult:
        """The rows, more about the chosen one, a line for messages, and the keys."""
        with Vertical(id="frame") as frame:
            frame.border_title = "History"
            yield AnswerPage(id="rows")
        yield Words(id="what")
        told = Words(id="told")
        # Shown only with the first message: hiding it later would change the layout again.
        told.display = False
        yield told
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
        self.told.show(words)
        self.told.display = bool(words)

    def _look_for_reasons(self) -> None:
        if self._history is not None:
            for reason in self._asked(self._history.new_reasons) or ():
                self._advice += (DOCTOR_WORDS[reason],)

    # What is shown

    def _show(self, chosen: int = 0) -> None:
        """Read this page and show it, with entry `chosen` chosen if it is on it."""
        history = self._history
        before = self._before[-1] if self._before else None
        found = history and self._asked(lambda: history.page(self._wanted, PAGE_SIZE, before))
        self._entries = found or []
        self.rows.show(self._page(), from_top=self.rows.scroll_y > 0)
        names = self.rows.answers
        self.rows.choose(str(chosen) if str(chosen) in names else next(iter(names), ""))
        self._show_chosen()

    def _page(self) -> tuple[Paragraph, ...]:
        page: list[Paragraph] = []
        safety = key_words(keys_of(self, "history.safety")[0])
        for words in self._advice:
            page += [Paragraph(f"{words} {safety} tells more.", Look.CARE), Paragraph()]
        words = filter_words(self._wanted, self._title)
        page += [Paragraph(words, Look.QUIET)] if words else []
        if self._history is None:
            return tuple(page)
        if self._before:
            page.append(Paragraph("Page up goes back to later ones.", Look.QUIET))
        page += entry_paragraphs(self._entries, self._history.today)
        if len(self._entries) == PAGE_SIZE:
            page.append(Paragraph("Page down goes on to earlier ones.", Look.QUIET))
        if not self._entries:
            page.append(Paragraph(self._none_words()))
        return tuple(page)

    def _none_words(self) -> str:
        if self._wanted.is_deleted:
            return "The trash is empty."
        if self._before or self._wanted != EntryFilter():
            return "Nothing there."
        return (
            "Nothing yet. Every run is kept from now on. A writes down a cramp, and C says that "
            "none came last night."
        )

    @property
    def _chosen(self) -> Entry | None:
        number = self.rows.chosen
        return next((entry for entry in self._entries if str(entry.id) == number), None)

    def _show_chosen(self) -> None:
        entry = self._chosen
        self.what.show(short_words(entry) if entry else "")
        is_trash = self._wanted.is_deleted
        unable = [] if self._deleted or is_trash else ["undo"]
        unable += [] if isinstance(entry, CrampEntry) and not is_trash else ["edit"]
        unable += [] if entry and not is_trash else ["delete"]
        is_urgent = isinstance(entry, RunEntry) and entry.is_urgent
        self.show_keys(
            without=" ".join(unable),
            add="Say what happened" if is_urgent and not is_trash else "Log a cramp",
            undo="Restore" if is_trash else "Undo deleting",
            close="Show all" if self._wanted != EntryFilter() else "Close",
        )

    # Moving

    def action_by(self, rows: int) -> None:
        """Choose another entry; past the last one, go on to the next page."""
        answers, chosen = self.rows.answers, self.rows.chosen
        if not answers:
            return
        if rows > 0 and chosen == answers[-1] and self._has_more():
            self.action_turn(1)
        elif rows < 0 and chosen == answers[0] and self._before:
            self.action_turn(-1)
            self.rows.choose(self.rows.answers[-1])
        else:
            self.rows.move_by(rows)
        self._show_chosen()

    def action_pages(self, pages: int) -> None:
        """Choose an entry a page away; from the last one, go on to earlier ones."""
        answers = self.rows.answers
        if not answers:
            return
        at = answers.index(self.rows.chosen) + pages * max(self.rows.size.height - 2, 1)
        if at >= len(answers) - 1 and self.rows.chosen == answers[-1] and self._has_more():
            self.action_turn(1)
        elif at < 0 and self.rows.chosen == answers[0] and self._before:
            self.action_turn(-1)
        else:
            self.rows.choose(answers[max(min(at, len(answers) - 1), 0)])
            self._show_chosen()

    def action_turn(self, pages: int) -> None:
        """Read the page of earlier entries, or of later ones."""
        if pages > 0 and self._has_more():
            self._before.append(self._entries[-1].id)
        elif pages < 0 and self._before:
            self._before.pop()
        else:
            self.rows.choose(next(reversed(self.rows.answers), ""))
            self._show_chosen()
            return
        self._show()

    def action_newest(self) -> None:
        """Go back to the latest entry."""
        self._before.clear()
        self._show()

    def _has_more(self) -> bool:
        return len(self._entries) == PAGE_SIZE

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
        if not isinstance(run, RunEntry) or not run.is_urgent or self._wanted.is_deleted:
            self._ask(history.cramp_now(), (), Asked.NEW)
            return
        said = self._asked(lambda: history.cramp_of(run))
        cramp = said or CrampEntry(run.began, run_id=run.id)
        self._ask(cramp, self._steps_done(run), Asked.LATER)

    def action_edit(self) -> None:
        """Change the answers about the chosen cramp."""
        entry, history = self._chosen, self._history
        if history is None or not isinstance(entry, CrampEntry) or self._wanted.is_deleted:
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
        if history is None or entry is None or self._wanted.is_deleted:
            return
        if self._asked(lambda: history.delete(entry.id)):
            self._deleted.append(entry.id)
            undo = key_words(keys_of(self, "history.undo")[0])
            self._tell(f"Moved to the trash. {undo} restores it.")
        self._show()

    def action_undo(self) -> None:
        """Restore the entry that was deleted last, or the chosen one of the trash."""
        history = self._history
        chosen = self._chosen if self._wanted.is_deleted else None
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
        kind = KINDS[(KINDS.index(self._wanted.kind) + 1) % len(KINDS)]
        self._want(replace(self._wanted, kind=kind, routine_id=""))

    def action_routine(self) -> None:
        """List only the runs of the chosen routine."""
        entry = self._chosen
        if isinstance(entry, RunEntry):
            self._title = entry.title
            self._want(replace(self._wanted, kind="run", routine_id=entry.routine_id))

    def action_dates(self) -> None:
        """List only some nights."""

        def answered(words: str | None) -> None:
            if words is not None:
                since, until = nights_in(words)
                self._want(replace(self._wanted, since=since, until=until))

        self.open(
            PromptDialog(
                "Nights", "", problem_with_nights,
                takes="A month or a night (2026-11, 2026-11-20), or two: 2026-11-01 2026-11-20.",
                take="List them",
            ),
            answered,
        )  # fmt: skip

    def show_night(self, night: date | None) -> None:
        """List the entries of one night."""
        if night is not None:
            self._want(EntryFilter(since=night, until=night))

    def action_trash(self) -> None:
        """List what is in the trash, or what is not."""
        self._want(EntryFilter(is_deleted=not self._wanted.is_deleted))

    def _want(self, wanted: EntryFilter) -> None:
        self._wanted = wanted
        self._before.clear()
        self._tell("")
        self._show()

    def action_close(self) -> None:
        """Show everything again, or go back to the library."""
        if self._wanted != EntryFilter():
            self._want(EntryFilter())
        else:
            self.dismiss()

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
        nights = f"Nights from {found.first.isoformat()} to {found.last.isoformat()}"
        words = [*comparison_words(found.comparison, found.unknown)]
        words += [tally_words(*tally)] if tally[0] else []
        page = [Paragraph(nights, Look.HEADING)]
        for sentence in words:
            page += [Paragraph(sentence), Paragraph()]
        self.open(PageOver("Does it help?", tuple(page[:-1])))

    def action_safety(self) -> None:
        """Read when to see a doctor, and when to stop."""
        self.open(safety_page())
