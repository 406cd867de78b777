"""The quiet page at the end of a run."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.events import Click, Key
from textual.screen import Screen

from uncramp.conductor import Conductor
from uncramp.core.record import Record
from uncramp.core.units import clock
from uncramp.tui.messages import FinishLeft
from uncramp.tui.run_face import left_out_words
from uncramp.tui.widgets.words import Words

UNHEARD_S = 1.0
"""A key pressed so soon was meant for the run."""


class FinishScreen(Screen[None]):
    """Says that all of it is done, and waits for any key."""

    CSS_PATH = "finish.tcss"
    AUTO_FOCUS = None
    ALLOW_SELECT = False

    def __init__(self, record: Record, conductor: Conductor) -> None:
        """Show `record`, the end of what `conductor` ran."""
        super().__init__()
        self._record = record
        self._conductor = conductor
        self._since_s = conductor.clocks.steady()

    def compose(self) -> ComposeResult:
        """How long it was, how much was done, what was left out."""
        record = self._record
        with Vertical(id="end"):
            yield Words("Finished", id="heading")
            yield Words(record.title, id="title")
            yield Words(f"{clock(record.played_ms)} · {_steps(record)}", id="facts")
            yield Words(left_out_words(self._conductor.plan), id="left-out")
        yield Words("Any key leaves this page.", id="hint")

    def on_key(self, event: Key) -> None:
        """Leave."""
        event.stop()
        self._leave()

    def on_click(self, event: Click) -> None:
        """Leave."""
        self._leave()

    def _leave(self) -> None:
        if self._conductor.clocks.steady() - self._since_s >= UNHEARD_S:
            self.post_message(FinishLeft())


def _steps(record: Record) -> str:
    if record.steps == record.steps_done:
        return "1 step done" if record.steps == 1 else f"all {record.steps} steps done"
    return f"{record.steps_done} of {record.steps} steps done"
