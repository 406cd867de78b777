"""The library: every routine, found by typing."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.geometry import Region
from textual.getters import query_one
from textual.timer import Timer
from textual.widgets import Input

from uncramp.library.copying import name_problem, new_own
from uncramp.library.trash import Deleted, put_back
from uncramp.session.own_data import OwnData, open_own_data
from uncramp.system.files import CannotWrite
from uncramp.tui.base_screen import BaseScreen
from uncramp.tui.dialogs.leaflet_pages import advice_page, evidence_page, safety_page
from uncramp.tui.dialogs.page import keys_page
from uncramp.tui.keys.bindings import bindings_for, keys_of
from uncramp.tui.library import next_screens
from uncramp.tui.library.catalogue import Catalogue
from uncramp.tui.library.routine_text import page_of
from uncramp.tui.messages import RoutineStarted
from uncramp.tui.settings.session_settings import own_settings
from uncramp.tui.widgets.key_line import KeyLine, KeyShown
from uncramp.tui.widgets.routine_list import RoutineList
from uncramp.tui.widgets.text_page import TextPage
from uncramp.tui.widgets.typed_line import TypedLine
from uncramp.tui.widgets.words import Words

if TYPE_CHECKING:
    from uncramp.library.library import Library

ABOUT = "uncramp: routines for leg cramps, during one, in the evening and after"
"""What this is, for a new person."""

FIRST_TIME = "Enter opens a routine to read it first. Ctrl-N helps with a cramp at once."
"""What to do first, for a person without any run."""

LOOK_EVERY_S = 2.0
"""How often the folders are checked while the library is in front."""

PREVIEW_AFTER_S = 0.15
"""How long a row stays chosen before its steps are shown beside the list."""

UNHEARD_S = 1.0
"""An Escape this soon after another screen was left was meant for that one."""

FEWEST_READ, MOST_READ = 16, 64
"""How many unknown files are read in one go, before a key is answered again."""

READ_FOR_S = 0.1
"""How long they are read at most, if there are more than the fewest."""

RANKED_EVERY = 8
"""After how many such goes the list is sorted, while there is more to read."""


class LibraryScreen(BaseScreen[None]):
    """Every routine with its length and what it is for, in groups."""

    CSS_PATH = "screen.tcss"

    PLACE = "library"
    BINDINGS = bindings_for(
        "library",
        up="by(-1)", down="by(1)", page_up="pages(-1)", page_down="pages(1)",
        first="by(-1000000)", last="by(1000000)", leave="clear_or_leave",
        settings="app.settings", history="app.history",
    )  # fmt: skip

    search = query_one("#search", Input)
    routines = query_one(RoutineList)
    preview = query_one("#preview", TextPage)
    first_time = query_one("#first-time", Words)
    message_line = query_one("#message", Words)
    key_line = query_one(KeyLine)

    def __init__(
        self, library: "Library", problem: str | None = None, data: OwnData | None = None
    ) -> None:
        """Show `library`, with `problem` above it if there is one.

        `data` is the person's own: stars, history, and the clock for the routines of this hour.
        """
        super().__init__()
        self.library = library
        self._problem = problem or ""
        self.data = data or open_own_data()
        self._undos: list[Callable[[], str]] = []
        """What undoes each deletion or left run; each returns a sentence."""
        self.catalogue = Catalogue(library)
        """What is listed."""
        self._reads_on = False
        self._slices = 0
        self._more: Timer | None = None
        self._previewed: str | None = None
        self._watch: Timer | None = None
        self._was_away = False
        self._back_since_s = float("-inf")
        """When another screen over this one was left."""
        self._preview_soon: Timer | None = None

    def compose(self) -> ComposeResult:
        """What this is, the search, the list, and a line for messages."""
        yield Words(ABOUT, id="about")
        yield Words(FIRST_TIME, id="first-time")
        with Vertical(id="search-frame") as frame:
            frame.border_title = "Search"
            yield TypedLine(placeholder="Type to search", id="search")
        yield Words(self._problem, id="message")
        with Horizontal(id="shelf"):
            yield RoutineList(id="routines")
            preview = TextPage(id="preview")
            preview.can_focus = False
            yield preview
        yield KeyLine(id="keys")

    def on_mount(self) -> None:
        """List the routines, and watch their files while they are in front."""
        self.search.focus()
        self._read()
        self._watch = self.set_interval(LOOK_EVERY_S, self.look_again)

    def on_screen_suspend(self) -> None:
        """Watch nothing while something else is in front, least of all during a run."""
        self._was_away = True
        if self._watch is not None:
            self._watch.pause()
        for soon in (self._more, self._preview_soon):
            if soon is not None:
                soon.stop()
        self._more = None

    def on_screen_resume(self) -> None:
        """Show what has changed meanwhile: files, the last runs, the person's conditions."""
        if self._watch is not None and self._was_away:
            self._was_away = False
            self._back_since_s = self.data.clocks.steady()
            self._watch.resume()
            if self.library.has_changed():
                self.library.reload()
            self._read()

    def look_again(self) -> None:
        """List the routines again if a file was added, changed or removed."""
        if self.library.has_changed():
            self.library.reload()
            self._read()

    def _read(self) -> None:
        """List the routines: what is known at once, and the rest as it is read."""
        self._previewed = None
        self._slices = 0
        if self._more is not None:
            self._more.stop()
        self.read_some()

    @property
    def waits_to_read(self) -> bool:
        """Will it read more files in a moment?"""
        return self._more is not None

    def read_some(self) -> None:
        """Read some of the files that were not read yet, and wait to read more if there are."""
        self._more = None
        read, until = 0, self.data.clocks.steady() + READ_FOR_S

        def is_enough() -> bool:
            nonlocal read
            read += 1
            return read >= MOST_READ or (read >= FEWEST_READ and self.data.clocks.steady() > until)

        self._reads_on = not self.library.read_on(is_enough)
        if not self._reads_on or self._slices % RANKED_EVERY == 0:
            self.sort()
        self._slices += 1
        if self._reads_on:
            self._more = self.set_timer(READ_FOR_S / 10, self.read_some)

    def sort(self) -> None:
        """Sort the routines, and show those that match the search."""
        self.catalogue.update(self.data, own_settings(self).now().conditions)
        self.first_time.display = self.catalogue.is_first_time
        self._sift()
        # Its text may have changed, even if the same row is chosen.
        self.call_after_refresh(self.show_preview)

    def _sift(self, *, from_top: bool = False) -> None:
        rows = tuple(self.catalogue.rows(self.search.value))
        self.routines.show(rows, from_top=from_top)
        self._tell(self._words(bool(rows)))
        self._show_keys()

    def _words(self, is_any: bool) -> str:
        """The message above the list."""
        if self._problem:
            return self._problem
        if self._reads_on:
            return "Reading the routines. The ones at the end are still to come."
        return "" if is_any else "Nothing found. Escape clears the search."

    def _show_keys(self) -> None:
        leave = "Clear the search" if self.search.value else "Leave"
        unable = [] if self._undos else ["undo"]
        unable += ["keys"] if self.search.value else []
        self.show_keys(
            KeyShown("app.commands", "Commands", 4, "^P"), without=" ".join(unable), leave=leave
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While something is in the search, the key for help is typed into it."""
        return action != "keys" or not self.search.value

    def action_keys(self) -> None:
        """Show the keys of this page, if the search is empty."""
        self.open(keys_page(self))

    def _tell(self, words: str) -> None:
        self.message_line.show(words)
        self.message_line.display = bool(words)

    @on(Input.Changed)
    def _search_changed(self) -> None:
        if self.search.value == "?" and "question_mark" in keys_of(self, "library.keys"):
            # The search line takes it before any binding can.
            self.search.value = ""
            self.action_keys()
            return
        self._problem = ""
        self._sift(from_top=True)

    @on(RoutineList.Chose)
    def _chose(self) -> None:
        if self._preview_soon is not None:
            self._preview_soon.stop()
        # The first is there at once; while the person scrolls, none is read.
        if self._previewed is None:
            self.show_preview()
        else:
            self._preview_soon = self.set_timer(PREVIEW_AFTER_S, self.show_preview)

    def on_resize(self) -> None:
        """Show the steps, if there is room for them now."""
        self.call_after_refresh(self.show_preview)

    def show_preview(self) -> None:
        """Show the steps of the chosen routine beside the list, if there is room."""
        row = self.routines.chosen_row
        if not self.preview.display or self._previewed == (row.id if row else ""):
            return
        self._previewed = row.id if row else ""
        entry = self.library.find(row.id) if row else None
        choices = own_settings(self).now().choices()
        self.preview.show(page_of(entry, choices) if entry else ())

    def passing_regions(self) -> Iterable[Region] | None:
        """The steps are hidden if there is no room or no routine."""
        is_passing = self._reads_on or self.search.value or self._problem
        return None if is_passing else ()

    @on(Input.Submitted)
    def _search_submitted(self) -> None:
        self.action_open()

    @on(RoutineList.Clicked)
    def _row_clicked(self) -> None:
        self.action_open()

    def action_by(self, rows: int) -> None:
        """Choose another row."""
        self.routines.move_by(rows)

    def action_pages(self, pages: int) -> None:
        """Choose a row a page away."""
        self.routines.move_by_pages(pages)

    def action_open(self) -> None:
        """Open the chosen routine."""
        row = self.routines.chosen_row
        if row is not None:
            self.open_routine(row.id)

    def action_edit(self) -> None:
        """Open the chosen routine's file in your editor."""
        row = self.routines.chosen_row
        if row is not None:
            self.open_routine(row.id, is_edited=True)

    def open_routine(self, routine_id: str, *, is_edited: bool = False) -> None:
        """Open the page of a routine; with `is_edited`, open its file from there at once."""
        entry = self.library.find_again(routine_id)
        if entry is not None:
            screen = next_screens.routine_screen(self.library, entry, is_edited=is_edited)
            self.open(screen, self._note_deleted)
            return
        title = self.catalogue.title_of(routine_id)
        self._problem = f"{title} is no longer there: its file was moved or deleted."
        self.library.reload()
        self._read()

    def action_new(self) -> None:
        """Write a new routine: its name, and then its file in your editor."""

        def write(name: str | None) -> None:
            if name is None:
                return
            try:
                routine_id = new_own(self.library.own, name)
            except CannotWrite as error:
                self._problem = str(error)
                self._sift()
                return
            self.library.reload()
            self._read()
            self.open_routine(routine_id, is_edited=True)

        prompt = next_screens.name_prompt(lambda name: name_problem(self.library, name))
        self.open(prompt, write)

    def _note_deleted(self, deleted: Deleted | None) -> None:
        if deleted is not None:

            def restore() -> str:
                put_back(deleted, self.library.own)
                return f"{deleted.routine_id} has been restored."

            self.note_undo(f"{deleted.routine_id} is in the trash. Ctrl-G restores it.", restore)

    def note_undo(self, words: str, undo: Callable[[], str]) -> None:
        """Show what was done; `undo` undoes it, returns a sentence, and may raise CannotWrite."""
        self._undos.append(undo)
        self._problem = words
        self._sift()

    def action_undo(self) -> None:
        """Restore the routine that was deleted last, or the run that was left last."""
        if not self._undos:
            self._problem = "Nothing was deleted in this session. uncramp trash lists earlier ones."
        else:
            try:
                self._problem = self._undos[-1]()
                self._undos.pop()
            except CannotWrite as error:
                self._problem = str(error)
        self.library.reload()
        self._read()

    def action_favourite(self) -> None:
        """Add the chosen routine to your favourites, or remove it."""
        row = self.routines.chosen_row
        if row is None:
            return
        self._problem = self.catalogue.turn_star(self.data, row.id) or ""
        self._sift()

    def action_cramp_now(self) -> None:
        """Start the help for a cramp now, without a question."""
        routine = self.library.urgent().routine
        if routine is not None:
            self.post_message(RoutineStarted(self, routine))

    def action_safety(self) -> None:
        """Read when to see a doctor, and when to stop."""
        self.open(safety_page())

    def action_points(self) -> None:
        """Read where each point is, with its picture."""
        self.open(next_screens.points_screen())

    def action_evidence(self) -> None:
        """Read what is known to help, and what is not."""
        self.open(evidence_page())

    def action_advice(self) -> None:
        """Read the advice cards."""
        self.open(advice_page())

    def action_person(self) -> None:
        """Answer a few questions about yourself."""
        self.open(next_screens.person_screen())

    def action_clear_or_leave(self) -> None:
        """Clear the search, or leave if it is empty."""
        if self.search.value:
            self.search.value = ""
        elif self.data.clocks.steady() - self._back_since_s >= UNHEARD_S:
            self.app.exit(0)
