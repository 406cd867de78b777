"""The library: every routine, found by typing."""

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.getters import query_one
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Input

from uncramp.core.model import Group, Item
from uncramp.core.plan import make_plan
from uncramp.core.points import folded
from uncramp.core.units import clock
from uncramp.tui.screens.person import PersonScreen
from uncramp.tui.screens.points import PointsScreen
from uncramp.tui.screens.reading import advice_page, evidence_page, safety_page
from uncramp.tui.screens.routine import RoutineScreen
from uncramp.tui.widgets.key_line import KeyLine, KeyShown
from uncramp.tui.widgets.routine_list import RoutineList, Row
from uncramp.tui.widgets.words import Words

if TYPE_CHECKING:
    from uncramp.library import Entry, Library

LOOK_EVERY_S = 2.0
"""How often the folders are looked at while the library is in front."""


class LibraryScreen(Screen[None], inherit_bindings=False):
    """Every routine with its length and a line of what it is for."""

    CSS_PATH = "library.tcss"
    ALLOW_SELECT = False

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "by(-1)", "Up", id="library.up"),
        Binding("down", "by(1)", "Down", id="library.down"),
        Binding("pageup", "pages(-1)", "Page up", id="library.page-up"),
        Binding("pagedown", "pages(1)", "Page down", id="library.page-down"),
        Binding("ctrl+home", "by(-1000000)", "First", id="library.first"),
        Binding("ctrl+end", "by(1000000)", "Last", id="library.last"),
        Binding("enter", "open", "Open", id="library.open"),
        Binding("escape", "clear_or_leave", "Leave", id="library.leave"),
        Binding("f1", "safety", "Safety", id="library.safety"),
        Binding("f2", "points", "Points", id="library.points"),
        Binding("f3", "evidence", "Evidence", id="library.evidence"),
        Binding("f4", "advice", "Advice", id="library.advice"),
        Binding("f5", "person", "About you", id="library.person"),
    ]

    search = query_one("#search", Input)
    routines = query_one(RoutineList)
    told = query_one("#told", Words)
    key_line = query_one(KeyLine)

    def __init__(self, library: "Library", problem: str | None = None) -> None:
        """Show what is in `library`, with `problem` above it where there is one."""
        super().__init__()
        self.library = library
        self._problem = problem or ""
        self._words: dict[str, str] = {}
        self._rows: tuple[Row, ...] = ()
        self._watch: Timer | None = None

    def compose(self) -> ComposeResult:
        """The search, the list, and a line to tell things on."""
        with Vertical(id="search-frame") as frame:
            frame.border_title = "Search"
            field = Input(placeholder="Type to search", id="search", compact=True)
            field.cursor_blink = False
            yield field
        yield Words(self._problem, id="told")
        yield RoutineList(id="routines")
        yield KeyLine(id="keys")

    def on_mount(self) -> None:
        """List the routines, and look after them while they are in front."""
        self.search.focus()
        self._read()
        self._watch = self.set_interval(LOOK_EVERY_S, self.look_again)

    def on_screen_suspend(self) -> None:
        """Look after nothing while something else is in front, least of all during a run."""
        if self._watch is not None:
            self._watch.pause()

    def on_screen_resume(self) -> None:
        """Show what has changed meanwhile."""
        if self._watch is not None:
            self._watch.resume()
            self.look_again()

    def look_again(self) -> None:
        """List the routines anew if a file was added, changed or removed."""
        if self.library.has_changed():
            self.library.reload()
            self._read()

    def _read(self) -> None:
        entries = self.library.entries()
        self._words = {entry.id: folded(" ".join(_words_of(entry))) for entry in entries}
        self._rows = tuple(_row(entry) for entry in entries)
        self._sift()

    def _sift(self) -> None:
        sought = [folded(word) for word in self.search.value.split()]
        found = [row for row in self._rows if all(word in self._words[row.id] for word in sought)]
        if sought:
            named = {row.id for row in found if sought[0] in folded(f"{row.id} {row.title}")}
            found.sort(key=lambda row: row.id not in named)
        self.routines.show(tuple(found))
        self._tell(self._problem if found else "Nothing is found. Escape empties the search.")
        leave = "Empty the search" if self.search.value else "Leave"
        self.key_line.show(
            (
                KeyShown("↑↓", "Choose", "by(1)", 2),
                KeyShown("Enter", "Open", "open", 0),
                KeyShown("Esc", leave, "clear_or_leave", 1),
                KeyShown("F1", "Safety", "safety", 3),
                KeyShown("F2", "Points", "points", 5),
                KeyShown("F3", "Evidence", "evidence", 7),
                KeyShown("F4", "Advice", "advice", 6),
                KeyShown("F5", "About you", "person", 4),
                KeyShown("^Q", "Leave at once", "app.leave", 8),
            )
        )

    def _tell(self, words: str) -> None:
        self.told.show(words)
        self.told.display = bool(words)

    @on(Input.Changed)
    def _search_changed(self) -> None:
        self._problem = ""
        self._sift()

    @on(Input.Submitted)
    def _search_submitted(self) -> None:
        self.action_open()

    @on(RoutineList.Opened)
    def _row_clicked(self, message: RoutineList.Opened) -> None:
        self.action_open()

    def action_by(self, rows: int) -> None:
        """Choose another row."""
        self.routines.move_by(rows)

    def action_pages(self, pages: int) -> None:
        """Choose a row a page away."""
        self.routines.move_by(pages * self.routines.rows_in_sight)

    def action_open(self) -> None:
        """Open the chosen routine, as it is on the disk now."""
        row = self.routines.chosen_row
        if row is None:
            return
        self.library.reload()
        entry = self.library.find(row.id)
        if entry is None:
            self._problem = f"{row.title} is no longer there: its file was moved or deleted."
            self._read()
            return
        if _row(entry) != row:
            self._read()
        self.app.push_screen(RoutineScreen(entry))

    def action_safety(self) -> None:
        """Read when to see a doctor, and when to stop."""
        self.app.push_screen(safety_page())

    def action_points(self) -> None:
        """Read where each point is, with its picture."""
        self.app.push_screen(PointsScreen())

    def action_evidence(self) -> None:
        """Read what is known to help, and what is not."""
        self.app.push_screen(evidence_page())

    def action_advice(self) -> None:
        """Read the advice cards."""
        self.app.push_screen(advice_page())

    def action_person(self) -> None:
        """Say what is so of oneself."""
        self.app.push_screen(PersonScreen())

    def action_clear_or_leave(self) -> None:
        """Empty the search; leave where it is empty."""
        if self.search.value:
            self.search.value = ""
        else:
            self.app.exit(0)


def _row(entry: "Entry") -> Row:
    if entry.routine is None:
        count = len(entry.errors)
        right = "! 1 problem" if count == 1 else f"! {count} problems"
        return Row(entry.id, entry.title, right, "Open it to see what is wrong.", is_broken=True)
    routine, total = entry.routine, make_plan(entry.routine).total
    length = f"about {clock(total.length_ms)}" if total.open_steps else clock(total.length_ms)
    note = "Yours, in place of the bundled one. " if entry.hides_bundled else ""
    steps = "1 step" if total.steps == 1 else f"{total.steps} steps"
    summary = note + (routine.summary or routine.when or steps)
    return Row(entry.id, routine.title, length, summary)


def _words_of(entry: "Entry") -> list[str]:
    """Everything by which a routine is found."""
    words = [entry.id, entry.title]
    routine = entry.routine
    if routine is not None:
        words += [routine.summary or "", *routine.tags]
        for item in routine.items:
            words += _point_words(item)
    return words


def _point_words(item: Item) -> list[str]:
    if isinstance(item, Group):
        return [word for child in item.items for word in _point_words(child)]
    point = item.point
    return [item.name, point.code, point.label, point.name] if point else [item.name]
