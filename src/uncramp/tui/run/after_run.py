"""What the history asks and says after a run, on the finish page."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.screen import Screen

from uncramp.core.lazy.dataclass import dataclass
from uncramp.core.run.record import Record
from uncramp.session.conductor import Conductor
from uncramp.tui.run.result import has_question

if TYPE_CHECKING:
    from uncramp.session.own_data import OwnData


@dataclass(frozen=True, slots=True)
class AfterRun:
    """A question after a run, and a sentence of advice."""

    question: Callable[[], Screen[str]] | None = None
    """Makes the dialog that asks what happened; None if there is no question.

    By then the run is in the history, and its end can no longer be undone. The dialog's result
    is a sentence for the page, such as why to see a doctor; "" for none.
    """
    advice: str = ""
    """A calm sentence that the page shows from its beginning; empty for none."""


def after_run(record: Record, conductor: Conductor, data: "OwnData") -> AfterRun:
    """What to ask and say after the run of `record`, which `conductor` ran.

    Only a run for a cramp has any. Loading SQLite is fine here: the run is over.
    """
    if not has_question(record, conductor):
        return AfterRun()
    from uncramp.tui.history.cramp_question import advice_with, question_about

    return AfterRun(lambda: question_about(record, conductor, data), advice_with(record, data))
