"""What a run is started with, besides what the person set."""

from uncramp.audio.volume import Hush
from uncramp.core.lazy.dataclass import dataclass
from uncramp.core.routine.model import Side


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How runs are performed, as it was asked for this one time; None leaves it to the settings."""

    speed: float = 1.0
    """How many times as fast as a clock. Other than 1 it is a rehearsal, which leaves no trace."""
    has_sound: bool = False
    """Is a rehearsal heard?"""
    voice: bool | None = None
    sound_set: str | None = None
    volume: int | None = None
    """0 to 100."""
    hush: Hush = Hush.NONE
    is_night: bool = False
    """Is it night whatever the hour?"""
    is_on_screen: bool = False
    """Does the run fill the screen, so that the display has to stay on?"""
    is_typed_at: bool = False
    """Does a person press keys? What keys change is then remembered."""

    @property
    def is_rehearsal(self) -> bool:
        """Does the clock go at another speed than its own?"""
        return self.speed != 1

    @property
    def is_heard(self) -> bool:
        """Are its sounds played?"""
        return not self.is_rehearsal or self.has_sound


@dataclass(frozen=True, slots=True)
class ChoiceOptions:
    """What was chosen of a routine for this one time, as it was written."""

    side: Side | None = None
    """Which leg is first, and which one is cramped."""
    conditions: tuple[str, ...] = ()
    """What is to be taken into account as if the person had said it of themselves."""
    times: tuple[str, ...] = ()
    """Other times of steps: `soak=15m`."""
    left_out: tuple[str, ...] = ()
    """Names of steps to leave out."""
