"""A report on the voice of this machine, for finding out why it is silent."""

from collections.abc import Callable, Sequence
from pathlib import Path

from uncramp.core.lazy.dataclass import dataclass
from uncramp.settings import Settings
from uncramp.speech.clip_cache import ClipCache
from uncramp.speech.engine import Engine
from uncramp.speech.engine_choice import ENGINES, INSTALL, Speech, system_engines
from uncramp.speech.voice import voice_options

SAMPLE = "This is the voice of uncramp."


@dataclass(frozen=True, slots=True)
class SpeechReport:
    """What was found about the voice."""

    words: str
    """One or two sentences for a person."""
    engine: str | None
    """The engine that speaks; None if none does."""
    language: str
    details: tuple[str, ...]
    """Why each of the other engines does not speak, in their order."""
    clips: int
    """How many phrases are cached."""
    clip_bytes: int
    sample: Path | None
    """A clip to play; None if there is no voice."""


def speech_report(
    settings: Settings,
    cache_folder: Path,
    engines: Callable[[], Sequence[Engine]] | None = None,
) -> SpeechReport:
    """Speak a sentence as a run would, and report which engine did, or why none did.

    Blocks for some seconds for each engine that hangs. Never raises.
    """
    preferred = "auto" if settings.voice == "off" else settings.voice
    find = engines or (lambda: system_engines(preferred))
    found = list(find())
    cache = ClipCache(cache_folder)
    options, is_chosen = voice_options(settings, None), preferred != "auto"
    speech = Speech(cache, options, settings.said_as, lambda: found, is_chosen=is_chosen)
    sample = speech.clip(SAMPLE) if speech.prove() else None
    engine = speech.engine
    speech.close()
    clips, clip_bytes = cache.size()
    names = ENGINES if preferred == "auto" else (preferred,)
    there = {one.name for one in found if one.is_there()}
    details = [
        f"{name}: {speech.reasons.get(name, 'not here')}"
        for name in names
        if name in speech.reasons or name not in there
    ]
    return SpeechReport(
        words=_words(settings, engine, speech.problem),
        engine=engine,
        language=settings.language or "en",
        details=tuple(details),
        clips=clips,
        clip_bytes=clip_bytes,
        sample=sample.path if sample else None,
    )


def _words(settings: Settings, engine: str | None, problem: str) -> str:
    off = " It is off in the settings." if settings.voice == "off" else ""
    if problem:
        return problem + off
    if engine is not None:
        return f"Voice: {engine}.{off}"
    return f"No voice: no engine was found. Chimes still play. {INSTALL}"
