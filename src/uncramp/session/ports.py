"""What a run needs besides its plan and its clocks: somebody who speaks, and somebody who saves."""

from typing import Protocol

from uncramp.core.plan.plan import Plan
from uncramp.core.run.record import Record
from uncramp.core.run.run import Run
from uncramp.runs.save_status import SaveStatus


class Autosave(Protocol):
    """Saves the state of a run while it goes on. Nothing here raises; only `leave` waits."""

    @property
    def status(self) -> SaveStatus:
        """How the saving goes."""

    def take(self, run: Run, now: int, *, has_events: bool, is_move: bool) -> None:
        """Have the state of `run` at `now`, in its own milliseconds, saved if it is time to."""

    def start_new_run(self) -> None:
        """What is saved from now on is another run, begun at this moment."""

    def set_aside(self, run: Run, now: int, record: Record) -> None:
        """Keep, beside the run that follows, a record that the history could not take."""

    def finish(self) -> None:
        """The run is over: nothing of it is to be resumed."""

    def finish_unrecorded(self, run: Run, now: int, record: Record) -> None:
        """The run is over, and the history could not take its record: keep that for later."""

    def leave(self, run: Run, now: int) -> bool:
        """Save the run for a last time, and wait for that. Says whether it is saved."""


class VoicePort(Protocol):
    """Speaks the phrases of a run, by its player. Nothing here blocks or raises."""

    @property
    def problem(self) -> str:
        """Why nothing is spoken, for a person; empty while all is well."""

    def look_ahead(self, plan: Plan, index: int) -> None:
        """Have the phrases made that come from span `index` on."""

    def say_at(
        self, phrase: str, volume: float, moment_ms: float, chime_at_ms: float | None = None
    ) -> None:
        """Have a phrase begin at a moment of the steady clock, or as soon as it may after that."""

    def speaks_at(self, moment_ms: float) -> bool:
        """Is something being said at a moment of the steady clock, as far as is known?"""

    def withdraw(self, from_ms: float) -> None:
        """Have the player forget what begins from then on, and what is said with it."""

    def cancel(self) -> None:
        """Have the player forget everything, and forget what is to be said."""

    def close(self) -> None:
        """Make no more phrases."""
