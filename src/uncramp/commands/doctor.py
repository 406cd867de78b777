"""`uncramp doctor`: what this machine has for a run, on one page that can be passed on."""

import json
import os
import platform
import shutil
import sys
import time
from argparse import Namespace
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from uncramp import __version__, paths, resources
from uncramp.audio.player import SoundStatus
from uncramp.audio.speaker import Speaker, open_speaker
from uncramp.awake import awake_report
from uncramp.core.model import Sound
from uncramp.plain.output import write
from uncramp.settings import read_settings
from uncramp.speech.report import SpeechReport, speech_report

CHOSEN_WITHIN_S = 30.0
LEAD_S = 1.6
"""From asking for a sound to its beginning: as in a run, with silence in front."""
SETTLED_S = 2.0
"""After a sound: by then a player that did not play it has been found out."""
PACKAGES = (
    "textual",
    "miniaudio",
    "just-playback",
    "simpleaudio-patched",
    "simpleaudio",
    "espeakng-loader",
)


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found of one machine."""

    versions: dict[str, str]
    terminal: dict[str, str]
    folders: dict[str, str]
    awake: str
    """Whether it can be kept awake during a run, in words."""
    voice: SpeechReport
    sound: SoundStatus
    was_accepted: bool
    """Did a back end with a device take a sound to its end?"""
    was_heard: bool | None
    """What the person said of it; None where nobody was asked."""


def doctor(asked: Namespace) -> int:
    """Try the sound and write what was found. Status 0 only when a device took the sound."""
    settings = read_settings(paths.settings_file())
    speaker = open_speaker(_sounds())
    try:
        _wait_for_choice(speaker)
        can_ask = not asked.json and sys.stdin is not None and sys.stdin.isatty()
        names = sorted(_sounds()) if asked.sound else ["finish"]
        for name in names:
            if not asked.json and speaker.status().is_heard:
                write([f"Playing {name} ..."])
            _play(speaker, Sound(name))
        voice = speech_report(settings)
        if voice.sample is not None:
            _play(speaker, Sound(voice.sample.name, str(voice.sample.parent)))
        status = speaker.status()
        was_heard = _answer() if can_ask and status.is_heard else None
    finally:
        speaker.close()
    awake = awake_report(is_wanted=settings.keep_awake)
    found = Findings(
        _versions(), _terminal(), _folders(), awake, voice, status, status.is_heard, was_heard
    )
    write([json.dumps(_object(found), indent=2)] if asked.json else _lines(found))
    return 0 if found.was_accepted and was_heard is not False else 1


def _sounds() -> dict[str, Path]:
    return resources.sound_set()


def _wait_for_choice(speaker: Speaker) -> None:
    end = time.monotonic() + CHOSEN_WITHIN_S
    while speaker.is_choosing and time.monotonic() < end:
        time.sleep(0.02)


def _play(speaker: Speaker, sound: Sound) -> None:
    if not speaker.status().is_heard:
        return
    speaker.play_at(sound, 1.0, (time.monotonic() + LEAD_S) * 1000)
    time.sleep(LEAD_S + SETTLED_S + (2.0 if sound.name == "finish" else 0.0))


def _answer() -> bool:
    return input("Did you hear it? [y/n] ").strip().casefold().startswith("y")


def _versions() -> dict[str, str]:
    found = {"uncramp": __version__, "Python": platform.python_version()}
    found["system"] = f"{platform.system()} {platform.release()} {platform.machine()}"
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


def _terminal() -> dict[str, str]:
    size = shutil.get_terminal_size()
    is_terminal = sys.stdout is not None and sys.stdout.isatty()
    found = {
        "output": "a terminal" if is_terminal else "no terminal",
        "TERM": os.environ.get("TERM", "not set"),
        "size": f"{size.columns} x {size.lines}" if is_terminal else "not known",
        "encoding": getattr(sys.stdout, "encoding", None) or "not known",
    }
    if os.environ.get("SSH_CONNECTION"):
        found["SSH"] = "sound is made on this machine, not where you sit"
    return found


def _folders() -> dict[str, str]:
    places = {
        "your routines": paths.routines_folder(),
        "settings": paths.settings_file(),
        "history": paths.history_folder(),
        "logs": paths.logs_folder(),
        "cache": paths.cache_folder(),
        "bundled sounds": resources.bundled_sounds(),
    }
    return {name: anonymous(str(place)) for name, place in places.items()}


def anonymous(text: str) -> str:
    """Write `~` for the person's home folder: what is found may be passed on."""
    home = str(Path.home())
    return text.replace(home, "~") if len(home) > 1 else text


def _object(found: Findings) -> dict[str, object]:
    return {
        "versions": found.versions,
        "terminal": found.terminal,
        "folders": found.folders,
        "awake": found.awake,
        "voice": {
            "engine": found.voice.engine,
            "language": found.voice.language,
            "words": anonymous(found.voice.words),
            "details": [anonymous(words) for words in found.voice.details],
            "clips": found.voice.clips,
            "clip_bytes": found.voice.clip_bytes,
        },
        "sound": {
            "back_end": found.sound.back_end,
            "words": found.sound.words,
            "details": [anonymous(words) for words in found.sound.details],
            "was_accepted": found.was_accepted,
            "was_heard": found.was_heard,
        },
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
    yield "Voice"
    yield f"  {anonymous(found.voice.words)}"
    yield from (f"  {anonymous(words)}" for words in found.voice.details)
    if found.voice.clips:
        megabytes = found.voice.clip_bytes / 1_000_000
        yield f"  Phrases kept: {found.voice.clips}, {megabytes:.1f} MB."
    yield "Sound"
    yield f"  {found.sound.words}"
    yield from (f"  {anonymous(words)}" for words in found.sound.details)
    if found.was_accepted:
        heard = {None: "", True: ", and you heard it", False: ", but you did not hear it"}
        yield f"  A sound was played to its end{heard[found.was_heard]}."
    if found.was_heard is False:
        yield "  Look at the volume, and at which output the system uses."


def _rows(values: Iterable[tuple[str, str]]) -> Iterator[str]:
    rows = list(values)
    width = max(len(name) for name, _ in rows) + 1
    yield from (f"  {name + ':':<{width}} {value}" for name, value in rows)
