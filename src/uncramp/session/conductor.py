"""Where a clock meets a run: reads the time, hands cues to the player ahead of their moment.

The conductor neither waits nor draws. A front end calls `tick` when `wait_s` has
passed, and `move` when a person does something, and tells of the events it gets
back.
"""

from collections.abc import Callable, Iterable
from enum import Enum

from uncramp.audio.player import Player
from uncramp.audio.volume import Loudness
from uncramp.core.lazy.dataclass import dataclass
from uncramp.core.plan.cues import CHIME_GAP_MS, Cue
from uncramp.core.plan.plan import Plan
from uncramp.core.plan.sound_priority import ATTACK_MS, Meeting, meeting
from uncramp.core.routine.model import CueKind, Sound
from uncramp.core.run.events import (
    LATE_MS,
    CueDue,
    Event,
    Lapsed,
    LengthChanged,
    RunEnded,
    SpanBegan,
    Undone,
    is_late,
)
from uncramp.core.run.feedback import Signal, signal_of
from uncramp.core.run.moves import Move, MoveKind, Phase
from uncramp.core.run.record import Record
from uncramp.core.run.run import LAPSE_AFTER_MS, Run
from uncramp.core.run.saved import Saved
from uncramp.core.run.view import View
from uncramp.session.ports import Autosave, VoicePort
from uncramp.system.clocks import Clocks

AHEAD_MS = 4_000
"""How far ahead cues go to the player: less than a lapse, so that few sound while nobody looks."""
REFILL_MS = 2_500
"""When the player has cues for less than this, more follow."""
SETTLED_MS = 300
"""So soon before its sound a cue keeps the volume with which it was handed over."""
SIGNAL_IN_MS = 150
"""What the player needs to begin a sound that nobody knew of before."""


class LeaveResult(Enum):
    """What became of a run that a person wanted to leave."""

    SAVED = "saved"
    """It can be resumed."""
    NOTHING_TO_SAVE = "nothing-to-save"
    """It has not begun, is over, or is never saved, as a rehearsal. It is as it was."""
    FAILED = "failed"
    """It could not be saved, and goes on; the autosave's status says why."""


@dataclass(frozen=True, slots=True)
class _Handed:
    """A cue that is with the player."""

    event: CueDue
    steady_ms: float


class Conductor:
    """Runs a plan by a clock and has its cues played."""

    def __init__(
        self,
        plan: Plan,
        clocks: Clocks,
        player: Player,
        *,
        speed: float = 1.0,
        loudness: Loudness | None = None,
        voice: VoicePort | None = None,
        lead_ms: int = 0,
        words_wait_ms: int = 0,
        delay_ms: int = 0,
        ends_open_steps: bool = False,
        saved: Saved | None = None,
        autosave: Autosave | None = None,
        listeners: Iterable[Callable[[Event], None]] = (),
        on_loudness: Callable[[Loudness], None] | None = None,
        is_recorded: Callable[[], bool] = lambda: True,
    ) -> None:
        """Stand ready at the plan's beginning, or where `saved` left it.

        `speed` runs the clock that many times as fast, and `loudness` is the person's
        own, full where it is None. `voice` speaks by the same player. `words_wait_ms` is
        real time from a start before which no word is said, where the start itself does not
        wait for the player. `lead_ms` is real
        time from a start to the first moment, so that the player is ready for a sound at
        that moment; a sound is made `delay_ms` before it, so cues go to the player that
        much sooner. Each of `listeners` gets every event, `on_loudness` each change
        of it, and `autosave` the state of the run. `is_recorded` says, once the run has
        ended, whether its record is safe. Raises NotThisPlan when `saved` belongs
        to another plan.
        """
        self.clocks = clocks
        self.player = player
        self.speed = speed
        self.loudness = loudness or Loudness()
        """How loud each cue is played; see `set_loudness`."""
        self.record: Record | None = None
        """How far the run got, once it has ended."""
        self._unsettled: RunEnded | None = None
        """The end of the run, while it can be undone: nobody else knows of it yet."""
        self.voice = voice
        self._heard = voice or player
        """What takes back sounds: the voice knows of its own, and has the player do the rest."""
        self.autosave = autosave
        self._lead_ms = lead_ms
        self._words_wait_ms = words_wait_ms
        self._words_from_ms = 0.0
        """Nothing is said before this moment of the steady clock: nobody would hear it."""
        self._delay_ms = delay_ms
        self._is_to_begin = True
        self._listeners = tuple(listeners)
        self._on_loudness = on_loudness
        self._is_recorded = is_recorded
        self._origin_s = clocks.counting()
        self._lapse_after_ms = round(LAPSE_AFTER_MS * max(speed, 1))
        self._ends_open_steps = ends_open_steps
        if saved is None:
            self.run = self._new_run(plan)
        else:
            self.run = Run.restored(plan, saved, lapse_after_ms=self._lapse_after_ms)
        self._handed_until = -1
        """Cues whose moment is no later than this are with the player."""
        self._chimes_ms: list[float] = []
        """When the last chimes began or are to begin."""
        self._handed: list[_Handed] = []
        """Those of them that have not sounded yet."""
        if voice is not None:
            voice.look_ahead(plan, self.view().span.index)

    def _new_run(self, plan: Plan, cramp_ms: int = 0) -> Run:
        lapse_after_ms, ends_open_steps = self._lapse_after_ms, self._ends_open_steps
        return Run(
            plan,
            lapse_after_ms=lapse_after_ms,
            ends_open_steps=ends_open_steps,
            cramp_ms=cramp_ms,
        )

    @property
    def plan(self) -> Plan:
        """What is followed."""
        return self.run.plan

    def now(self) -> int:
        """The run's own time, in milliseconds: real time, times the speed."""
        return int((self.clocks.counting() - self._origin_s) * 1000 * self.speed)

    def wall_at(self, run_ms: int) -> float:
        """The time of day, in seconds since the epoch, at a moment of the run's own time."""
        return self.clocks.wall() + (run_ms - self.now()) / 1000 / self.speed

    def wait_s(self) -> float | None:
        """Real seconds until `tick` is due; None when only a move will change anything."""
        wake = self.run.next_wake(now := self.now())
        return None if wake is None else max(wake - now, 0) / 1000 / self.speed

    def view(self) -> View:
        """What there is to see now."""
        return self.run.view(self.now())

    def allows(self, kind: MoveKind) -> bool:
        """Would `move` take this now?"""
        return self.run.allows(kind)

    @property
    def sound_words(self) -> str:
        """How loud the sound is and how it is played, or why there is none."""
        status = self.player.status()
        return f"{self.loudness.words} {status.words}" if status.is_heard else status.words

    def tick(self) -> tuple[Event, ...]:
        """Everything that has fallen due."""
        now = self.now()
        events = self._ticked(now)
        self._keep(now, events, is_move=False)
        return events

    def move(self, move: Move) -> tuple[Event, ...]:
        """Everything that has fallen due, and then what the move did.

        Raises IllegalMove when the run does not allow it; what fell due before it
        has then been told to the listeners all the same.
        """
        now = self.now()
        due = self._ticked(now)
        is_beginning = self._is_to_begin and move.kind in (MoveKind.START, MoveKind.GO_ON)
        at = now + round(self._lead_ms * self.speed) if is_beginning else now
        if is_beginning:
            self._words_from_ms = self._steady_ms() + self._words_wait_ms
        caused = self.run.move(move, at)
        self._is_to_begin = self._is_to_begin and not is_beginning
        if any(isinstance(event, LengthChanged) for event in caused[-1:]):
            self._take_back(now)
        else:
            self._silence(now - 1)
        events = (*due, *self._told(caused, now))
        self._keep(now, events, is_move=True)
        return events

    def begin(self) -> tuple[Event, ...]:
        """Start the run, or go on with one that is taken up; what is told first is where it stands.

        Nothing happens where it is going already, or is over.
        """
        if self.allows(MoveKind.START):
            return self.move(Move(MoveKind.START))
        if not self._is_to_begin or self.run.phase is not Phase.PAUSED:
            return ()
        view = self.view()
        stands = SpanBegan(self.now(), view.played_ms, view.span, view.position_ms)
        return (stands, *self.move(Move(MoveKind.GO_ON)))

    def leave(self) -> LeaveResult:
        """Leave the run where it is, to be resumed, if it can be saved."""
        now = self.now()
        self._ticked(now)
        if self.autosave is None or self.run.phase in (Phase.READY, Phase.ENDED):
            return LeaveResult.NOTHING_TO_SAVE
        if not self.autosave.leave(self.run, now):
            return LeaveResult.FAILED
        self._silence(now)
        return LeaveResult.SAVED

    def settle(self) -> None:
        """The run stays ended: its record goes to the listeners, and it is kept no more."""
        ended, self._unsettled = self._unsettled, None
        if ended is not None:
            self._tell_end(ended)
            self._keep(self.now(), (), is_move=True)

    def end_open_steps(self) -> tuple[Event, ...]:
        """From now on end each open step at its first prompt: nobody can be asked any more."""
        now = self.now()
        due = self._ticked(now)
        caused = self.run.end_open_steps(now)
        self._silence(now - 1)
        events = (*due, *self._told(caused, now))
        self._keep(now, events, is_move=True)
        return events

    def change_to(self, plan: Plan) -> tuple[Event, ...]:
        """End the run where it is and begin one of `plan` at this moment, in the same sound."""
        # What is kept is the one that begins: its file takes the place of the other's.
        autosave, self.autosave = self.autosave, None
        ended = self.move(Move(MoveKind.END))
        cramp_ms = self.run.cramp_ms(self.now())
        self.record, self.run, self.autosave = None, self._new_run(plan, cramp_ms), autosave
        if autosave is not None:
            autosave.start_new_run()
        now = self.now()
        self._silence(now - 1)
        events = (*ended, *self._told(self.run.move(Move(MoveKind.START), now), now))
        self._keep(now, events, is_move=True)
        return events

    def follow(self, plan: Plan) -> None:
        """Go on in `plan`, the same for another leg, at the same place and moment.

        Raises NotThisPlan where the plan is of another shape.
        """
        self.run.follow(plan)
        now = self.now()
        if self.voice is not None:
            self.voice.look_ahead(plan, self.view().span.index)
        self._take_back(now)
        self._look_ahead(now)
        self._keep(now, (), is_move=True)

    def set_loudness(self, loudness: Loudness) -> None:
        """Play at another volume from now on, or as by day or at night.

        It counts for every cue that is not about to sound: what sounds rings on as
        it is, unless nothing is to be heard any more.
        """
        self.loudness = loudness
        if self._on_loudness is not None:
            self._on_loudness(loudness)
        if loudness.is_muted:
            self._heard.cancel()
            return
        from_ms = self._steady_ms() + SETTLED_MS + self._delay_ms
        self._heard.withdraw(from_ms)
        for handed in self._handed:
            if handed.steady_ms >= from_ms:
                self._play(handed.event, handed.steady_ms)

    def play_sample(self) -> None:
        """Play a short sound at the present volume, for whoever sets it; none beside a cue."""
        self._sound(CueKind.TICK)

    def _keep(self, now: int, events: tuple[Event, ...], *, is_move: bool) -> None:
        if self.autosave is None or self.run.phase is Phase.READY or self._unsettled:
            return
        if self.record is not None and not self._is_recorded():
            self.autosave.finish_unrecorded(self.run, now, self.record)
        elif self.record is not None:
            self.autosave.finish()
        else:
            self.autosave.take(self.run, now, has_events=bool(events), is_move=is_move)

    def _silence(self, handed_until: int) -> None:
        """Take back every cue that has not sounded, and end what sounds."""
        self._heard.cancel()
        self._handed.clear()
        self._chimes_ms.clear()
        self._handed_until = handed_until

    def _take_back(self, now: int) -> None:
        """Take back the cues to come; what rings, rings on, and what waits for it, waits."""
        steady_ms = self._steady_ms()
        self._heard.withdraw(steady_ms)
        handed, self._handed = self._handed, []
        for cue in handed:
            if cue.event.at <= now and cue.steady_ms >= steady_ms:
                self._handed.append(cue)
                self._play(cue.event, cue.steady_ms)
        self._handed_until = now - 1

    def _ticked(self, now: int) -> tuple[Event, ...]:
        return self._told(self.run.advance(now), now)

    def _told(self, events: tuple[Event, ...], now: int) -> tuple[Event, ...]:
        signal: Signal | None = None
        for event in events:
            signal = signal_of(event) or signal
            if isinstance(event, CueDue):
                self._hand_over(event, now)
            elif isinstance(event, Lapsed):
                self._silence(now)
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
            for listener in self._listeners:
                listener(event)
        if not any(isinstance(event, RunEnded) for event in events):
            self._look_ahead(now)
        if signal is not None:
            self._sound(signal)
        return events

    def _tell_end(self, event: RunEnded) -> None:
        if self.voice is not None:
            self.voice.close()
        for listener in self._listeners:
            listener(event)

    def _look_ahead(self, now: int) -> None:
        if self._handed_until - now > (REFILL_MS + self._delay_ms) * self.speed:
            return
        until = now + round((AHEAD_MS + self._delay_ms) * self.speed)
        for event in self.run.due_until(now, until):
            self._hand_over(event, now)
        self._handed_until = until

    def _hand_over(self, event: CueDue, now: int) -> None:
        """Give a cue's sound to the player, once, and not when it is too late for it."""
        cue = event.cue
        is_heard = cue.sound is not None or cue.say is not None
        if not is_heard or event.at <= self._handed_until:
            return
        if is_late(event, now, round(LATE_MS * self.speed)):
            return
        steady_ms = self._steady_ms()
        self._handed = [handed for handed in self._handed if handed.steady_ms > steady_ms]
        at_ms = steady_ms + (event.sounds_at - now) / self.speed
        self._handed.append(_Handed(event, at_ms))
        self._play(event, at_ms)

    def _play(self, event: CueDue, at_ms: float) -> None:
        cue = event.cue
        self._chime(cue, at_ms)
        volume = cue.volume * self.loudness.of(CueKind.VOICE)
        if self.voice is not None and cue.say and volume:
            words_ms = max(at_ms, self._words_from_ms)
            self.voice.say_at(cue.say, volume, words_ms, self._chime_before(at_ms))

    def _chime(self, cue: Cue, at_ms: float) -> None:
        """Play the sound of a cue, unless it is silent or a phrase is stronger."""
        volume = self._volume_of(cue)
        if cue.sound is None or volume == 0:
            return
        gives_way = meeting(CueKind.VOICE, cue.kind) is Meeting.SILENT
        if gives_way and self.voice is not None and self.voice.speaks_at(at_ms):
            return
        instead = cue.kind.value if cue.sound.is_file else None
        is_night = self.loudness.is_night
        self.player.play_at(cue.sound, volume, at_ms, is_night=is_night, instead=instead)
        self._chimes_ms = [chime_ms for chime_ms in self._chimes_ms if chime_ms > at_ms - ATTACK_MS]
        self._chimes_ms.append(at_ms)

    def _chime_before(self, at_ms: float) -> float | None:
        """When the last chime began by a moment, of those whose attack a phrase may run into."""
        return max((chime_ms for chime_ms in self._chimes_ms if chime_ms <= at_ms), default=None)

    def _volume_of(self, cue: Cue) -> float:
        return cue.volume * self.loudness.of(cue.kind)

    def _sound(self, kind: Signal | CueKind) -> None:
        """Sound what is no cue of the run, unless one of those sounds so soon that it says it."""
        at_ms = self._steady_ms() + SIGNAL_IN_MS
        is_said = any(
            at_ms - 2 * SIGNAL_IN_MS < handed.steady_ms < at_ms + CHIME_GAP_MS
            for handed in self._handed
            if handed.event.cue.sound is not None and self._volume_of(handed.event.cue) > 0
        )
        if kind is CueKind.TICK and self.voice is not None:
            is_said = is_said or self.voice.speaks_at(at_ms)
        volume = self.loudness.of(kind)
        if volume and not is_said:
            is_night = self.loudness.is_night
            self.player.play_at(Sound(kind.value), volume, at_ms, is_night=is_night)

    def _steady_ms(self) -> float:
        return self.clocks.steady() * 1000
