"""Runs a plan by the clock: reads the time, and sends cues to the player ahead of their moment.

The conductor neither waits nor draws. A front end calls `tick` when `wait_s` has passed, and
`move` when a person does something, and shows the events that it gets back.
"""

from enum import Enum

from uncramp.audio.player import Player
from uncramp.audio.volume import Loudness
from uncramp.core.lazy.dataclass import dataclass
from uncramp.core.plan.plan import Plan
from uncramp.core.routine.model import CueKind
from uncramp.core.run.events import (
    LATE_MS,
    CueDue,
    Event,
    Lapsed,
    LengthChanged,
    RunEnded,
    SpanBegan,
    Undone,
)
from uncramp.core.run.feedback import Signal, signal_of
from uncramp.core.run.moves import Move, MoveKind, Phase
from uncramp.core.run.record import Record
from uncramp.core.run.run import LAPSE_AFTER_MS, Run
from uncramp.core.run.saved import Saved
from uncramp.core.run.view import View
from uncramp.session.cue_player import CuePlayer
from uncramp.session.ports import ControlPort, EarPort, RunPorts
from uncramp.system.clocks import Clocks

BEGUN_MOST_MS = LATE_MS - 200
"""A run begins at most this long before its start: its first cue can still be played then."""


class LeaveResult(Enum):
    """What happened to a run that a person wanted to leave."""

    SAVED = "saved"
    """It can be resumed."""
    NOTHING_TO_SAVE = "nothing-to-save"
    """It has not begun, is over, or is never saved, like a rehearsal. Nothing changed."""
    FAILED = "failed"
    """It could not be saved and goes on; the autosave's status says why."""


@dataclass(frozen=True, slots=True)
class RunPace:
    """How the time of a run passes beside the real time."""

    speed: float = 1.0
    """The clock runs that many times as fast."""
    ends_open_steps: bool = False
    """Does an open step end by itself, since nobody can end it?"""
    lead_ms: int = 0
    """Real time from a start to the first moment, so that the player is ready by then."""
    words_wait_ms: int = 0
    """Real time after a start without lead in which nothing is said."""
    delay_ms: int = 0
    """Sounds are played so much early, so cues go to the player that much sooner."""
    begun_s: float = 0.0
    """How many seconds of real time ago a new run began. At most `BEGUN_MOST_MS` count, so that its
    first cue can still be played."""


REAL_TIME = RunPace()
NO_PORTS = RunPorts()


class Conductor:
    """Runs a plan by a clock and plays its cues."""

    def __init__(
        self,
        plan: Plan,
        clocks: Clocks,
        player: Player,
        *,
        ports: RunPorts = NO_PORTS,
        pace: RunPace = REAL_TIME,
        loudness: Loudness | None = None,
        saved: Saved | None = None,
    ) -> None:
        """Prepare the plan's beginning, or the place where `saved` left it.

        `loudness` is the person's own, full if None. Raises NotThisPlan if `saved` belongs to
        another plan.
        """
        self.clocks = clocks
        self.player = player
        self.speed = pace.speed
        self.voice = ports.voice
        self.autosave = ports.autosave
        self.kept_run = ports.kept_run
        self.text = ""
        """The whole routine, if it is not in a file: `keep_timer` can write it to one."""
        self.changes = 0
        """Grows with everything that happens, but not with the time that passes."""
        self.record: Record | None = None
        """How far the run got; None until it has ended."""
        self.control: ControlPort | None = None
        """How other programs steer it; the front end lets them in."""
        self.ear: EarPort | None = None
        """What listens for two claps, which `control` opens; None if the person does not want it.
        """
        self._ports = ports
        self._pace = pace
        self._unsettled: RunEnded | None = None
        """The end of the run while it can be undone: the listeners do not have it yet."""
        self._cues = CuePlayer(
            player, ports.voice, clocks, pace.speed, loudness or Loudness(),
            pace.delay_ms, pace.words_wait_ms,
        )  # fmt: skip
        self._is_to_begin = True
        self._is_left = False
        self._ticked_ms = 0
        self._begun_ms = round(pace.begun_s * 1000 * pace.speed)
        self._origin_s = clocks.counting() - pace.begun_s
        self._lapse_after_ms = round(LAPSE_AFTER_MS * max(pace.speed, 1))
        if saved is None:
            self.run = self._new_run(plan)
        else:
            self.run = Run.restored(plan, saved, lapse_after_ms=self._lapse_after_ms)
        if self.voice is not None:
            self.voice.look_ahead(plan, self.view().span.index)

    def _new_run(self, plan: Plan, cramp_ms: int = 0) -> Run:
        return Run(
            plan,
            lapse_after_ms=self._lapse_after_ms,
            ends_open_steps=self._pace.ends_open_steps,
            cramp_ms=cramp_ms,
        )

    @property
    def plan(self) -> Plan:
        """The plan that is run."""
        return self.run.plan

    def now(self) -> int:
        """The run's own time, in milliseconds: real time, times the speed."""
        return int((self.clocks.counting() - self._origin_s) * 1000 * self.speed)

    def wall_at(self, run_ms: int) -> float:
        """The time of day, in seconds since the epoch, at a moment of the run's own time."""
        return self.clocks.wall() + (run_ms - self.now()) / 1000 / self.speed

    def wait_s(self) -> float | None:
        """Real seconds until `tick` is due; None if only a move will change anything."""
        wake = self.run.next_wake(now := self.now())
        return None if wake is None else max(wake - now, 0) / 1000 / self.speed

    def view(self) -> View:
        """What there is to show now."""
        return self.run.view(self.now())

    def allows(self, kind: MoveKind) -> bool:
        """Would `move` accept this now?"""
        return self.run.allows(kind)

    @property
    def can_undo_end(self) -> bool:
        """Did the run end by a move that can still be undone?"""
        return self._unsettled is not None

    @property
    def sound_words(self) -> str:
        """The volume and what plays the sound, or why there is none."""
        status = self.player.status()
        return f"{self.loudness.words} {status.words}" if status.is_heard else status.words

    def tick(self) -> tuple[Event, ...]:
        """Everything that has fallen due."""
        now = self._ticked_ms = self.now()
        events = self._ticked(now)
        if events:
            self._keep(now, events, is_move=False)
        return events

    def save_progress(self) -> None:
        """Save how long the run has gone on, if that is due.

        For the end of each tick, once it is shown: the thread that writes would take turns with
        the drawing, and each turn is a wake-up.
        """
        self._keep(self._ticked_ms, (), is_move=False)

    def move(self, move: Move) -> tuple[Event, ...]:
        """Everything that has fallen due, and then what the move did.

        Raises IllegalMove if the run does not allow it; the listeners still get what fell
        due before it.
        """
        now = self.now()
        is_beginning = self._is_to_begin and move.kind in (MoveKind.START, MoveKind.GO_ON)
        # A run that was seen now cannot begin before now.
        due = () if is_beginning and self._begun_ms else self._ticked(now)
        at = self._beginning(now) if is_beginning else now
        if is_beginning:
            self._cues.note_beginning()
        caused = self.run.move(move, at)
        self._is_to_begin = self._is_to_begin and not is_beginning
        if any(isinstance(event, LengthChanged) for event in caused[-1:]):
            self._cues.take_back(now)
        else:
            self._cues.silence(min(now, at) - 1)
        events = (*due, *self._passed_on(caused, now))
        self._keep(now, events, is_move=True)
        return events

    def _beginning(self, now: int) -> int:
        """When a run begins that is started now: after its lead, or when it was first seen."""
        if self._begun_ms:
            return max(now - round(BEGUN_MOST_MS * self.speed), 0)
        return now + round(self._pace.lead_ms * self.speed)

    def begin(self) -> tuple[Event, ...]:
        """Start the run, or continue a resumed one: its first event is then the span that it is in.

        Nothing happens if it already goes on, or is over.
        """
        if self.allows(MoveKind.START):
            return self.move(Move(MoveKind.START))
        if not self._is_to_begin or self.run.phase is not Phase.PAUSED:
            return ()
        view = self.view()
        began = SpanBegan(self.now(), view.played_ms, view.span, view.position_ms)
        return (began, *self.move(Move(MoveKind.GO_ON)))

    def leave(self) -> LeaveResult:
        """Leave the run at this point, to be resumed, if it can be saved.

        A run that was left stays so: a window that closes is heard of twice, as a signal and
        as the end of the terminal.
        """
        if self._is_left:
            return LeaveResult.SAVED
        now = self.now()
        self._ticked(now)
        if self.autosave is None or self.run.phase in (Phase.READY, Phase.ENDED):
            return LeaveResult.NOTHING_TO_SAVE
        if not self.autosave.leave(self.run, now):
            return LeaveResult.FAILED
        self._is_left = True
        self._cues.silence(now)
        return LeaveResult.SAVED

    def settle(self) -> None:
        """Make the end final: the listeners get the record, and the run is no longer saved."""
        ended, self._unsettled = self._unsettled, None
        if ended is not None:
            self._tell_end(ended)
            self._keep(self.now(), (), is_move=True)

    def end_open_steps(self) -> tuple[Event, ...]:
        """End each open step at its first prompt from now on: nobody can answer any more."""
        now = self.now()
        due = self._ticked(now)
        caused = self.run.end_open_steps(now)
        self._cues.silence(now - 1)
        events = (*due, *self._passed_on(caused, now))
        self._keep(now, events, is_move=True)
        return events

    def change_to(self, plan: Plan) -> tuple[Event, ...]:
        """End the run here and begin one of `plan` at this moment, with the same player."""
        # The run that begins is the one that is saved: it takes over the file.
        autosave, self.autosave = self.autosave, None
        ended = self.move(Move(MoveKind.END))
        if autosave is not None and self.record is not None and not self._ports.is_recorded():
            autosave.set_aside(self.run, self.now(), self.record)
        cramp_ms = self.run.cramp_ms(self.now())
        self.record, self.run, self.autosave = None, self._new_run(plan, cramp_ms), autosave
        if autosave is not None:
            autosave.start_new_run()
        now = self.now()
        self._cues.silence(now - 1)
        events = (*ended, *self._passed_on(self.run.move(Move(MoveKind.START), now), now))
        self._keep(now, events, is_move=True)
        return events

    def follow(self, plan: Plan) -> None:
        """Go on in `plan`, the same for another leg, at the same place and moment.

        Raises NotThisPlan if the plan has another shape.
        """
        self.run.follow(plan)
        self.changes += 1
        now = self.now()
        if self.voice is not None:
            self.voice.look_ahead(plan, self.view().span.index)
        self._cues.take_back(now)
        self._cues.look_ahead(self.run, now)
        self._keep(now, (), is_move=True)

    @property
    def loudness(self) -> Loudness:
        """How loud each cue is played; see `set_loudness`."""
        return self._cues.loudness

    def set_loudness(self, loudness: Loudness) -> None:
        """Play at another volume from now on, or as by day or at night.

        It applies to every cue that is not about to play. What plays already stays as it is,
        unless the sound is muted.
        """
        if self._ports.on_loudness is not None:
            self._ports.on_loudness(loudness)
        self.changes += 1
        self._cues.set_loudness(loudness)

    def play_sample(self) -> None:
        """Play a short sound at the present volume, as a sample; not if a cue plays."""
        self._cues.sound(CueKind.TICK)

    def _keep(self, now: int, events: tuple[Event, ...], *, is_move: bool) -> None:
        if self.autosave is None or self.run.phase is Phase.READY or self._unsettled:
            return
        if self.record is not None and not self._ports.is_recorded():
            self.autosave.finish_unrecorded(self.run, now, self.record)
        elif self.record is not None:
            self.autosave.finish()
        else:
            self.autosave.take(self.run, now, has_events=bool(events), is_move=is_move)

    def _ticked(self, now: int) -> tuple[Event, ...]:
        return self._passed_on(self.run.advance(now), now)

    def _passed_on(self, events: tuple[Event, ...], now: int) -> tuple[Event, ...]:
        signal: Signal | None = None
        self.changes += len(events)
        for event in events:
            signal = signal_of(event) or signal
            if isinstance(event, CueDue):
                self._cues.hand_over(event, now)
            elif isinstance(event, Lapsed):
                self._cues.silence(now)
            elif isinstance(event, RunEnded):
                self.record = event.record
                if self.allows(MoveKind.UNDO):
                    self._unsettled = event
                else:
                    self._tell_end(event)
                continue
            elif isinstance(event, Undone):
                self.record = self._unsettled = None
            elif isinstance(event, SpanBegan) and self.voice is not None:
                self.voice.look_ahead(self.plan, event.span.index)
            for listener in self._ports.listeners:
                listener(event)
        if not any(isinstance(event, RunEnded) for event in events):
            self._cues.look_ahead(self.run, now)
        if signal is not None:
            self._cues.sound(signal)
        return events

    def _tell_end(self, event: RunEnded) -> None:
        if self.voice is not None:
            self.voice.close()
        for listener in self._ports.listeners:
            listener(event)
