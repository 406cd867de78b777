"""What makes speech of text, as the rest of the program sees it."""

from typing import Protocol

from uncramp.audio.samples.clip import Clip
from uncramp.core.lazy.dataclass import dataclass
from uncramp.core.lazy.pattern import lazy_pattern

LONGEST_PHRASE = 400
"""A phrase of more characters than this is cut: nobody listens to more at once."""
MAKE_WITHIN_S = 8.0
"""An engine that takes longer for one phrase is ended."""

_CHINESE = {"zh": "cmn", "zh-hk": "yue", "zh-mo": "yue", "zh-yue": "yue"}
_OTHER_NAMES = {**_CHINESE, "no": "nb", "iw": "he", "in": "id"}


class CannotSpeak(Exception):
    """No clip could be made; the words say why."""


class NoVoice(CannotSpeak):
    """The engine speaks, but not this language, or has no voice of this name."""


@dataclass(frozen=True, slots=True)
class VoiceOptions:
    """How phrases are spoken."""

    language: str = "en"
    """BCP 47."""
    voice_name: str | None = None
    """The engine's own name of a voice; None for whichever speaks the language."""
    rate: int = 160
    """Words a minute."""
    pitch: int = 50
    """0 to 100; only the engines that are eSpeak know it."""

    @property
    def voices(self) -> tuple[str, ...]:
        """What to ask an engine for, the best first: `de-CH` is `de-ch`, else `de`."""
        return (self.voice_name,) if self.voice_name else language_tags(self.language)


class Engine(Protocol):
    """Makes speech of text. Blocks while it does, `MAKE_WITHIN_S` at most."""

    @property
    def name(self) -> str:
        """What it is called in the settings."""

    def is_there(self) -> bool:
        """Has this machine got it, as far as can be told without starting it?"""

    def make(self, text: str, options: VoiceOptions) -> Clip:
        """The text as speech. Raises CannotSpeak."""

    def close(self) -> None:
        """End whatever runs of it."""


def language_tags(language: str) -> tuple[str, ...]:
    """The tags by which an engine may know a language, the most exact first."""
    parts = language.lower().replace("_", "-").split("-")
    shorter = ["-".join(parts[:count]) for count in range(len(parts), 0, -1)]
    renamed = [_OTHER_NAMES[tag] for tag in shorter if tag in _OTHER_NAMES]
    return tuple(dict.fromkeys((*renamed, *shorter)))


_NOT_SPOKEN = lazy_pattern(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\[\]<>{}\\|^~`_*#]+")


def plain_text(text: str) -> str:
    """The text without anything that an engine could take for a command or for markup."""
    return " ".join(_NOT_SPOKEN.sub(" ", text).split())[:LONGEST_PHRASE]
