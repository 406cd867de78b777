"""The sound of an exported routine, from the options and the settings."""

import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Self

from uncramp.audio.player import sound_path
from uncramp.audio.volume import Loudness
from uncramp.cli.arguments import Arguments
from uncramp.core.plan.plan import Plan, Span
from uncramp.core.routine.model import Sound
from uncramp.core.text.safe_text import on_one_line
from uncramp.export.audio_file import ChapterMark, Described
from uncramp.export.mixdown import Loader
from uncramp.export.rendition import Ended, PlacedSound, RenditionItem, Stretch, rendered
from uncramp.plain.output import complain
from uncramp.settings import Settings
from uncramp.speech.engine_choice import ClipMaker
from uncramp.speech.voice import open_speech
from uncramp.system import paths, resources
from uncramp.system.clocks import steady_ms

_PATIENCE_MS = 1_000.0
"""There is no bar if writing takes less than this."""
_REDRAWN_MS = 200.0
_BAR = 30


class Rendering:
    """The sounds and the chapters of a plan for a person. Close it at the end."""

    def __init__(
        self, plan: Plan, settings: Settings, asked: Arguments, *, is_answered: bool = False
    ) -> None:
        """Start the voice, if there is one. `rendered` explains `is_answered`."""
        self._is_answered = is_answered
        self._plan = plan
        self._open_ms: int | None = asked.open_ms
        self._loudness = Loudness(
            volumes=settings.volumes, night_volume=settings.night_volume, is_night=asked.night
        )
        self._sounds = resources.sound_set(asked.sounds or settings.sound_set)
        has_voice = settings.voice != "off" if asked.voice is None else asked.voice
        self._maker = open_speech(settings, plan, paths.spoken_folder()) if has_voice else None
        self.loader = Loader(self._path_of)

    def items(self, *, is_spoken: bool = True) -> Iterator[RenditionItem]:
        """Everything that is heard, in order."""
        maker: ClipMaker | None = self._maker if is_spoken else None
        return rendered(
            self._plan,
            loudness=self._loudness,
            maker=maker,
            open_ms=self._open_ms,
            is_answered=self._is_answered,
        )

    def described(self) -> Described:
        """Its title and its chapters. This makes no speech."""
        marks: list[ChapterMark] = []
        length_ms = 0
        for item in self.items(is_spoken=False):
            match item:
                case Stretch() if item.begins_step:
                    marks.append(ChapterMark(_title(item.span), item.at_ms))
                case Ended():
                    length_ms = item.at_ms
        return Described(self._plan.routine.title, self._plan.language or "en", marks, length_ms)

    def close(self) -> None:
        """Stop the voice."""
        if self._maker is not None:
            self._maker.close()

    def tell_problems(self) -> None:
        """Say what could not be spoken, and which file could not be read."""
        if self._maker is not None and self._maker.problem:
            complain(self._maker.problem)
        for path, words in self.loader.unread.items():
            complain(f"{path} {words} The bundled sound stands in for it.")

    def _path_of(self, sounding: PlacedSound) -> tuple[Path, Path | None]:
        def path_of(sound: Sound) -> Path:
            return sound_path(self._sounds, sound, sounding.is_night)

        instead = path_of(Sound(sounding.instead)) if sounding.instead else None
        return path_of(sounding.sound), instead


class ExportProgress:
    """A bar on the terminal, if writing takes longer than a second."""

    def __init__(self, length_ms: float, clock_ms: Callable[[], float] = steady_ms) -> None:
        """`length_ms` is the total; `clock_ms` says how long it has taken."""
        self._length_ms = max(length_ms, 1.0)
        self._clock_ms = clock_ms
        self._next_ms = clock_ms() + _PATIENCE_MS
        self._is_drawn = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *problem: object) -> None:
        if self._is_drawn:
            self._draw("")

    def __call__(self, done_ms: float) -> None:
        """Draw how much is done, a few times a second."""
        if sys.stderr is None or not sys.stderr.isatty() or self._clock_ms() < self._next_ms:
            return
        self._next_ms = self._clock_ms() + _REDRAWN_MS
        share = min(done_ms / self._length_ms, 1.0)
        filled = round(share * _BAR)
        self._draw(f"{share:4.0%} [{'#' * filled}{'.' * (_BAR - filled)}]")

    def _draw(self, text: str) -> None:
        self._is_drawn = True
        # Each replaces the one before. A closed terminal must not stop the export.
        with suppress(OSError, ValueError):
            sys.stderr.write(f"\r{text:{_BAR + 8}}\r")
            sys.stderr.flush()


def _title(span: Span) -> str:
    return on_one_line(" · ".join(part for part in (span.name, span.side_words) if part))
