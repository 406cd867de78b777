"""The cues of a run on their way to the player: ahead of their moment, and back again."""

from uncramp.audio.player import Player
from uncramp.audio.volume import Loudness
from uncramp.core.lazy.dataclass import dataclass
from uncramp.core.plan.cues import CHIME_GAP_MS, Cue
from uncramp.core.plan.sound_priority import ATTACK_MS, Meeting, meeting
from uncramp.core.routine.model import CueKind, Sound
from uncramp.core.run.events import LATE_MS, CueDue, is_late
from uncramp.core.run.feedback import Signal
from uncramp.core.run.run import Run
from uncramp.session.ports import VoicePort
from uncramp.system.clocks import Clocks

AHEAD_MS = 4_000
"""How far ahead cues go to the player: less than a lapse, so that few sound while nobody looks."""
REFILL_MS = 2_500
"""When the player has cues for less than this, more follow."""
SETTLED_MS = 300
"""So soon before its sound a cue keeps the volume with which it was handed over."""
SIGNAL_IN_MS = 150
"""What the player needs to begin a sound that was not planned."""


@dataclass(frozen=True, slots=True)
class _Handed:
    """A cue that is with the player."""

    event: CueDue
    steady_ms: float


class CuePlayer:
    """Hands the cues of a run to the player and the voice, and takes them back."""

    def __init__(
        self,
        player: Player,
        voice: VoicePort | None,
        clocks: Clocks,
        speed: float,
        loudness: Loudness,
        delay_ms: int,
        words_wait_ms: int,
    ) -> None:
        """Play by `player` and speak by `voice`; for the rest see `Conductor`."""
        self.loudness = loudness
        """How loud each cue is played; see `set_loudness`."""
        self._player = player
        self._voice = voice
        self._heard = voice or player
        """What takes back sounds: the voice knows of its own, and has the player do the rest."""
        self._clocks = clocks
        self._speed = speed
        self._delay_ms = delay_ms
        self._words_wait_ms = words_wait_ms
        self._words_from_ms = 0.0
        """Nothing is said before this moment of the steady clock: nobody would hear it."""
        self._handed_until = -1
        """Cues whose moment is no later than this are with the player."""
        self._chimes_ms: list[float] = []
        """When the last chimes began or are to begin."""
        self._handed: list[_Handed] = []
        """Those of them that have not sounded yet."""

    def note_beginning(self) -> None:
        """The run begins or goes on now: words wait until they can be heard."""
        self._words_from_ms = self._steady_ms() + self._words_wait_ms

    def set_loudness(self, loudness: Loudness) -> None:
        """Play at another volume every cue that is not about to sound."""
        self.loudness = loudness
        if loudness.is_muted:
            self._heard.cancel()
            return
        from_ms = self._steady_ms() + SETTLED_MS + self._delay_ms
        self._heard.withdraw(from_ms)
        for handed in self._handed:
            if handed.steady_ms >= from_ms:
                self._play(handed.event, handed.steady_ms)

    def silence(self, handed_until: int) -> None:
        """Take back every cue that has not sounded, and end what sounds."""
        self._heard.cancel()
        self._handed.clear()
        self._chimes_ms.clear()
        self._handed_until = handed_until

    def take_back(self, now: int) -> None:
        """Take back the cues to come; what rings, rings on, and what waits for it, waits."""
        steady_ms = self._steady_ms()
        self._heard.withdraw(steady_ms)
        handed, self._handed = self._handed, []
        for cue in handed:
            if cue.event.at <= now and cue.steady_ms >= steady_ms:
                self._handed.append(cue)
                self._play(cue.event, cue.steady_ms)
        self._handed_until = now - 1

    def look_ahead(self, run: Run, now: int) -> None:
        """Hand over what falls due in the next seconds if `run` is left alone."""
        if self._handed_until - now > (REFILL_MS + self._delay_ms) * self._speed:
            return
        until = now + round((AHEAD_MS + self._delay_ms) * self._speed)
        for event in run.due_until(now, until):
            self.hand_over(event, now)
        self._handed_until = until

    def hand_over(self, event: CueDue, now: int) -> None:
        """Give a cue's sound to the player, once, and not when it is too late for it."""
        cue = event.cue
        is_heard = cue.sound is not None or cue.say is not None
        if not is_heard or event.at <= self._handed_until:
            return
        if is_late(event, now, round(LATE_MS * self._speed)):
            return
        steady_ms = self._steady_ms()
        self._handed = [handed for handed in self._handed if handed.steady_ms > steady_ms]
        at_ms = steady_ms + (event.sounds_at - now) / self._speed
        self._handed.append(_Handed(event, at_ms))
        self._play(event, at_ms)

    def _play(self, event: CueDue, at_ms: float) -> None:
        cue = event.cue
        self._chime(cue, at_ms)
        volume = cue.volume * self.loudness.of(CueKind.VOICE)
        if self._voice is not None and cue.say and volume:
            words_ms = max(at_ms, self._words_from_ms)
            self._voice.say_at(cue.say, volume, words_ms, self._chime_before(at_ms))

    def _chime(self, cue: Cue, at_ms: float) -> None:
        """Play the sound of a cue, unless it is silent or a phrase is stronger."""
        volume = self._volume_of(cue)
        if cue.sound is None or volume == 0:
            return
        gives_way = meeting(CueKind.VOICE, cue.kind) is Meeting.SILENT
        if gives_way and self._voice is not None and self._voice.speaks_at(at_ms):
            return
        instead = cue.kind.value if cue.sound.is_file else None
        is_night = self.loudness.is_night
        self._player.play_at(cue.sound, volume, at_ms, is_night=is_night, instead=instead)
        self._chimes_ms = [chime_ms for chime_ms in self._chimes_ms if chime_ms > at_ms - ATTACK_MS]
        self._chimes_ms.append(at_ms)

    def _chime_before(self, at_ms: float) -> float | None:
        """When the last chime began by a moment, of those whose attack a phrase may run into."""
        return max((chime_ms for chime_ms in self._chimes_ms if chime_ms <= at_ms), default=None)

    def _volume_of(self, cue: Cue) -> float:
        return cue.volume * self.loudness.of(cue.kind)

    def sound(self, kind: Signal | CueKind) -> None:
        """Sound what is no cue of the run, unless one of those sounds so soon that it says it."""
        at_ms = self._steady_ms() + SIGNAL_IN_MS
        is_said = any(
            at_ms - 2 * SIGNAL_IN_MS < handed.steady_ms < at_ms + CHIME_GAP_MS
            for handed in self._handed
            if handed.event.cue.sound is not None and self._volume_of(handed.event.cue) > 0
        )
        if kind is CueKind.TICK and self._voice is not None:
            is_said = is_said or self._voice.speaks_at(at_ms)
        volume = self.loudness.of(kind)
        if volume and not is_said:
            is_night = self.loudness.is_night
            self._player.play_at(Sound(kind.value), volume, at_ms, is_night=is_night)

    def _steady_ms(self) -> float:
        return self._clocks.steady() * 1000
