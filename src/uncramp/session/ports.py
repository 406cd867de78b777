"""What a run works with besides its plan, its clocks and its player."""

from collections.abc import Callable
from typing import Protocol

from uncramp.audio.volume import Loudness
from uncramp.core.lazy.dataclass import dataclass
from uncramp.core.plan.plan import Plan
from uncramp.core.run.events import Event
from uncramp.core.run.record import Record
from uncramp.core.run.run import Run
from uncramp.runs.history import KeptRun
from uncramp.runs.save_status import SaveStatus

TYPE_CHECKING = False
if TYPE_CHECKING:
    # Most runs do not listen, and do not load this.
    from uncramp.core.claps.detector import ClapPair
    from uncramp.listening.ear_status import EarStatus


class Autosave(Protocol):
    """Saves the state of a run while it goes on. Nothing here raises; only `leave` waits."""

    @property
    def status(self) -> SaveStatus:
        """Whether saving works."""

    def take(self, run: Run, now: int, *, has_events: bool, is_move: bool) -> None:
        """Save the state of `run` at `now`, in its own milliseconds, if it is time to."""

    def start_new_run(self) -> None:
        """Save another run from now on, which begins at this moment."""

    def set_aside(self, run: Run, now: int, record: Record) -> None:
        """Keep a record that the history could not take, beside the run that follows."""

    def finish(self) -> None:
        """The run is over and cannot be resumed."""

    def finish_unrecorded(self, run: Run, now: int, record: Record) -> None:
        """The run is over, but the history could not take its record: keep that for later."""

    def leave(self, run: Run, now: int) -> bool:
        """Save the run for the last time, and wait for it. Returns whether it is saved."""


class ControlPort(Protocol):
    """Lets other programs steer a run while it goes on. Nothing here waits or raises."""

    def open(self, take: Callable[[tuple[Event, ...]], None]) -> str:
        """Let in who wants to steer the run; `take` gets what they change.

        Returns a sentence where that is refused because it would not be safe.
        """

    def fileno(self) -> int | None:
        """The descriptor that becomes readable with a request; None if there can be none."""

    @property
    def wait_s(self) -> float | None:
        """Real seconds until `serve` is due even if nothing is ready; None if it is not."""

    def serve(self) -> None:
        """Do what was asked, and answer."""

    def tell_change(self) -> None:
        """Tell who looks on what there is to see now."""

    def close(self) -> None:
        """Let in nobody any more."""


class EarPort(Protocol):
    """Listens for two claps, in a separate process. Nothing here waits or raises."""

    @property
    def status(self) -> "EarStatus":
        """Whether it listens, or why not, and how loud it is."""

    @property
    def descriptor(self) -> int | None:
        """What becomes readable with each news; None while nothing listens."""

    @property
    def wait_s(self) -> float | None:
        """Real seconds until `give_up_late` is due; None if it is not."""

    @property
    def was_stopped(self) -> bool:
        """Did it stop listening because the program was stopped? Then it is to be opened again."""

    def open(self) -> None:
        """Start to listen; if that fails, the status says why."""

    def read(self) -> "tuple[ClapPair, ...]":
        """The pairs of claps that came, on the steady clock in ms, without our own sounds."""

    def give_up_late(self) -> None:
        """Stop waiting for a microphone that does not open."""

    def close(self) -> None:
        """Listen no longer."""


class VoicePort(Protocol):
    """Speaks the phrases of a run through its player. Nothing here blocks or raises."""

    @property
    def problem(self) -> str:
        """Why nothing is spoken, for the person; empty if all is well."""

    def look_ahead(self, plan: Plan, index: int) -> None:
        """Make the phrases from span `index` on."""

    def say_at(
        self, phrase: str, volume: float, moment_ms: float, chime_at_ms: float | None = None
    ) -> None:
        """Start a phrase at a moment of the steady clock, or as soon as possible after it."""

    def speaks_at(self, moment_ms: float) -> bool:
        """Will something be said at a moment of the steady clock, as far as is known?"""

    def withdraw(self, from_ms: float) -> None:
        """Take back from the player what begins from then on, with its phrases."""

    def cancel(self) -> None:
        """Take back everything from the player, and forget all phrases."""

    def close(self) -> None:
        """Make no more phrases."""


@dataclass(frozen=True, slots=True)
class RunPorts:
    """What speaks and saves a run, and who hears of it."""

    voice: VoicePort | None = None
    """It speaks through the run's player."""
    autosave: Autosave | None = None
    listeners: tuple[Callable[[Event], None], ...] = ()
    """Each gets every event."""
    on_loudness: Callable[[Loudness], None] | None = None
    """It gets each change of volume."""
    is_recorded: Callable[[], bool] = lambda: True
    """Is the record of the run that has ended safe?"""
    kept_run: Callable[[], KeptRun | None] | None = None
    """Once the run has ended and is settled: the same in the history, if it could be written.

    None for a run that leaves nothing, as a rehearsal.
    """
