"""Backends that are separate programs: each cue is a process, which is killed to silence it.

A process cannot crash or hang this one. Most read a tape (`uncramp.audio.child.tape`) on their
standard input, so that no file is left behind.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from select import select
from tempfile import mkstemp
from types import MappingProxyType
from typing import Literal

from uncramp.audio.child.backend import PROOF_MS, NoSound, Playback
from uncramp.audio.child.tape import WATCHED_MS, Pace, Tape
from uncramp.audio.samples.clip import Clip, silent_clip, wav_of
from uncramp.core.lazy.dataclass import dataclass
from uncramp.system.clocks import steady_ms
from uncramp.system.os_errors import reason_of

GRACE_MS = 2_500
"""A player hangs if it takes this much longer than its sound lasts."""
STEP_MS = 3
"""How often a player is checked while its pace is measured."""
SPARE_MS = 120
"""The sound is put on the tape this long before it is read: more than is read at once."""
NEAREST_MS = 20
"""For a late player the sound is put this far ahead of what it has read."""
ROOM_MS = 500
"""How much later on the tape than by the clock a sound may be: what a player reads ahead."""
_HAS_PROCESS_FILES = Path("/proc/self/fdinfo").is_dir()


@dataclass(frozen=True, slots=True)
class Program:
    """How to call one player."""

    name: str
    arguments: Callable[[Clip], list[str]]
    """The arguments after the program's name."""
    reach_ms: float
    """How long after it reads a sample, or reports it as played, the sample is heard;
    docs/dependencies.md says which of them were measured and which are guesses."""
    start_ms: float
    """How long after its start its first sample is heard, if its reading cannot be observed."""
    reads: Literal["samples", "wav", "file", "moment"] = "samples"
    """What it reads: samples on its standard input; a WAV that it opens as `/dev/stdin`; a WAV
    by its file name, as its last argument; or samples without silence, and as its last argument
    the moment, on the steady clock, at which to hand the first of them to the device."""
    ahead_ms: float = 0.0
    """How long before it is heard a sample may have been read."""
    time_reported: re.Pattern[bytes] | None = None
    """How it reports on standard error the seconds played, if it does."""


_PULSE = ("-v", "--client-name=uncramp", "--latency-msec=600", "--process-time-msec=20")


def _raw_pulse(clip: Clip) -> list[str]:
    form = [f"--rate={clip.rate}", f"--channels={clip.channels}", "--format=s16le"]
    return ["--raw", *form, *_PULSE]


def _raw_alsa(clip: Clip) -> list[str]:
    form = ["-f", "S16_LE", "-r", str(clip.rate), "-c", str(clip.channels)]
    return ["-q", "-t", "raw", *form, "--buffer-time=300000", "--period-time=20000", "-"]


PROGRAMS = (
    Program("pw-play", lambda clip: ["--latency=20ms", "/dev/stdin"], 15.0, 15.0, "wav"),
    Program(
        "paplay",
        _raw_pulse,
        -5.0,
        15.0,
        ahead_ms=600.0,
        time_reported=re.compile(rb"Time: (\d+\.\d+) sec"),
    ),
    Program("aplay", _raw_alsa, 320.0, 16.0, ahead_ms=320.0),
    Program("afplay", lambda clip: [], 60.0, 60.0, "file"),
)


class _Reader:
    """A player that reads its tape, and how far it is."""

    def __init__(
        self, program: Program, process: "subprocess.Popen[bytes]", tape: Tape, rate: int
    ) -> None:
        """Watch `process`, which plays `rate` samples a second."""
        self._program = program
        self._process = process
        self._tape = tape
        self._rate = rate
        self._pace = Pace(rate)
        self.said = b""
        """What the player wrote on standard error."""

    def taken(self) -> int:
        """How many samples it has read."""
        return self._tape.taken(self._process.pid)

    def place_at(self, playback: Playback) -> int | None:
        """Watch until shortly before the sound's place is read. Returns that place, in samples.

        None if the player has ended. Nothing that a late player has read is overwritten.
        """
        read_at_ms = playback.at_ms - self._program.ahead_ms - SPARE_MS
        moment_ms = read_at_ms - WATCHED_MS
        while playback.wait_until(moment_ms) and self._process.poll() is None:
            now_ms = steady_ms()
            if self._see() and now_ms >= read_at_ms:
                nearest = self.taken() + round(NEAREST_MS * self._rate / 1000)
                return max(nearest, self._pace.place_at(playback.at_ms - self._program.reach_ms))
            moment_ms = now_ms + STEP_MS
        return None

    def _see(self) -> bool:
        now_ms = steady_ms()
        if self._program.time_reported is None:
            taken = self.taken()
        else:
            reported = self._program.time_reported.findall(self._heard())
            taken = round(float(reported[-1]) * self._rate) if reported else 0
        if taken > 0:
            self._pace.see(now_ms, taken)
        return self._pace.is_known

    def _heard(self) -> bytes:
        assert self._process.stderr is not None
        ear = self._process.stderr.fileno()
        heard = os.read(ear, 65_536) if select([ear], [], [], 0)[0] else b""
        self.said += heard
        return heard


class ProgramBackend:
    """Starts a program for each cue."""

    def __init__(
        self,
        program: Program,
        command: list[str],
        folder: Path | None = None,
        environment: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """Play with `program`, started by `command`; `folder` is for files, if it needs them."""
        self.name = program.name
        self._program = program
        self._command = command
        self._folder = folder
        self._environment = os.environ | {"LC_ALL": "C"} | dict(environment)

    def prove(self) -> None:
        """Play a tenth of a second of silence and check that it took about that long."""
        self.play(silent_clip(PROOF_MS), Playback(steady_ms()))

    def play(self, clip: Clip, playback: Playback) -> None:
        """Start the program with silence in front, and wait for its end."""
        arguments = self._program.arguments(clip)
        match self._program.reads:
            case "samples" | "wav":
                self._play_tape(arguments, clip, playback)
            case "moment":
                moment = str(playback.at_ms - self._program.start_ms)
                with self._process([*arguments, moment], subprocess.PIPE, playback) as process:
                    playback.has_begun = True
                    self._see_out(process, playback, clip.length_ms, clip.frames)
            case "file":
                silent_ms = playback.at_ms - steady_ms() - self._program.start_ms
                with (
                    _file(self._folder, wav_of(clip, silent_ms)) as path,
                    self._process([*arguments, str(path)], subprocess.DEVNULL, playback) as process,
                ):
                    playback.has_begun = True
                    self._see_out(process, playback, clip.length_ms)

    def _play_tape(self, arguments: list[str], clip: Clip, playback: Playback) -> None:
        ahead_ms = playback.at_ms - steady_ms()
        is_watched = ahead_ms > WATCHED_MS + SPARE_MS + self._program.ahead_ms
        silent_ms = ahead_ms + ROOM_MS if is_watched else ahead_ms - self._program.start_ms
        with (
            Tape(clip, max(0.0, silent_ms), self._program.reads == "wav") as tape,
            self._process(arguments, tape.fileno(), playback) as process,
        ):
            reader = _Reader(self._program, process, tape, clip.rate)
            place = reader.place_at(playback) if is_watched else None
            if place is None:
                place = tape.silent
            tape.lay(place)
            given_up_ms = max(playback.at_ms, steady_ms()) + GRACE_MS
            while process.poll() is None and reader.taken() <= place:
                if steady_ms() > given_up_ms:
                    raise NoSound(f"{self.name} did not accept any sound")
                if not playback.wait_until(steady_ms() + 2 * STEP_MS):
                    break
            playback.has_begun = reader.taken() > place
            self._see_out(process, playback, clip.length_ms, said=reader.said)

    def _see_out(
        self,
        process: "subprocess.Popen[bytes]",
        playback: Playback,
        length_ms: float,
        given: bytes | None = None,
        said: bytes = b"",
    ) -> None:
        left_ms = max(0.0, playback.at_ms - steady_ms()) + length_ms + GRACE_MS
        try:
            _, more = process.communicate(given, timeout=left_ms / 1000)
        except subprocess.TimeoutExpired:
            raise NoSound(f"{self.name} did not finish") from None
        if playback.is_stopped:
            return
        if process.returncode != 0:
            raise NoSound(f"{self.name} {_reason(said + more, process.returncode)}")
        if steady_ms() < playback.at_ms + length_ms / 2:
            raise NoSound(f"{self.name} ended before it could have played anything")

    @contextmanager
    def _process(
        self, arguments: list[str], given: int, playback: Playback
    ) -> Iterator["subprocess.Popen[bytes]"]:
        try:
            process = subprocess.Popen(
                [*self._command, *arguments],
                stdin=given,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                env=self._environment,
            )
        except OSError as problem:
            raise NoSound(f"{self.name} cannot be started: {reason_of(problem)}") from problem
        playback.when_stopped(process.kill)
        with process:
            try:
                yield process
            finally:
                process.kill()


SIMPLEAUDIO = Program(
    "simpleaudio", lambda clip: [str(clip.rate), str(clip.channels)], 0.0, 0.0, "moment"
)
"""simpleaudio, in a process for each cue. From Python 3.12 on, its version 1.0.4 crashes at the end
of a sound unless memory comes straight from the system, and stopping a sound takes a fifth of a
second. In a separate process neither matters."""

JUST_PLAYBACK = Program(
    "just-playback",
    lambda clip: ["/dev/stdin"] if _HAS_PROCESS_FILES else [],
    75.0,
    75.0,
    "wav" if _HAS_PROCESS_FILES else "file",
)


def library_programs(folder: Path | None) -> dict[str, ProgramBackend]:
    """Find the sound libraries that play in a process for each cue, by name."""
    found: dict[str, ProgramBackend] = {}
    for program, library, cue in (
        (SIMPLEAUDIO, "simpleaudio", "uncramp.audio.child.simpleaudio_cue"),
        (JUST_PLAYBACK, "just_playback", "uncramp.audio.child.just_playback_cue"),
    ):
        if find_spec(library) is not None:
            command = [sys.executable, "-P", "-m", cue]
            found[program.name] = ProgramBackend(
                program, command, folder, {"PYTHONMALLOC": "malloc"}
            )
    return found


def system_programs(folder: Path | None) -> dict[str, ProgramBackend]:
    """Find the players that this machine has, by name."""
    found: dict[str, ProgramBackend] = {}
    for program in PROGRAMS:
        path = shutil.which(program.name)
        if path is None or (program.reads == "wav" and not _HAS_PROCESS_FILES):
            continue
        found[program.name] = ProgramBackend(program, [path], folder)
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


def _reason(said: bytes, status: int) -> str:
    lines = [line.strip() for line in said.decode(errors="replace").splitlines() if line.strip()]
    if not lines:
        return f"ended with status {status}"
    words = "".join(letter for letter in lines[-1] if letter.isprintable())
    return f"said: {words[:120]}"
