"""The voice of a run: makes phrases ahead, and plays each at its moment.

Nothing here blocks the run or raises into it. A separate thread makes the clips: first those
that a cue needs, then those that are coming. A phrase that is not ready when its moment has
passed is not spoken.
"""

import threading
from collections.abc import Callable, Iterable, Iterator
from itertools import islice, takewhile
from pathlib import Path

from uncramp.audio.player import Player
from uncramp.core.lazy.dataclass import dataclass
from uncramp.core.plan.cues import closing_cues, cues_of
from uncramp.core.plan.plan import Plan, Span
from uncramp.core.plan.sound_priority import BREATH_MS, phrase_begins_ms
from uncramp.core.routine.model import Sound
from uncramp.core.text.durations import MINUTE_MS
from uncramp.settings import Settings
from uncramp.speech.clip_cache import ClipCache
from uncramp.speech.engine import VoiceOptions
from uncramp.speech.engine_choice import ClipMaker, Speech, SpokenClip, system_engines
from uncramp.system.clocks import steady_ms

LATE_MS = 1_000
"""A phrase whose clip is ready later than this is not spoken."""
REST = 4.0
"""The rest after a phrase made ahead: this many times as long as making it took."""
IDLE_S = 30.0
"""After this time without work, no engine is kept running."""
SPANS_AHEAD = 60
PHRASES_AHEAD = 40
OPEN_AHEAD_MS = 15 * MINUTE_MS
"""How far into an open step its prompts are made ahead."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A phrase that a cue needs."""

    phrase: str
    volume: float
    moment_ms: float
    chime_at_ms: float | None


@dataclass(frozen=True, slots=True)
class _Given:
    """A phrase that the player has."""

    asked: _Asked
    spoken: SpokenClip
    begins_ms: float

    @property
    def ends_ms(self) -> float:
        return self.begins_ms + self.spoken.length_ms


def in_a_thread(work: Callable[[], None]) -> None:
    """Do some work beside the run, in a thread that ends with the program."""
    threading.Thread(target=work, name="voice", daemon=True).start()


class Voice:
    """Speaks the phrases of one run."""

    def __init__(
        self,
        maker: ClipMaker,
        player: Player,
        now_ms: Callable[[], float] = steady_ms,
        aside: Callable[[Callable[[], None]], None] = in_a_thread,
    ) -> None:
        """Make clips with `maker`, play them with `player`; `now_ms` is the player's clock.

        `aside` runs slow work beside the run.
        """
        self._maker = maker
        self._player = player
        self._now_ms = now_ms
        self._clips: dict[str, SpokenClip | None] = {}
        self._waiting: list[_Asked] = []
        self._given: list[_Given] = []
        self._ahead: Iterator[str] = iter(())
        self._aside = aside
        self._has_news = threading.Condition()
        self._is_working = False
        self._is_news = False
        self._is_closed = False

    @property
    def problem(self) -> str:
        """Why nothing is spoken, for a person; empty while all is well."""
        return self._maker.problem

    def look_ahead(self, plan: Plan, index: int) -> None:
        """Make the phrases from span `index` on."""
        with self._has_news:
            self._ahead = phrases_from(plan, index)
            self._wake()

    def say_at(
        self, phrase: str, volume: float, moment_ms: float, chime_at_ms: float | None = None
    ) -> None:
        """Start a phrase at a moment of the steady clock, or as soon as possible after it.

        `chime_at_ms` is when the chime of the same cue sounds.
        """
        asked = _Asked(phrase, volume, moment_ms, chime_at_ms)
        with self._has_news:
            if phrase not in self._clips:
                self._waiting.append(asked)
                self._wake()
            elif (spoken := self._clips[phrase]) is not None:
                self._give(asked, spoken)

    def speaks_at(self, moment_ms: float) -> bool:
        """Will something be said at a moment of the steady clock, as far as is known?"""
        with self._has_news:
            return any(one.begins_ms <= moment_ms < one.ends_ms for one in self._given)

    def withdraw(self, from_ms: float) -> None:
        """Forget the phrases of cues at or after `from_ms`, in the player too."""
        with self._has_news:
            self._player.withdraw(from_ms)
            self._waiting = [asked for asked in self._waiting if asked.moment_ms < from_ms]
            given = [one for one in self._given if one.asked.moment_ms < from_ms]
            self._given = given
            for one in given:
                if one.begins_ms >= from_ms:
                    # Its chime already plays, so the phrase that follows stays.
                    self._play(one)

    def cancel(self) -> None:
        """Forget everything, and silence what plays, as the player does."""
        with self._has_news:
            self._waiting.clear()
            self._given.clear()
            self._player.cancel()

    def close(self) -> None:
        """Make no more phrases; those that the player has are spoken to the end."""
        with self._has_news:
            self._is_closed = True
            self._waiting.clear()
            self._has_news.notify()

    def make_next(self) -> bool:
        """Make the phrase that is needed soonest. Returns whether there was one."""
        phrase = self._next()
        if phrase is None:
            return False
        spoken = self._maker.clip(phrase)
        with self._has_news:
            self._clips[phrase] = spoken
            asked = [one for one in self._waiting if one.phrase == phrase]
            self._waiting = [one for one in self._waiting if one.phrase != phrase]
            if spoken is not None:
                for one in asked:
                    self._give(one, spoken)
        return True

    def _wake(self) -> None:
        if not self._is_working and not self._is_closed:
            try:
                self._aside(self._work)
            except RuntimeError:  # no thread can be started now; the next phrase tries again
                return
            self._is_working = True
        self._is_news = True
        self._has_news.notify()

    def _work(self) -> None:
        """Make what is needed until it is closed."""
        try:
            while not self._is_closed:
                self._is_news = False
                began_ms = self._now_ms()
                if self.make_next():
                    self._rest((self._now_ms() - began_ms) / 1000 * REST)
                else:
                    self._wait()
        finally:
            self._maker.close()

    def _rest(self, seconds: float) -> None:
        """Leave the processor to the screen for a while, unless a cue needs a phrase."""
        with self._has_news:
            if not self._waiting and not self._is_closed:
                self._has_news.wait(seconds)

    def _wait(self) -> None:
        """Sleep until there is work; after a while, end the engines first."""
        with self._has_news:
            if not self._has_news.wait_for(self._is_to_go_on, IDLE_S):
                self._maker.close()
                self._has_news.wait_for(self._is_to_go_on)

    def _is_to_go_on(self) -> bool:
        return self._is_news or self._is_closed

    def _next(self) -> str | None:
        """The phrase that a cue needs soonest, or else the next one to make ahead."""
        with self._has_news:
            if self._waiting:
                return min(self._waiting, key=lambda one: one.moment_ms).phrase
            ahead = self._ahead
        # Searching the plan takes a while, so it is done without the lock.
        return next((phrase for phrase in ahead if phrase not in self._clips), None)

    def _give(self, asked: _Asked, spoken: SpokenClip) -> None:
        """Give a phrase to the player, after those that are being spoken, if there is time."""
        now = self._now_ms()
        self._given = [one for one in self._given if one.ends_ms > now - BREATH_MS]
        before = [one for one in self._given if one.asked.moment_ms <= asked.moment_ms]
        spoken_until_ms = max((one.ends_ms for one in before), default=None)
        begins_ms = phrase_begins_ms(asked.moment_ms, asked.chime_at_ms, spoken_until_ms)
        if begins_ms is None or now - begins_ms > LATE_MS:
            return
        given = _Given(asked, spoken, max(begins_ms, now))
        after = (one for one in self._given if one.asked.moment_ms > asked.moment_ms)
        if all(given.ends_ms < one.begins_ms for one in after):
            self._given.append(given)
            self._play(given)

    def _play(self, given: _Given) -> None:
        if self._player.status().backend == "bell":
            return
        path = given.spoken.path
        sound = Sound(path.name, str(path.parent))
        self._player.play_at(sound, given.asked.volume, given.begins_ms)


def open_voice(settings: Settings, plan: Plan, player: Player, cache_folder: Path) -> Voice:
    """The voice for a run of `plan`, as the person set it; clips are kept in `cache_folder`."""
    return Voice(open_speech(settings, plan, cache_folder), player)


def open_speech(settings: Settings, plan: Plan, cache_folder: Path) -> Speech:
    """Makes the phrases of `plan`, as the person set it; clips are kept in `cache_folder`."""
    preferred = "auto" if settings.voice == "off" else settings.voice
    return Speech(
        ClipCache(cache_folder),
        voice_options(settings, plan.language),
        settings.said_as,
        lambda: system_engines(preferred),
        is_chosen=preferred != "auto",
    )


def voice_options(settings: Settings, language: str | None) -> VoiceOptions:
    """How to speak `language`; the person's chosen voice is used for their own language only."""
    own = settings.language or "en"
    spoken = language or own
    is_own = spoken.partition("-")[0].lower() == own.partition("-")[0].lower()
    name = settings.voice_name if is_own else None
    return VoiceOptions(spoken, name, settings.voice_rate, settings.voice_pitch)


def phrases_from(plan: Plan, index: int) -> Iterator[str]:
    """The phrases of the plan from a span on, each once, as far as it makes sense to look ahead."""
    spans = plan.spans(index, index + SPANS_AHEAD)
    return islice(_each_once(phrase for span in spans for phrase in _of(span)), PHRASES_AHEAD)


def _each_once(phrases: Iterable[str]) -> Iterator[str]:
    seen = set[str]()
    for phrase in phrases:
        if phrase not in seen:
            seen.add(phrase)
            yield phrase


def _of(span: Span) -> Iterator[str]:
    cues = cues_of(span, ends_itself=not span.is_open)
    near = takewhile(lambda cue: cue.at_ms <= OPEN_AHEAD_MS, cues) if span.is_open else cues
    closing = closing_cues(span, span.length_ms) if span.is_open else ()
    return (cue.say for cue in (*near, *closing) if cue.say)
