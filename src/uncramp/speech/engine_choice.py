"""The choice of an engine: the first that makes speech, and the next one when it fails."""

import wave
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from uncramp.audio.samples.clip import Clip, wav_of
from uncramp.core.lazy.dataclass import dataclass
from uncramp.speech.clip_cache import ClipCache
from uncramp.speech.clip_trimming import ready_to_play
from uncramp.speech.engine import CannotSpeak, Engine, NoVoice, VoiceOptions, plain_text
from uncramp.speech.engine_programs import EspeakProgram, SayProgram, WindowsVoice
from uncramp.speech.espeak_process import from_system, from_wheel
from uncramp.speech.pronunciation import read_out
from uncramp.system.os_errors import reason_of

ENGINES = ("espeakng-loader", "espeak-ng", "say", "windows")
"""By name, the preferred one first."""
INSTALL = 'Install espeak-ng, or uncramp with its voice: pipx install "uncramp[voice]".'
LOWEST_RATE = 4_000
"""Samples a second; no engine makes fewer, so a clip with fewer is damaged."""
_PROOF = {"en": "One, two, three."}
_PROOF_ELSEWHERE = "1, 2, 3."


@dataclass(frozen=True, slots=True)
class SpokenClip:
    """A phrase as a clip."""

    path: Path
    length_ms: float


class ClipMaker(Protocol):
    """Makes clips of phrases, blocking meanwhile."""

    @property
    def problem(self) -> str:
        """Why nothing is spoken, for the person; empty if all is well."""

    def clip(self, phrase: str) -> SpokenClip | None:
        """The phrase as a clip; None if no voice can say it. Never raises."""

    def close(self) -> None:
        """End all processes."""


def system_engines(preferred: str = "auto") -> list[Engine]:
    """The engines in their order, or only the one that is preferred."""
    found: list[Engine] = [from_wheel(), EspeakProgram(), SayProgram(), WindowsVoice()]
    found.append(from_system())
    return [engine for engine in found if preferred in ("auto", engine.name)]


class Speech:
    """Makes clips of phrases by the first engine that can, and keeps them."""

    def __init__(
        self,
        cache: ClipCache,
        options: VoiceOptions,
        said_as: Mapping[str, str] | None = None,
        engines: Callable[[], Sequence[Engine]] = system_engines,
        *,
        is_chosen: bool = False,
    ) -> None:
        """Speak with `options`; `said_as` has the person's own words for what is mispronounced.

        If the person chose the engine (`is_chosen`), `problem` says when it is missing.
        """
        self._cache = cache
        self._options = options
        self._said_as = dict(said_as or {})
        self._find_engines = engines
        self._is_chosen = is_chosen
        self._engines: list[Engine] | None = None
        self._all: list[Engine] = []
        self.reasons: dict[str, str] = {}
        """Why each rejected engine failed, by name."""
        self.problem = ""
        """Why nothing is spoken, for the person; empty if all is well."""

    @property
    def engine(self) -> str | None:
        """The engine that is used now; None if there is none."""
        engines = self._present()
        return engines[0].name if engines else None

    def clip(self, phrase: str) -> SpokenClip | None:
        """The phrase as a clip, from the cache or new. None if there is no voice."""
        is_english = self._options.language.lower().partition("-")[0] == "en"
        text = plain_text(read_out(phrase, self._said_as, is_english))
        engines = self._present()
        while engines and any(map(str.isalnum, text)):
            kept = self._cache.find(text, self._options, engines[0].name)
            spoken = _opened(kept) if kept else None
            if spoken is not None:
                return spoken
            try:
                return self._made(engines[0], text)
            except CannotSpeak as problem:
                self._leave(engines.pop(0), str(problem))
        return None

    def prove(self) -> bool:
        """Test the engines, and use the first that speaks. Returns whether there is one."""
        engines = self._present()
        while engines:
            try:
                self._speech(engines[0], self._proof())
                return True
            except CannotSpeak as problem:
                self._leave(engines.pop(0), str(problem))
        return False

    def close(self) -> None:
        """End the processes of all engines."""
        for engine in self._all:
            engine.close()

    def _present(self) -> list[Engine]:
        if self._engines is None:
            self._all = list(self._find_engines())
            self._engines = [engine for engine in self._all if engine.is_there()]
            if self._is_chosen and not self._engines:
                name = next((engine.name for engine in self._all), "the engine")
                self.problem = f"No voice: {name} is not installed. uncramp doctor shows what is."
        return self._engines

    def _made(self, engine: Engine, text: str) -> SpokenClip | None:
        """The text as a new clip; None if only this text cannot be said.

        Raises CannotSpeak if the engine makes no speech at all.
        """
        try:
            clip = self._speech(engine, text)
        except NoVoice:
            raise
        except CannotSpeak:
            self._speech(engine, self._proof())
            try:
                # It may have died, and the test started it again.
                clip = self._speech(engine, text)
            except CannotSpeak:
                return None
        return self._kept(engine, text, clip)

    def _kept(self, engine: Engine, text: str, clip: Clip) -> SpokenClip | None:
        try:
            path = self._cache.keep(text, self._options, engine.name, wav_of(clip))
        except OSError as problem:
            why = reason_of(problem)
            self.problem = f"No voice: {self._cache.folder} cannot be written ({why})."
            return None
        self.problem = ""
        return SpokenClip(path, clip.length_ms)

    def _speech(self, engine: Engine, text: str) -> Clip:
        clip = ready_to_play(engine.make(text, self._options))
        if clip is None:
            raise CannotSpeak(f"{engine.name} made no sound")
        return clip

    def _proof(self) -> str:
        return _PROOF.get(self._options.language.partition("-")[0], _PROOF_ELSEWHERE)

    def _leave(self, engine: Engine, why: str) -> None:
        engine.close()
        self.reasons[engine.name] = why
        if not self._engines:
            self.problem = f"No voice: {why}."


def _opened(path: Path) -> SpokenClip | None:
    """A cached clip, if it is whole; a damaged one is made again."""
    try:
        with wave.open(str(path)) as file:
            rate, frames = file.getframerate(), file.getnframes()
            whole = frames * file.getnchannels() * file.getsampwidth()
            if rate < LOWEST_RATE or not frames or len(file.readframes(frames)) < whole:
                return None
            return SpokenClip(path, frames / rate * 1000)
    except (OSError, EOFError, wave.Error):
        return None
