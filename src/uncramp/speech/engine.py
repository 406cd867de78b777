"""A speech engine, as the rest of the program sees it."""

from typing import Protocol

from uncramp.audio.samples.clip import Clip
from uncramp.core.lazy.dataclass import dataclass
from uncramp.core.lazy.pattern import lazy_pattern

LONGEST_PHRASE = 400
"""A phrase with more characters is cut: nobody listens to more at once."""
MAKE_WITHIN_S = 8.0
"""An engine that takes longer for one phrase is stopped."""

_CHINESE = {"zh": "cmn", "zh-hk": "yue", "zh-mo": "yue", "zh-yue": "yue"}
_OTHER_NAMES = {**_CHINESE, "no": "nb", "iw": "he", "in": "id"}


class CannotSpeak(Exception):
    """No clip could be made; the text says why."""


class NoVoice(CannotSpeak):
    """The engine speaks, but not this language, or has no voice of this name."""


@dataclass(frozen=True, slots=True)
class VoiceOptions:
    """How phrases are spoken."""

    language: str = "en"
    """A BCP 47 language tag."""
    voice_name: str | None = None
    """The engine's own name for a voice; None for any that speaks the language."""
    rate: int = 160
    """Words a minute."""
    pitch: int = 50
    """0 to 100; only eSpeak uses it."""

    @property
    def voices(self) -> tuple[str, ...]:
        """The voices to ask an engine for, best first: `de-CH` gives `de-ch`, then `de`."""
        return (self.voice_name,) if self.voice_name else language_tags(self.language)


class Engine(Protocol):
    """Makes speech of text. Blocks for `MAKE_WITHIN_S` at most."""

    @property
    def name(self) -> str:
        """Its name in the settings."""

    def is_there(self) -> bool:
        """Does this machine have it, as far as can be seen without starting it?"""

    def make(self, text: str, options: VoiceOptions) -> Clip:
        """The text as speech. Raises CannotSpeak."""

    def close(self) -> None:
        """End its process, if one runs."""


def language_tags(language: str) -> tuple[str, ...]:
    """The tags that an engine may use for a language, the most exact first."""
    parts = language.lower().replace("_", "-").split("-")
    shorter = ["-".join(parts[:count]) for count in range(len(parts), 0, -1)]
    renamed = [_OTHER_NAMES[tag] for tag in shorter if tag in _OTHER_NAMES]
    return tuple(dict.fromkeys((*renamed, *shorter)))


_NOT_SPOKEN = lazy_pattern(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\[\]<>{}\\|^~`_*#]+")


def plain_text(text: str) -> str:
    """The text without anything that an engine could read as a command or as markup."""
    return " ".join(_NOT_SPOKEN.sub(" ", text).split())[:LONGEST_PHRASE]
