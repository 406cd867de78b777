"""An engine that makes a tone for each phrase, and a maker that a test controls."""

import math
from array import array
from collections.abc import Callable
from pathlib import Path

from uncramp.audio.samples.clip import Clip, with_samples
from uncramp.speech.engine import CannotSpeak, VoiceOptions
from uncramp.speech.engine_choice import SpokenClip


def tone(ms: float, rate: int = 22_050, before_ms: float = 0.0, level: float = 0.3) -> Clip:
    """A tone of 440 Hz, with silence before and after it."""
    silent = [0] * round(before_ms * rate / 1000)
    turn = 2 * math.pi * 440 / rate
    waves = (int(level * 32_767 * math.sin(turn * at)) for at in range(round(ms * rate / 1000)))
    return with_samples(Clip(rate, 1, b""), array("h", [*silent, *waves, *silent]))


class FakeEngine:
    """Makes a tone as long as its text, unless it must fail."""

    def __init__(self, name: str = "fake", *, there: bool = True) -> None:
        self.name = name
        self.there = there
        self.fails_at: dict[str, Exception] = {}
        self.fails: Exception | None = None
        self.silent_at: set[str] = set()
        self.made: list[tuple[str, VoiceOptions]] = []
        self.closed = 0

    def is_there(self) -> bool:
        return self.there

    def make(self, text: str, options: VoiceOptions) -> Clip:
        self.made.append((text, options))
        if problem := self.fails or self.fails_at.get(text):
            raise problem
        return tone(1 if text in self.silent_at else 200 + 10 * len(text))

    def close(self) -> None:
        self.closed += 1


class FakeMaker:
    """Makes clips of a second each, of any phrase but the unspeakable."""

    def __init__(self) -> None:
        self.problem = ""
        self.asked: list[str] = []
        self.closed = 0
        self.unspeakable: set[str] = set()
        self.meanwhile: Callable[[], None] = lambda: None
        """What happens while a clip is made."""

    def clip(self, phrase: str) -> SpokenClip | None:
        self.asked.append(phrase)
        self.meanwhile()
        if phrase in self.unspeakable:
            return None
        return SpokenClip(Path("/clips") / f"{phrase}.wav", 1_000.0)

    def close(self) -> None:
        self.closed += 1


NO_SOUND = CannotSpeak("it made no sound")
