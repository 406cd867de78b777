"""`uncramp doctor`: what this machine has for a run, on one page that can be shared."""

import json
import sys
from collections.abc import Iterable, Iterator

from uncramp.audio.backends import ORDER
from uncramp.audio.lateness import read_lateness
from uncramp.audio.player import SoundStatus
from uncramp.audio.speaker import Speaker, open_speaker
from uncramp.cli.arguments import Arguments
from uncramp.cli.lateness_check import (
    LEAD_MS,
    Measured,
    keep_lateness,
    measure_lateness,
    wait_for_choice,
)
from uncramp.cli.machine_report import anonymous, folders, terminal, versions
from uncramp.cli.microphone_check import MicrophoneFound, check_microphone, microphone_lines
from uncramp.cli.prompts import NoAnswer, typed
from uncramp.core.lazy.dataclass import dataclass, field, field_values
from uncramp.core.routine.model import Sound
from uncramp.plain.line_wrap import Verbatim
from uncramp.plain.output import ring_bell, write
from uncramp.settings import Settings, read_settings
from uncramp.speech.voice_report import SpeechReport, speech_report
from uncramp.system import paths, resources
from uncramp.system.clocks import steady_ms, wait
from uncramp.system.os_errors import reason_of
from uncramp.system.wake_lock import wake_lock_report

SOUNDED_WITHIN_S = 12.0

_NOT_HERE = "not on this machine"
_NOT_TRIED = "not needed, not tried"


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found about a machine."""

    versions: dict[str, str]
    terminal: dict[str, str]
    folders: dict[str, str]
    awake: str
    """Whether it can be kept awake during a run, in words."""
    sound: SoundStatus
    was_accepted: bool
    """Did a backend with a device play a sound to its end?"""
    was_heard: bool | None
    """The person's answer; None if nobody was asked."""
    voice: SpeechReport
    measured: dict[str, Measured] = field(default_factory=dict)
    """By backend."""
    microphone: MicrophoneFound | None = None
    """None if it was not to be opened."""


def doctor(asked: Arguments) -> int:
    """Test the sound and write what was found. Status 0 only if a device played the sound.

    The microphone is opened only if that is asked for, or if the person's runs listen.
    """
    settings = read_settings(paths.settings_file())
    voice = speech_report(settings, paths.spoken_folder())
    speaker = _opened(settings)
    try:
        wait_for_choice(speaker)
        can_ask = not asked.json and sys.stdin is not None and sys.stdin.isatty()
        names = sorted(resources.sound_set()) if asked.sound else ["finish"]
        for name in names:
            if not asked.json and speaker.status().is_heard:
                write([f"Playing {name} ..."])
            _play(speaker, Sound(name))
        if voice.sample is not None:
            if not asked.json and speaker.status().is_heard:
                write(["Playing the voice ..."])
            _play(speaker, Sound(voice.sample.name, str(voice.sample.parent)))
        status, was_accepted = speaker.status(), speaker.sounded > 0
        was_heard = _answer() if can_ask and was_accepted else None
    finally:
        speaker.close()
    found = Findings(
        versions(),
        terminal(),
        folders(),
        wake_lock_report(is_wanted=settings.keep_awake),
        status,
        was_accepted and status.is_heard,
        was_heard,
        voice,
        _measured(status, settings, is_quiet=asked.json) if asked.sound else {},
        check_microphone(_ask_for_claps if can_ask else _ask_nothing)
        if asked.microphone or settings.listen
        else None,
    )
    lines: list[str] = (
        [Verbatim(json.dumps(_object(found), indent=2))] if asked.json else list(_lines(found))
    )
    write(anonymous(line) for line in lines)
    return 0 if found.was_accepted and was_heard is not False else 1


def _opened(settings: Settings, order: tuple[str, ...] | None = None) -> Speaker:
    is_terminal = sys.stdout is not None and sys.stdout.isatty()
    return open_speaker(
        resources.sound_set(settings.sound_set),
        order=order,
        bell=ring_bell if is_terminal else None,
        backend="auto" if order else settings.backend,
        lateness=read_lateness(paths.lateness_file()),
    )


def _play(speaker: Speaker, sound: Sound) -> None:
    """Play a sound and wait until it was played, or failed."""
    if not speaker.status().is_heard:
        return
    sounded, end_ms = speaker.sounded, steady_ms() + SOUNDED_WITHIN_S * 1000
    speaker.play_at(sound, 1.0, steady_ms() + LEAD_MS)
    while speaker.sounded == sounded and speaker.status().is_heard and steady_ms() < end_ms:
        wait(0.02)


def _answer() -> bool | None:
    try:
        return typed("Did you hear it? [y/n] ").strip().casefold().startswith("y")
    except NoAnswer:
        return None


def _ask_for_claps() -> None:
    write(["Listening. Clap twice ..."])


def _ask_nothing() -> None:
    pass


def _measured(status: SoundStatus, settings: Settings, *, is_quiet: bool) -> dict[str, Measured]:
    """Measure each backend that has a device, and correct for it from now on."""
    without = (*status.not_here, *status.tried, "bell")
    found: dict[str, Measured] = {}
    for name in ORDER if status.is_heard else ():
        if name in without:
            continue
        if not is_quiet:
            write([f"Listening to {name} ..."])
        found[name] = measure_lateness(_opened(settings, (name,)), name)
    try:
        keep_lateness(paths.lateness_file(), found)
    except OSError as problem:
        write([f"{paths.lateness_file()} could not be written: {reason_of(problem)}."])
    return found


def _object(found: Findings) -> dict[str, object]:
    return {
        "versions": found.versions,
        "terminal": found.terminal,
        "folders": found.folders,
        "awake": found.awake,
        "sound": {
            "back_end": found.sound.backend,
            "words": found.sound.words,
            "details": list(found.sound.details),
            "order": dict(_order(found.sound)),
            "was_accepted": found.was_accepted,
            "was_heard": found.was_heard,
            "lateness": {
                name: {
                    "words": measured.words,
                    "ms": None if (late := measured.lateness) is None else round(late.median_ms, 1),
                }
                for name, measured in found.measured.items()
            },
        },
        "voice": {
            "engine": found.voice.engine,
            "words": found.voice.words,
            "details": list(found.voice.details),
            "clips": found.voice.clips,
            "clip_bytes": found.voice.clip_bytes,
        },
        "microphone": None if found.microphone is None else field_values(found.microphone),
    }


def _lines(found: Findings) -> Iterator[str]:
    for title, values in (
        ("Versions", found.versions),
        ("Terminal", found.terminal),
        ("Folders", found.folders),
    ):
        yield title
        yield from _rows(values.items())
    yield "Sleep"
    yield f"  {found.awake}"
    yield "Sound"
    yield f"  {found.sound.words}"
    yield from _rows(_in_short(_order(found.sound)))
    if found.was_accepted:
        heard = {None: "", True: ", and you heard it", False: ", but you did not hear it"}
        yield f"  A sound was played to its end{heard[found.was_heard]}."
    if found.was_heard is False:
        yield "  Check the volume, and which output the system uses."
    yield from _rows((name, measured.words) for name, measured in found.measured.items())
    yield "Voice"
    yield f"  {found.voice.words}"
    yield from (f"  {words}" for words in found.voice.details)
    yield "Microphone"
    yield from (f"  {words}" for words in microphone_lines(found.microphone))


def _order(status: SoundStatus) -> Iterator[tuple[str, str]]:
    """Each backend in the order in which it is tried, with its result."""
    if status.backend is None and not status.tried and not status.not_here:
        return
    said = dict(zip(status.tried, status.details, strict=True))
    for name in ORDER:
        if name in said:
            yield name, said[name]
        elif name == status.backend:
            yield name, "is used"
        elif name in status.not_here:
            yield name, _NOT_HERE
        else:
            yield name, _NOT_TRIED


def _in_short(order: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The order, with all backends that have nothing special in one line."""
    names: dict[str, list[str]] = {_NOT_TRIED: [], _NOT_HERE: []}
    for name, words in order:
        if words in names:
            names[words].append(name)
        else:
            yield name, words
    yield from ((words, ", ".join(some)) for words, some in names.items() if some)


def _rows(values: Iterable[tuple[str, str]]) -> Iterator[str]:
    rows = list(values)
    width = max((len(name) for name, _ in rows), default=0) + 1
    yield from (f"  {name + ':':<{width}} {value}" for name, value in rows)
