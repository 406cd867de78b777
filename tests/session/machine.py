"""A machine whose clocks a test sets, and a conductor on it."""

from dataclasses import dataclass, field

from uncramp.audio.messages import LATE_MS
from uncramp.audio.player import SoundStatus
from uncramp.audio.volume import Loudness
from uncramp.core.plan.plan import make_plan
from uncramp.core.routine.model import Cues, Routine, Sound, Step
from uncramp.core.run.events import Event
from uncramp.session.conductor import Conductor, RunPace
from uncramp.system.clocks import Clocks

RUB = Step("steps[0]", "Rub", 30_000, get_ready_ms=5_000)
ROLL = Step("steps[1]", "Roll", 60_000, get_ready_ms=5_000, cues=Cues(volume=0.5))
HOLD = Step("steps[2]", "Hold", 60_000, is_open=True)
PLAN = make_plan(Routine("r", "R", (RUB, ROLL, HOLD)))


@dataclass
class Machine:
    """A machine whose clocks stand where the test puts them, and that remembers its sounds."""

    steady_s: float = 100.0
    counting_s: float = 5_000.0
    wall_s: float = 1_700_000_000.0
    played: list[tuple[str, float, float]] = field(default_factory=list)
    """Name, volume and moment in steady seconds of each sound not cancelled before its time."""
    shaped: list[tuple[str, bool, str | None]] = field(default_factory=list)
    """Name, whether it was for the night and what in its stead, of each that was asked for."""
    lateness: list[float] = field(default_factory=list)
    """How late each that was asked for may begin, in milliseconds."""
    prepared: list[bool] = field(default_factory=list)
    cancels: int = 0

    def clocks(self) -> Clocks:
        return Clocks(lambda: self.steady_s, lambda: self.counting_s, lambda: self.wall_s)

    def pass_s(self, seconds: float) -> None:
        self.steady_s += seconds
        self.counting_s += seconds
        self.wall_s += seconds

    def sleep_s(self, seconds: float) -> None:
        """As a machine whose steady clock stops while the lid is closed."""
        self.counting_s += seconds
        self.wall_s += seconds

    def play_at(
        self,
        sound: Sound,
        volume: float,
        steady_ms: float,
        *,
        is_night: bool = False,
        instead: str | None = None,
        late_ms: float = LATE_MS,
    ) -> None:
        self.played.append((sound.name, volume, steady_ms / 1000))
        self.shaped.append((sound.name, is_night, instead))
        self.lateness.append(late_ms)

    def withdraw(self, from_ms: float) -> None:
        self.played = [sound for sound in self.played if sound[2] * 1000 < from_ms]

    def cancel(self) -> None:
        self.cancels += 1
        self.played = [sound for sound in self.played if sound[2] <= self.steady_s]

    def status(self) -> SoundStatus:
        return SoundStatus(True, "test", "sound: test")

    def close(self, ring_out: bool = False) -> None:
        raise AssertionError("the conductor does not own the player")


def conductor(machine: Machine, speed: float = 1.0, loudness: Loudness | None = None) -> Conductor:
    return Conductor(PLAN, machine.clocks(), machine, pace=RunPace(speed=speed), loudness=loudness)


def follow(conductor: Conductor, machine: Machine, real_s: float) -> list[Event]:
    """Sleep exactly as long as the conductor asks, again and again."""
    events: list[Event] = []
    end_s = machine.counting_s + real_s
    while (wait_s := conductor.wait_s()) is not None and machine.counting_s + wait_s <= end_s:
        machine.pass_s(wait_s)
        events += conductor.tick()
        conductor.save_progress()
    return events
