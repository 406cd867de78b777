"""`uncramp export`: a routine as a file to take along."""

import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from uncramp.audio.volume import Loudness
from uncramp.cli.options import choice_options
from uncramp.cli.routine_lookup import find_routine, open_library
from uncramp.cli.start_checks import answer_for, refuse, tell_problems
from uncramp.core.plan.plan import Plan, Span, side_words
from uncramp.core.suitability.assess import Answer
from uncramp.core.text.safe_text import on_one_line, shown
from uncramp.export.audio_file import (
    FORMS,
    CannotExport,
    ChapterMark,
    Described,
    ExportFault,
    check_target,
    write_audio,
)
from uncramp.export.mixdown import LEAD_MS, Loader, mixed
from uncramp.export.rendition import Chapter, Ended, PlacedSound, rendered
from uncramp.export.text_file import write_text
from uncramp.plain.json_objects import plan_object
from uncramp.plain.json_text import json_line
from uncramp.plain.output import complain, write, write_line
from uncramp.plain.show_lines import show_lines
from uncramp.session.preflight import choices_of
from uncramp.settings import Settings, read_settings
from uncramp.speech.engine_choice import ClipMaker
from uncramp.speech.voice import open_speech
from uncramp.system import paths, resources

_DEFAULT_ENDINGS = {"audio": ".wav", "json": ".json", "text": ".txt"}
_PROGRESS_EVERY_MS = 60_000.0


def export(asked: Namespace) -> int:
    """Write a routine to a file. Returns the exit status."""
    entry = find_routine(open_library(), asked)
    if entry is None:
        return 2
    settings, options = read_settings(paths.settings_file()), choice_options(asked)
    tell_problems(settings)
    found = answer_for(entry, settings, options)
    if found is None:
        return 2
    if found.plan is None:
        return refuse(entry.title, found.locked or "", choices_of(settings, options))
    target = Path(asked.output or f"{entry.id}{_DEFAULT_ENDINGS[asked.to]}").expanduser()
    try:
        if asked.to == "audio":
            unread = _audio(target, found.plan, settings, asked)
        else:
            unread = {}
            write_text(target, _lines(found, asked.to), may_replace=asked.force)
    except CannotExport as problem:
        return complain(_words(problem, target))
    for path, words in unread.items():
        complain(f"{path} {words} The bundled sound stands in for it.")
    write([f"Written: {target}"])
    return 0


def _lines(found: Answer, form: str) -> Iterator[str]:
    assert found.plan is not None
    if form == "json":
        yield json_line(plan_object(found.plan))
    else:
        yield from show_lines(found.plan, found)


def _audio(target: Path, plan: Plan, settings: Settings, asked: Namespace) -> dict[Path, str]:
    loudness = Loudness(
        volumes=settings.volumes, night_volume=settings.night_volume, is_night=asked.night
    )
    has_voice = settings.voice != "off" if asked.voice is None else asked.voice
    maker = open_speech(settings, plan, paths.spoken_folder()) if has_voice else None

    def items(maker: ClipMaker | None) -> Iterator[PlacedSound | Chapter | Ended]:
        return rendered(plan, loudness=loudness, maker=maker, open_ms=asked.open_ms)

    described = _described(plan, items(None))
    # What is wrong from the start is told before anything is spoken.
    check_target(target, described.length_ms, may_replace=asked.force)
    sounds = resources.sound_set(asked.sounds or settings.sound_set)

    def path_of(sounding: PlacedSound) -> tuple[Path, Path | None]:
        def bundled(name: str) -> Path:
            path = sounds.get(name, Path(name))
            return resources.at_night(path) if sounding.is_night else path

        instead = bundled(sounding.instead) if sounding.instead else None
        sound = sounding.sound
        if sound.folder is not None:
            return Path(sound.folder) / sound.name, instead
        return bundled(sound.name), instead

    loader = Loader(path_of)
    try:
        write_audio(
            target,
            described,
            mixed(items(maker), loader.clip),
            may_replace=asked.force,
            on_ms=_Progress(described.length_ms + LEAD_MS),
        )
    finally:
        if maker is not None:
            maker.close()
    if maker is not None and maker.problem:
        complain(maker.problem)
    return loader.unread


def _described(plan: Plan, items: Iterator[PlacedSound | Chapter | Ended]) -> Described:
    marks: list[ChapterMark] = []
    length_ms = 0
    for item in items:
        match item:
            case Chapter():
                marks.append(ChapterMark(_title(item.span), item.at_ms))
            case Ended():
                length_ms = item.at_ms
    return Described(plan.routine.title, plan.language or "en", marks, length_ms)


def _title(span: Span) -> str:
    side = side_words(span.side, span.step.limb if span.step else None)
    return on_one_line(" · ".join(part for part in (span.name, side) if part))


class _Progress:
    """Says on a terminal how much of the file is done."""

    def __init__(self, length_ms: float) -> None:
        self._length_ms = max(length_ms, 1.0)
        self._next_ms = _PROGRESS_EVERY_MS
        self._is_shown = sys.stderr is not None and sys.stderr.isatty()

    def __call__(self, done_ms: float) -> None:
        if not self._is_shown or done_ms < self._next_ms:
            return
        self._next_ms = done_ms + _PROGRESS_EVERY_MS
        share = min(done_ms / self._length_ms, 1.0)
        write_line(f"{share:4.0%} done", sys.stderr)


def _words(problem: CannotExport, target: Path) -> str:
    name, detail = shown(str(target)), shown(problem.detail)
    match problem.why:
        case ExportFault.ENDING:
            forms = ", ".join(FORMS)
            return f'"{name}" has no ending of an audio file. Use one of: {forms}.'
        case ExportFault.NO_ENCODER:
            return (
                f"Writing {detail} needs ffmpeg, which is not on this machine. "
                "Install it, or use -o with a name that ends in .wav."
            )
        case ExportFault.TOO_LONG:
            return (
                f"It lasts {detail}, and a WAV file holds 12 hours at most. "
                "Use -o with a name that ends in .m4a, .mp3, .opus or .flac."
            )
        case ExportFault.THERE_ALREADY:
            return f"{name} is there already. Use another name with -o, or --force to replace it."
        case ExportFault.ENCODER:
            return f"ffmpeg could not write {name}: {detail or 'it did not say why'}."
        case ExportFault.DISK:
            return f"{name} could not be written: {detail}."
