"""Our own sound server, with a silent sink that is recorded.

Reusable: start a `Sink`, run anything with `sink.environment`, and ask `sink.heard()`
when each sound began, on the monotonic clock.
"""

import math
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
import numpy.typing as npt

RATE = 48_000
CONTROL_APART_MS = 500
NEEDED = ("pulseaudio", "pactl", "parec")
PATIENCE_S = 30.0
"""How long a test waits for what must come. A busy machine takes long; nothing else does."""

Samples = npt.NDArray[np.float64]


class NoServer(Exception):
    """The sound server of the tests did not start."""


def missing_tools(needed: Sequence[str] = NEEDED) -> list[str]:
    """The programs for recording that this machine does not have."""
    return [tool for tool in needed if shutil.which(tool) is None]


def until(is_true: Callable[[], bool], seconds: float = PATIENCE_S) -> bool:
    """Wait for a condition of the real world. Returns whether it came true."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if is_true():
            return True
        time.sleep(0.01)
    return is_true()


@dataclass(frozen=True, slots=True)
class Recording:
    """What was heard: samples of one channel, and when the first of them was."""

    samples: Samples
    began_ms: float

    def onsets(self, apart_ms: float = 60.0) -> list[float]:
        """When each sound began, in milliseconds of the monotonic clock."""
        return [self.began_ms + at for at in onsets(self.samples, RATE, apart_ms)]


def onsets(samples: Samples, rate: int, apart_ms: float = 60.0, level: float = 0.01) -> list[float]:
    """When each sound begins, in milliseconds from the first sample.

    A sound begins where something is louder than `level` of full scale after
    `apart_ms` of less. Sounds that overlap are one.
    """
    loud = np.flatnonzero(np.abs(samples) > level)
    if not len(loud):
        return []
    gap = apart_ms * rate / 1000
    first = np.concatenate(([True], np.diff(loud) > gap))
    return [float(at) / rate * 1000 for at in loud[first]]


SLEEPER = """
import os, select, sys, time
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {int(sys.argv[1])})
while not select.select([0], [], [], 0)[0]:
    due = time.monotonic() + 0.02
    time.sleep(0.02)
    now = time.monotonic()
    print(now * 1000, (now - due) * 1000, flush=True)
"""
MOST_SLEEPERS = 8


class Waking:
    """How late a sleeping process is woken: the delay that the machine itself causes.

    One process sleeps on each processor, because a machine may delay only one of them. What the
    tests' own process reckons meanwhile is not measured.
    """

    def __init__(self) -> None:
        """Measure nothing yet."""
        self._late: list[tuple[float, float]] = []
        self._sleepers: list[subprocess.Popen[str]] = []
        self._readers: list[threading.Thread] = []

    def __enter__(self) -> Self:
        for processor in _processors()[:MOST_SLEEPERS]:
            words = [sys.executable, "-S", "-E", "-c", SLEEPER, str(processor)]
            sleeper = subprocess.Popen(
                words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            )
            reader = threading.Thread(target=self._read, args=(sleeper,), daemon=True)
            reader.start()
            self._sleepers.append(sleeper)
            self._readers.append(reader)
        return self

    def __exit__(self, *problem: object) -> None:
        for sleeper, reader in zip(self._sleepers, self._readers, strict=True):
            assert sleeper.stdin is not None and sleeper.stdout is not None
            sleeper.stdin.close()
            reader.join()
            sleeper.stdout.close()
            sleeper.wait()

    def _read(self, sleeper: "subprocess.Popen[str]") -> None:
        assert sleeper.stdout is not None
        for line in sleeper.stdout:
            moment_ms, late_ms = line.split()
            self._late.append((float(moment_ms), float(late_ms)))

    def usual_ms(self, from_ms: float = 0.0, until_ms: float = math.inf) -> float:
        """No more than this in 95 of 100, between two moments of the monotonic clock."""
        return float(np.percentile(self._between(from_ms, until_ms), 95))

    def worst_ms(self, from_ms: float = 0.0, until_ms: float = math.inf) -> float:
        """Never more than this between two moments of the monotonic clock."""
        return max(self._between(from_ms, until_ms))

    def _between(self, from_ms: float, until_ms: float) -> list[float]:
        found = [late for moment, late in list(self._late) if from_ms <= moment <= until_ms]
        return found or [0.0]


def _processors() -> list[int]:
    if sys.platform == "linux":
        return sorted(os.sched_getaffinity(0))
    return [0]


class Sink:
    """PulseAudio with a null sink, in its own folder, recorded from its monitor."""

    name = "PulseAudio"
    needed: Sequence[str] = NEEDED
    """The programs without which it cannot be started or recorded."""

    def __init__(self, folder: Path) -> None:
        """Keep everything in `folder`; start nothing yet."""
        self.folder = folder
        self._socket = folder / "native"
        self._server: subprocess.Popen[bytes] | None = None
        self._recorder: subprocess.Popen[bytes] | None = None
        self._ear: threading.Thread | None = None
        self._chunks: list[tuple[float, bytes]] = []
        (folder / "home").mkdir(exist_ok=True)
        alsa = folder / "home" / ".asoundrc"
        alsa.write_text("pcm.!default { type pulse }\nctl.!default { type pulse }\n")

    @property
    def environment(self) -> dict[str, str]:
        """The variables that lead programs to this server only."""
        return {
            "PULSE_RUNTIME_PATH": str(self.folder),
            "PULSE_SERVER": f"unix:{self._socket}",
            "HOME": str(self.folder / "home"),
        }

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Start the server and the recording. Raises NoServer."""
        self._socket.unlink(missing_ok=True)
        environment = os.environ | self.environment
        self._server = subprocess.Popen(
            self._server_command(),
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        if not until(lambda: self._is_ready(environment)):
            self.stop()
            raise NoServer(f"{self.name} with a null sink did not answer in {PATIENCE_S:g} s")
        self._record(environment)

    def _server_command(self) -> list[str]:
        return [
            *("pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1"),
            *("--disable-shm=yes", "--use-pid-file=no", "-L"),
            f"module-native-protocol-unix auth-anonymous=1 socket={self._socket}",
            "-L",
            "module-null-sink sink_name=ci rate=48000 channels=2 format=s16le norewinds=1",
        ]

    def _is_ready(self, environment: Mapping[str, str]) -> bool:
        return _told(environment, "set-default-sink", "ci")

    def _record(self, environment: dict[str, str]) -> None:
        self._chunks = []
        form = ["--raw", "--format=s16le", "--rate=48000", "--channels=2", "--latency-msec=5"]
        self._recorder = subprocess.Popen(
            ["parec", "-d", "ci.monitor", *form],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._ear = threading.Thread(target=self._listen, daemon=True)
        self._ear.start()
        if not until(lambda: bool(self._chunks)):
            self.stop()
            raise NoServer(f"parec recorded nothing in {PATIENCE_S:g} s")

    def _listen(self) -> None:
        assert self._recorder is not None and self._recorder.stdout is not None
        ear = self._recorder.stdout.fileno()
        while chunk := os.read(ear, 65_536):
            self._chunks.append((time.monotonic() * 1000, chunk))

    def stop(self) -> None:
        """End the server and the recording; what was heard is kept."""
        if self._recorder is not None:
            self._recorder.kill()
            self._recorder.wait()
        if self._server is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._server.pid, signal.SIGKILL)
            self._server.wait()
        if self._ear is not None:
            self._ear.join(5)
        if self._recorder is not None and self._recorder.stdout is not None:
            self._recorder.stdout.close()
        self._recorder = self._server = self._ear = None

    def wait_until(self, moment_ms: float) -> None:
        """Wait until everything up to a moment of the monotonic clock has been recorded.

        Raises AssertionError if nothing more is recorded.
        """
        left_s = max(0.0, moment_ms / 1000 - time.monotonic())
        has_come = until(
            lambda: bool(self._chunks) and self._chunks[-1][0] > moment_ms + 50, left_s + PATIENCE_S
        )
        assert has_come, "the recording stopped"

    @contextmanager
    def control(self, seconds: float) -> Iterator[None]:
        """Play clicks `CONTROL_APART_MS` apart beside what is tested, in the right channel only.

        One long stream with two seconds in hand: changes in it come from the server or the
        recording, not from programs that open streams meanwhile.
        """
        click = np.sin(2 * np.pi * 2_000 * np.arange(480) / RATE) * np.geomspace(1, 0.05, 480)
        one = np.zeros((CONTROL_APART_MS * RATE // 1000, 2), "<i2")
        one[:480, 1] = click * 16_000
        clicks = np.tile(one, (round(seconds * 1000 / CONTROL_APART_MS), 1))
        tape = self.folder / "control.raw"
        tape.write_bytes(clicks.tobytes())
        form = ["--raw", "--rate=48000", "--channels=2", "--format=s16le", "--latency-msec=2000"]
        player = subprocess.Popen(["paplay", *form, tape], env=os.environ | self.environment)
        try:
            yield
        finally:
            player.kill()
            player.wait()

    def control_errors(self, from_ms: float, until_ms: float) -> Samples:
        """How far each click of the control was from its place among the others, in ms.

        Raises AssertionError where one is missing.
        """
        found = self.heard(from_ms, of_control=True).onsets()
        clicks = np.array([at for at in found if at < until_ms])
        expected = (until_ms - from_ms) / CONTROL_APART_MS
        assert abs(len(clicks) - expected) <= 1, f"{len(clicks)} of {expected:g} clicks"
        away = clicks - CONTROL_APART_MS * np.arange(len(clicks))
        return away - np.median(away)

    def heard(self, from_ms: float = 0.0, of_control: bool = False) -> Recording:
        """Everything that was recorded, or only what was from a moment on.

        It is the left channel, where the control is not; or the control by itself.

        The samples are tied to the clock by the chunk that came soonest after its
        last sample was made: later chunks were delayed on their way.
        """
        chunks = list(self._chunks)
        ends = np.cumsum([len(chunk) // 4 for _, chunk in chunks]) / RATE * 1000
        began_ms = float(np.min(np.array([moment for moment, _ in chunks]) - ends))
        skipped = max(0, round((from_ms - began_ms) * RATE / 1000))
        frames = np.frombuffer(b"".join(chunk for _, chunk in chunks), "<i2").reshape(-1, 2)
        both = frames[skipped:] / 32_768
        samples = both[:, 1] - both[:, 0] if of_control else both[:, 0]
        return Recording(samples, began_ms + skipped / RATE * 1000)


class PipeWireSink(Sink):
    """PipeWire with its PulseAudio side and a null sink, without a desktop."""

    name = "PipeWire"
    needed = (
        "pipewire",
        "pipewire-pulse",
        "wireplumber",
        "pw-play",
        "dbus-run-session",
        *NEEDED[1:],
    )

    @property
    def environment(self) -> dict[str, str]:
        """The variables that lead programs to this server only."""
        socket = self.folder / "pulse" / "native"
        folders = dict.fromkeys(("XDG_RUNTIME_DIR", "PIPEWIRE_RUNTIME_DIR"), str(self.folder))
        home = {"HOME": str(self.folder / "home"), "PULSE_SERVER": f"unix:{socket}"}
        return folders | home | {"PULSE_RUNTIME_PATH": str(self.folder / "pulse")}

    def _server_command(self) -> list[str]:
        # The other two need the first one's socket.
        is_up = f'test -S "{self.folder}/pipewire-0"'
        script = (
            f"pipewire & until {is_up}; do sleep 0.05; done; pipewire-pulse & wireplumber & wait"
        )
        return ["dbus-run-session", "--", "sh", "-c", script]

    def _is_ready(self, environment: Mapping[str, str]) -> bool:
        if not _told(environment, "set-default-sink", "ci"):
            _told(environment, "load-module", "module-null-sink", "sink_name=ci", "rate=48000")
            return False
        return _answer(environment, "get-default-sink") == "ci"

    def start(self) -> None:
        """Start the server and the recording. Raises NoServer."""
        super().start()
        # Until the session manager is up too, nothing that plays is led to the sink.
        if not until(self._hears):
            self.stop()
            raise NoServer(f"what was played on {self.name} was not heard in {PATIENCE_S:g} s")

    def _hears(self) -> bool:
        """Is a tone heard that is played now?"""
        before = len(self._chunks)
        tone = np.full((RATE // 10, 2), 8_000, "<i2").tobytes()
        player = ["paplay", "--raw", f"--rate={RATE}", "--channels=2", "--format=s16le"]
        subprocess.run(player, input=tone, env=os.environ | self.environment, check=False)
        return any(any(chunk) for _, chunk in self._chunks[before:])


def _told(environment: Mapping[str, str], *words: str) -> bool:
    return _answer(environment, *words) is not None


def _answer(environment: Mapping[str, str], *words: str) -> str | None:
    """What pactl says; None where it fails."""
    told = subprocess.run(["pactl", *words], env=environment, capture_output=True, text=True)
    return told.stdout.strip() if told.returncode == 0 else None


def matched(planned: Sequence[float], heard: Sequence[float]) -> list[float]:
    """How late each planned moment was heard, in milliseconds.

    Raises AssertionError when one is missing or there is one too many.
    """
    assert len(heard) == len(planned), _difference(planned, heard)
    return [there - here for here, there in zip(planned, heard, strict=True)]


def _difference(planned: Sequence[float], heard: Sequence[float]) -> str:
    missing = [at for at in planned if not any(abs(at - other) < 60 for other in heard)]
    extra = [at for at in heard if not any(abs(at - other) < 60 for other in planned)]
    origin = min([*planned, *heard], default=0.0)
    tell = [[round(at - origin) for at in moments] for moments in (missing, extra)]
    return f"{len(planned)} planned, {len(heard)} heard; missing at {tell[0]}, extra at {tell[1]}"
