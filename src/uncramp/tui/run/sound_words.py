"""The run screen's words about the sound: all of them for a moment, then a sign."""

from uncramp.audio.player import SoundStatus
from uncramp.audio.volume import Loudness
from uncramp.core.lazy.pattern import lazy_pattern
from uncramp.session.conductor import Conductor
from uncramp.tui.run.ear_words import ear_trouble

_SENTENCE_END = lazy_pattern(r"(?<=[.!?]) ")
_NO_SOUND = "No sound"


class TroubleWatch:
    """Notes new troubles of the sound and of listening, so that each is shown once."""

    def __init__(self) -> None:
        """Start with no trouble shown."""
        self._said = ("", "")

    def news(self, conductor: Conductor) -> str:
        """The troubles to show now in full; "" for none."""
        status, of_ear = conductor.player.status(), ear_trouble(conductor)
        of_sound, before = sound_trouble(status), self._said
        self._said = (status.words, of_ear)
        news = (
            of_sound if status.words != before[0] else "",
            of_ear if of_ear != before[1] else "",
        )
        return " ".join(filter(None, news))


def sound_trouble(status: SoundStatus) -> str:
    """The words to show once in full, if there is more than the sign; "" for none."""
    return status.words if _has_more(status) else ""


def sound_line(status: SoundStatus, loudness: Loudness, key: str) -> str:
    """The sound line for the whole run; `key` opens the details."""
    more = f" {key} shows more." if _has_more(status) else ""
    volume = f"{loudness.words} " if status.is_heard else ""
    return f"{volume}{_brief(status)}{more}"


def sound_sign(status: SoundStatus, loudness: Loudness) -> str:
    """A word or two if nothing is heard; else ""."""
    if not status.is_heard:
        return _brief(status).rstrip(".")
    return "Muted" if loudness.is_muted else ""


def _brief(status: SoundStatus) -> str:
    """Its first sentence, without the reason why there is no sound."""
    if status.words.startswith(_NO_SOUND):
        return f"{_NO_SOUND}."
    return _SENTENCE_END.split(status.words)[0]


def _has_more(status: SoundStatus) -> bool:
    return status.words != _brief(status)
