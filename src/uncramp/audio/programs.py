"""Players that are programs of their own: each cue is a process, killed to be silent.

A process cannot crash us or hang us. It gets its samples, with silence in front,
on its standard input, so no temporary file is needed except for `afplay`.
"""

import os
import shutil
import subprocess
import sys
import wave
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from tempfile import mkstemp
from types import MappingProxyType

from uncramp.audio.back_end import PROOF_MS, NoSound, Turn
from uncramp.audio.clip import Clip, silent_clip
from uncramp.audio.clock import steady_ms

GRACE_MS = 2_500
"""How much longer than its sound a player may take before it counts as hanging."""
_HAS_MEMORY_FILES = hasattr(os, "memfd_create")


@dataclass(frozen=True, slots=True)
class Program:
    """How one player is called."""

    name: str
    arguments: Callable[[Clip], list[str]]
    """What follows the program's name; the samples come on its standard input."""
    latency_ms: float
    """From the call to its first sample, measured; see docs/dependencies.md."""
    wants: str = "samples"
    """What it reads: `"samples"`, a `"seekable"` WAV on its input, or the name of a WAV `"file"`;
    `"moment"`: samples without silence in front, and as its last argument the moment, on the
    steady clock, at which to call for their first one."""


def _raw_pulse(clip: Clip) -> list[str]:
    form = [f"--rate={clip.rate}", f"--channels={clip.channels}", "--format=s16le"]
    return ["--raw", *form, "--client-name=uncramp", "--latency-msec=60"]


def _raw_alsa(clip: Clip) -> list[str]:
    form = ["-f", "S16_LE", "-r", str(clip.rate), "-c", str(clip.channels)]
    return ["-q", "-t", "raw", *form, "--buffer-time=80000", "-"]


PROGRAMS = (
    Program("pw-play", lambda clip: ["/dev/stdin"], 15.0, "seekable"),
    Program("paplay", _raw_pulse, 15.0),
    Program("aplay", _raw_alsa, 16.0),
    Program("afplay", lambda clip: [], 60.0, "file"),
)


class ProgramBackEnd:
    """Plays by starting a program for each cue."""

    def __init__(
        self,
        program: Program,
        command: list[str],
        folder: Path | None = None,
        environment: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """Play with `program`, started by `command`; `folder` is for files, where it wants them."""
        self.name = program.name
        self._program = program
        self._command = command
        self._folder = folder
        self._environment = os.environ | {"LC_ALL": "C"} | dict(environment)

    def prove(self) -> None:
        """Play a tenth of a second of silence and see that it took about as long."""
        self.play(silent_clip(PROOF_MS), Turn(steady_ms()))

    def play(self, clip: Clip, turn: Turn) -> None:
        """Start the program with silence in front, and wait for its end."""
        began_ms = steady_ms()
        lead_ms = max(0.0, turn.at_ms - began_ms - self._program.latency_ms)
        length_ms = lead_ms + clip.length_ms
        with self._started(clip, lead_ms, turn.at_ms) as (process, given):
            turn.when_stopped(process.kill)
            turn.has_begun = True
            try:
                _, said = process.communicate(given, timeout=(length_ms + GRACE_MS) / 1000)
            except subprocess.TimeoutExpired:
                raise NoSound(f"{self.name} did not come to an end") from None
            finally:
                process.kill()
                process.wait()
        if turn.is_stopped:
            return
        if process.returncode != 0:
            raise NoSound(f"{self.name} {_reason(said, process.returncode)}")
        if steady_ms() - began_ms < length_ms / 2:
            raise NoSound(f"{self.name} ended before it could have played anything")

    @contextmanager
    def _started(
        self, clip: Clip, lead_ms: float, at_ms: float
    ) -> Iterator[tuple["subprocess.Popen[bytes]", bytes | None]]:
        arguments = self._program.arguments(clip)
        sound = clip.silence(lead_ms) + clip.frames
        match self._program.wants:
            case "samples":
                with self._process(arguments, subprocess.PIPE) as process:
                    yield process, sound
            case "moment":
                moment = str(at_ms - self._program.latency_ms)
                with self._process([*arguments, moment], subprocess.PIPE) as process:
                    yield process, clip.frames
            case "seekable":
                with os.fdopen(os.memfd_create("uncramp"), "w+b") as file:
                    file.write(_wav(clip, sound))
                    file.seek(0)
                    with self._process(arguments, file.fileno()) as process:
                        yield process, None
            case _:
                with (
                    _file(self._folder, _wav(clip, sound)) as path,
                    self._process([*arguments, str(path)], subprocess.DEVNULL) as process,
                ):
                    yield process, None

    def _process(self, arguments: list[str], given: int) -> "subprocess.Popen[bytes]":
        try:
            return subprocess.Popen(
                [*self._command, *arguments],
                stdin=given,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                env=self._environment,
            )
        except OSError as problem:
            raise NoSound(f"{self.name} cannot be started: {problem.strerror}") from problem


SIMPLEAUDIO = Program(
    "simpleaudio", lambda clip: [str(clip.rate), str(clip.channels)], 10.0, "moment"
)
"""In a process for each cue: its 1.0.4 falls with a memory fault at the end of a sound from
Python 3.12 on, unless memory is taken straight from the system, and stopping a sound takes it
a fifth of a second. In a process of its own neither matters."""

JUST_PLAYBACK = Program(
    "just-playback",
    lambda clip: ["/dev/stdin"] if _HAS_MEMORY_FILES else [],
    75.0,
    "seekable" if _HAS_MEMORY_FILES else "file",
)


def library_programs(folder: Path | None) -> dict[str, ProgramBackEnd]:
    """Find the sound libraries that are played from a process for each cue, by name."""
    found: dict[str, ProgramBackEnd] = {}
    for program, library, cue in (
        (SIMPLEAUDIO, "simpleaudio", "uncramp.audio.simple_cue"),
        (JUST_PLAYBACK, "just_playback", "uncramp.audio.just_cue"),
    ):
        if find_spec(library) is not None:
            command = [sys.executable, "-P", "-m", cue]
            found[program.name] = ProgramBackEnd(
                program, command, folder, {"PYTHONMALLOC": "malloc"}
            )
    return found


def system_programs(folder: Path | None) -> dict[str, ProgramBackEnd]:
    """Find the players that this machine has, by name."""
    found: dict[str, ProgramBackEnd] = {}
    for program in PROGRAMS:
        path = shutil.which(program.name)
        if path is None or (program.wants == "seekable" and not _HAS_MEMORY_FILES):
            continue
        found[program.name] = ProgramBackEnd(program, [path], folder)
    return found


@contextmanager
def _file(folder: Path | None, content: bytes) -> Iterator[Path]:
    handle, name = mkstemp(".wav", dir=folder)
    path = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        yield path
    finally:
        path.unlink(missing_ok=True)


def _wav(clip: Clip, sound: bytes) -> bytes:
    written = BytesIO()
    with wave.open(written, "wb") as file:
        file.setnchannels(clip.channels)
        file.setsampwidth(2)
        file.setframerate(clip.rate)
        file.writeframes(sound)
    return written.getvalue()


def _reason(said: bytes, status: int) -> str:
    lines = [line.strip() for line in said.decode(errors="replace").splitlines() if line.strip()]
    if not lines:
        return f"ended with status {status}"
    words = "".join(letter for letter in lines[-1] if letter.isprintable())
    return f"said: {words[:120]}"
