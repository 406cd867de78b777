"""A stage for plain runs: a clock that waiting moves, and a scripted person."""

from collections.abc import Iterable
from dataclasses import dataclass

from tests.recording_player import RecordingPlayer
from uncramp.audio.player import Player
from uncramp.core.plan.plan import Plan
from uncramp.plain.output import OutputClosed
from uncramp.plain.run_input import Arrival, InputEnded, InputKind
from uncramp.plain.runner import JsonReporter, PlainRun, TextReporter
from uncramp.session.conductor import Conductor, RunPace
from uncramp.system.clocks import Clocks


@dataclass(frozen=True)
class Asleep:
    """The machine's lid is closed for some time."""

    seconds: float


class Stage:
    """Runs a plan with what happens at which second, and keeps what was written."""

    def __init__(
        self,
        plan: Plan,
        script: Iterable[tuple[float, Arrival | Asleep]] = (),
        kind: InputKind = InputKind.KEYS,
        *,
        player: Player | None = None,
        speed: float = 1.0,
        is_json: bool = False,
    ) -> None:
        self.lines: list[str] = []
        self.written_s: list[float] = []
        """When each line was written, from the start."""
        self.write_takes_s = 0.0
        self.batch = 1
        """How many things arrive in one read, at most."""
        self.kind = kind
        self.now_s = 1_000.0
        self.start_s = self.now_s
        self.waits: list[float | None] = []
        self._script = list(script)
        clocks = Clocks(lambda: self.now_s, lambda: self.now_s, lambda: 1_700_000_000.0)
        self.player = player or RecordingPlayer()
        pace = RunPace(speed=speed, ends_open_steps=speed != 1)
        self.conductor = Conductor(plan, clocks, self.player, pace=pace)
        self.is_read_until: str | None = None
        reporter = (JsonReporter if is_json else TextReporter)(plan, self.write)
        self._run = PlainRun(self.conductor, self, reporter, is_rehearsal=speed != 1)

    def write(self, line: str) -> None:
        if self.is_read_until and self.is_read_until in line:
            raise OutputClosed
        self.now_s += self.write_takes_s
        self.lines.append(line)
        self.written_s.append(self.now_s - self.start_s)

    def follow(self) -> int:
        return self._run.follow()

    def wait(self, seconds: float | None) -> tuple[Arrival, ...]:
        self.waits.append(seconds)
        next_s = self._script[0][0] + self.start_s if self._script else None
        if seconds is None and next_s is None:
            raise AssertionError(f"it would wait for ever after {self.lines[-3:]}")
        until = self.now_s + seconds if seconds is not None else next_s
        assert until is not None
        if next_s is None or next_s > until:
            self.now_s = until
            return ()
        self.now_s = max(next_s, self.now_s)
        at, arrival = self._script.pop(0)
        if isinstance(arrival, Asleep):
            self.now_s += arrival.seconds
            return ()
        if arrival == InputEnded():
            self.kind = InputKind.NOBODY
        arrivals = [arrival]
        while self._script and len(arrivals) < self.batch and self._script[0][0] == at:
            more = self._script.pop(0)[1]
            assert not isinstance(more, Asleep)
            arrivals.append(more)
        return tuple(arrivals)
