"""What a run is started with, besides the person's settings."""

from uncramp.audio.volume import Hush
from uncramp.core.lazy.dataclass import dataclass
from uncramp.core.routine.model import Side


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How runs are performed this one time; None leaves it to the settings."""

    speed: float = 1.0
    """The speed of the clock. If it is not 1, it is a rehearsal, which leaves no trace."""
    has_sound: bool = False
    """Is a rehearsal heard?"""
    voice: bool | None = None
    listen: bool | None = None
    """Do two claps steer it?"""
    sound_set: str | None = None
    volume: int | None = None
    """0 to 100."""
    hush: Hush = Hush.NONE
    is_night: bool = False
    """Is night mode on at any hour?"""
    is_on_screen: bool = False
    """Does the run fill the screen, so that the display has to stay on?"""
    is_typed_at: bool = False
    """Does a person press keys? Then changes made by keys are remembered."""

    @property
    def is_rehearsal(self) -> bool:
        """Does the clock run at another speed?"""
        return self.speed != 1

    @property
    def is_heard(self) -> bool:
        """Are its sounds played?"""
        return not self.is_rehearsal or self.has_sound


@dataclass(frozen=True, slots=True)
class ChoiceOptions:
    """The choices about a routine for this one time, as written."""

    side: Side | None = None
    """The leg that is first, or that is cramped."""
    conditions: tuple[str, ...] = ()
    """Conditions to apply this time, as if the person had them in their settings."""
    times: tuple[str, ...] = ()
    """Other times of steps: `soak=15m`."""
    left_out: tuple[str, ...] = ()
    """Names of steps to leave out."""
