"""Playing sounds in the tests of real sound, and checking what is left."""

import os
import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar

from tests.real.listening import Recording, Sink, Waking, until
from uncramp.audio.player import SoundStatus
from uncramp.audio.speaker import Speaker, SpeakerOptions
from uncramp.audio.speaker_process import launched
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
Sinks = Callable[[str], Sink]
"""Starts the recorded sink of a name, or hands out the one that was started before."""
T = TypeVar("T")


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


@contextmanager
def speaker_on(
    sink: Sink,
    *order: str,
    on_status: Callable[[SoundStatus], None] | None = None,
    bell: Callable[[], None] | None = None,
) -> Iterator[Speaker]:
    """A speaker on this sink, whatever others play on. At its end nothing of it is left."""
    launch = partial(launched, environment=os.environ | sink.environment)
    speaker = Speaker(SOUNDS, SpeakerOptions(order), on_status, bell, launch)
    try:
        assert until(lambda: speaker.status().backend is not None)
        yield speaker
    finally:
        speaker.close()
    assert until(lambda: not processes_of_ours(sink)), processes_of_ours(sink)


@dataclass(frozen=True, slots=True)
class Take:
    """One scene: the moments it is about, what was heard, and what the speaker said at last."""

    moments: Sequence[float]
    heard: Recording
    status: SoundStatus

    def machine_delay_ms(self, waking: Waking) -> float:
        """How late the machine itself was at worst, from when the player got its cues."""
        return waking.worst_ms(self.moments[0] - 3_000, self.moments[-1] + 500)


Scene = Callable[[Speaker, Sink], Take]


class Takes:
    """Scenes that were played side by side: each test has its own, or what went wrong in it."""

    def __init__(self, performers: Mapping[str, Callable[[], Mapping[str, Future[Take]]]]) -> None:
        """Have all perform at the same time, and wait until the last has come to its end."""
        before = sound_folders()
        self._takes = side_by_side(performers)
        self._left = sound_folders() - before

    def of(self, performer: str, scene: Callable[..., Take]) -> Take:
        """The result of a scene. Raises what it raised."""
        assert not self._left, self._left
        return self._takes[performer].result()[scene.__name__].result()


def in_turn(
    sinks: Sinks, name: str, order: Sequence[str], *scenes: Scene
) -> dict[str, Future[Take]]:
    """Play scenes one after the other by one speaker, on a sink of this name."""
    takes: dict[str, Future[Take]] = {}
    sink = sinks(name)
    with speaker_on(sink, *order, bell=lambda: None) as speaker:
        for scene in scenes:
            takes[scene.__name__] = outcome(partial(scene, speaker, sink))
    return takes


def side_by_side(scenes: Mapping[str, Callable[[], T]]) -> dict[str, Future[T]]:
    """Do all at the same time; what one raises is raised where its result is asked for."""
    with ThreadPoolExecutor(len(scenes)) as pool:
        return {name: pool.submit(scene) for name, scene in scenes.items()}


def sound_folders() -> set[Path]:
    """The folders that speakers keep their files in while they run."""
    return set(Path("/tmp").glob("uncramp-sound-*"))


def outcome(scene: Callable[[], T]) -> Future[T]:
    """Do it now; what it raises is raised where the result is asked for."""
    future: Future[T] = Future()
    try:
        future.set_result(scene())
    except Exception as problem:
        future.set_exception(problem)
    return future
