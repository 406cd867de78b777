"""Sends the cues of a run to the player ahead of their moment, and takes them back."""

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
"""How far ahead cues go to the player: less than a lapse, so that few play after one."""
REFILL_MS = 2_500
"""If the player has cues for less than this, it gets more."""
SETTLED_MS = 300
"""This soon before its sound a cue keeps the volume with which it was sent."""
SIGNAL_IN_MS = 150
"""How much time the player needs for a sound that was not planned."""


@dataclass(frozen=True, slots=True)
class _Handed:
    """A cue that the player has."""

    event: CueDue
    steady_ms: float


class CuePlayer:
    """Sends the cues of a run to the player and the voice, and takes them back."""

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
        """Play with `player` and speak with `voice`; for the rest see `Conductor`."""
        self.loudness = loudness
        """How loud each cue is played; see `set_loudness`."""
        self._player = player
        self._voice = voice
        self._heard = voice or player
        """What takes back sounds: the voice, which knows its phrases, or else the player."""
        self._clocks = clocks
        self._speed = speed
        self._delay_ms = delay_ms
        self._words_wait_ms = words_wait_ms
        self._words_from_ms = 0.0
        """Nothing is said before this moment of the steady clock: it would not be heard."""
        self._handed_until = -1
        """The player has the cues up to this moment."""
        self._chimes_ms: list[float] = []
        """When the last chimes began or will begin."""
        self._handed: list[_Handed] = []
        """The cues that have not played yet."""

    def note_beginning(self) -> None:
        """Note that the run begins or goes on now: words wait until they can be heard."""
        self._words_from_ms = self._steady_ms() + self._words_wait_ms

    def set_loudness(self, loudness: Loudness) -> None:
        """Play every cue at another volume, except those about to play."""
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
        """Take back every cue that has not played, and silence what plays."""
        self._heard.cancel()
        self._handed.clear()
        self._chimes_ms.clear()
        self._handed_until = handed_until

    def take_back(self, now: int) -> None:
        """Take back the coming cues; what plays goes on, with the phrase that follows it."""
        steady_ms = self._steady_ms()
        self._heard.withdraw(steady_ms)
        handed, self._handed = self._handed, []
        for cue in handed:
            if cue.event.at <= now and cue.steady_ms >= steady_ms:
                self._handed.append(cue)
                self._play(cue.event, cue.steady_ms)
        self._handed_until = now - 1

    def look_ahead(self, run: Run, now: int) -> None:
        """Send what falls due in the next seconds if nothing changes `run`."""
        if self._handed_until - now > (REFILL_MS + self._delay_ms) * self._speed:
            return
        until = now + round((AHEAD_MS + self._delay_ms) * self._speed)
        for event in run.due_until(now, until):
            self.hand_over(event, now)
        self._handed_until = until

    def hand_over(self, event: CueDue, now: int) -> None:
        """Send a cue's sound to the player, once, unless it is too late."""
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
        """Play the sound of a cue, unless it is silent or a phrase takes precedence."""
        volume = self._volume_of(cue)
        if cue.sound is None or volume == 0:
            return
        gives_way = meeting(CueKind.VOICE, cue.kind) is Meeting.SILENT
        if gives_way and self._voice is not None and self._voice.speaks_at(at_ms):
            return
        instead = cue.kind.value if cue.sound.is_file else None
        is_night = self.loudness.is_night
        # At the start of an urgent run the player is not ready yet: its first chime sounds as
        # soon as it can, up to the words.
        late_ms = max(LATE_MS, self._words_from_ms - at_ms)
        self._player.play_at(
            cue.sound, volume, at_ms, is_night=is_night, instead=instead, late_ms=late_ms
        )
        self._chimes_ms = [chime_ms for chime_ms in self._chimes_ms if chime_ms > at_ms - ATTACK_MS]
        self._chimes_ms.append(at_ms)

    def _chime_before(self, at_ms: float) -> float | None:
        """When the last chime before a moment began that a phrase could drown."""
        return max((chime_ms for chime_ms in self._chimes_ms if chime_ms <= at_ms), default=None)

    def _volume_of(self, cue: Cue) -> float:
        return cue.volume * self.loudness.of(cue.kind)

    def sound(self, kind: Signal | CueKind) -> None:
        """Play a sound that is not a cue, unless a cue plays so soon that it is enough."""
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
