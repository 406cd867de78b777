"""The quiet page at the end of a run."""

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.events import Click, Key

from uncramp.core.run.moves import MoveKind
from uncramp.core.run.record import Record
from uncramp.core.text.durations import clock
from uncramp.session.conductor import Conductor
from uncramp.session.key_table import key_words
from uncramp.tui.base_screen import BaseScreen
from uncramp.tui.keys.bindings import keys_of
from uncramp.tui.library.routine_screen import RoutineScreen
from uncramp.tui.messages import EndUndone, FinishLeft
from uncramp.tui.run.text import left_out_words
from uncramp.tui.widgets.text_page import Look, Paragraph, TextPage
from uncramp.tui.widgets.words import Words

if TYPE_CHECKING:
    from uncramp.library.library import Entry, Library

UNDO = "run.undo"
"""The id of the key that undoes a move in a run: it reaches back from this page too."""

_HINT = "Any key leaves this page."

UNHEARD_S = 1.0
"""A key pressed so soon was meant for the run."""


class FinishScreen(BaseScreen[None]):
    """Says that all of it is done, and waits for any key."""

    CSS_PATH = "finish.tcss"
    AUTO_FOCUS = None

    def __init__(
        self,
        record: Record,
        conductor: Conductor,
        library: "Library",
        offers: "tuple[Entry, ...]" = (),
    ) -> None:
        """Show `record`, the end of what `conductor` ran.

        Each of `offers`, which are of `library`, opens with a number.
        """
        super().__init__()
        self._library = library
        self._offers = offers
        self.set_class(bool(offers), "-offers")
        self._record = record
        self._conductor = conductor
        self._since_s = conductor.clocks.steady()

    def compose(self) -> ComposeResult:
        """How long it was, how much was done, what was left out."""
        record = self._record
        with Vertical(id="end"):
            yield Words("Finished" if record.is_complete else "Ended", id="heading")
            yield Words(record.title, id="title")
            yield Words(f"{clock(record.played_ms)} · {_steps(record)}", id="facts")
            yield Words(left_out_words(self._conductor.plan), id="left-out")
            if self._offers:
                yield TextPage(offers_page(self._offers), id="offers")
        yield Words(self._hint(), id="hint")

    def _hint(self) -> str:
        """What the keys do here."""
        undo = (
            f"{key_words(keys_of(self, UNDO)[0])} undoes the last move. "
            if self._can_undo()
            else ""
        )
        if self._offers:
            return f"A number opens it. {undo}Any other key leaves."
        return f"{undo}Any other key leaves this page." if undo else _HINT

    def _can_undo(self) -> bool:
        return self._conductor.allows(MoveKind.UNDO)

    def on_key(self, event: Key) -> None:
        """Open what was named by its number; leave with any other key."""
        event.stop()
        number = int(event.key) if event.key in "123456789" else 0
        if not self._has_settled():
            return
        if self._can_undo() and event.key.casefold() in keys_of(self, UNDO):
            self.post_message(EndUndone())
        elif self._offers and event.key in ("up", "down"):
            page = self.query_one(TextPage)
            page.scroll_relative(y=-1 if event.key == "up" else 1, animate=False)
        elif 1 <= number <= len(self._offers):
            self.open(RoutineScreen(self._library, self._offers[number - 1]))
        else:
            self._leave()

    def on_click(self, event: Click) -> None:
        """Leave."""
        self._leave()

    def _has_settled(self) -> bool:
        return self._conductor.clocks.steady() - self._since_s >= UNHEARD_S

    def _leave(self) -> None:
        if self._has_settled():
            self.post_message(FinishLeft())


def offers_page(offers: "tuple[Entry, ...]") -> tuple[Paragraph, ...]:
    """What may be of use now: each routine's title and when it is for."""
    page = [Paragraph("What could help next", Look.HEADING)]
    for number, entry in enumerate(offers, 1):
        routine = entry.routine
        page.append(Paragraph(f"{number} {entry.title}", Look.STRONG, hang=2))
        words = routine and (routine.when or routine.summary)
        page += [Paragraph(words, Look.QUIET, indent=2)] if words else []
    return tuple(page)


def _steps(record: Record) -> str:
    if record.steps == record.steps_done:
        return "1 step done" if record.steps == 1 else f"all {record.steps} steps done"
    return f"{record.steps_done} of {record.steps} steps done"
