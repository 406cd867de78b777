"""What the tests of real sound have played, and what of it is left."""

import os
import shutil
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from tests.real.listening import Sink
from uncramp.audio.speaker import Speaker
from uncramp.core.routine.model import Sound
from uncramp.system import resources

SOUNDS = resources.sound_set()
TICK = Sound("tick")
NEVER_OVER_MS = 30.0

LIBRARIES = {
    "simpleaudio": "simpleaudio",
    "miniaudio": "miniaudio",
    "just-playback": "just_playback",
}
HERE = [name for name, module in LIBRARIES.items() if find_spec(module) is not None]
HERE += [name for name in ("paplay", "aplay") if shutil.which(name) is not None]

PLACED_BY_SAMPLES = ("miniaudio", "paplay", "aplay")
"""Of the other libraries nobody can say where in a sound they are."""

Opener = Callable[..., Speaker]


def now_ms() -> float:
    return time.monotonic() * 1000


def processes_of_ours(sink: Sink) -> list[str]:
    """Every process that plays for us on this sink, by its command line."""
    ours = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = entry.read_bytes().replace(b"\0", b" ").decode(errors="replace")
            is_on_sink = os.fsencode(sink.folder) in (entry.parent / "environ").read_bytes()
        except OSError:
            continue
        if not is_on_sink:
            continue
        if "uncramp.audio" in line or "--client-name=uncramp" in line:
            ours.append(line)
    return ours


def play_all(speaker: Speaker, moments: list[float]) -> None:
    """Send each cue some seconds ahead, as the conductor does."""
    for at in moments:
        time.sleep(max(0.0, at - 3_000 - now_ms()) / 1000)
        speaker.play_at(TICK, 1.0, at)
