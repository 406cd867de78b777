"""How late a backend plays: measured by recording what leaves this machine.

PulseAudio and PipeWire can record what they play: a few ticks are played and found again in the
recording. A delay in the speaker, such as that of Bluetooth, is not included.
"""

import os
import shutil
import statistics
import subprocess
import sys
import threading
from array import array
from collections.abc import Sequence
from contextlib import suppress
from itertools import pairwise
from typing import Self

from uncramp.audio.lateness import NEAREST_MS
from uncramp.core.lazy.dataclass import dataclass
from uncramp.system.clocks import steady_ms, wait
from uncramp.system.os_errors import reason_of

RATE = 48_000
AUDIBLE = 300
"""A sample above this, of 32,768, is part of a sound."""
QUIET_MS = 60.0
"""A sound begins only after so much silence."""
LARGEST_SPREAD_MS = 40.0
_RECORDER = ("--raw", "--format=s16le", f"--rate={RATE}", "--channels=1", "--latency-msec=5")


@dataclass(frozen=True, slots=True)
class MeasuredLateness:
    """How late the sounds of a backend were, in milliseconds."""

    median_ms: float
    spread_ms: float
    """From the earliest to the latest sound."""
    heard: int
    played: int


class CannotRecord(Exception):
    """What this machine plays cannot be recorded; the words say why."""


class Recording:
    """A recording of what the sound server plays."""

    def __init__(self) -> None:
        """Record nothing yet."""
        self._chunks: list[tuple[float, bytes]] = []
        self._recorder: subprocess.Popen[bytes] | None = None
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        program = shutil.which("parec")
        if program is None:
            raise CannotRecord("parec, which records what is played, is not installed")
        try:
            self._recorder = subprocess.Popen(
                [program, "-d", "@DEFAULT_MONITOR@", *_RECORDER],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except OSError as problem:
            raise CannotRecord(f"parec cannot be started: {reason_of(problem)}") from problem
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._recorder is None or self._thread is None:
            return
        self._recorder.kill()
        self._recorder.wait()
        self._thread.join()
        if self._recorder.stdout is not None:
            self._recorder.stdout.close()

    def onsets(self) -> list[float]:
        """When each sound began, in milliseconds of the steady clock. Raises CannotRecord."""
        chunks = list(self._chunks)
        if not chunks:
            raise CannotRecord("the sound server does not let its output be recorded")
        samples = array("h")
        began_ms = float("inf")
        for arrived_ms, chunk in chunks:
            samples.frombytes(chunk)
            # The chunk that came soonest after its last sample ties the samples to the clock.
            began_ms = min(began_ms, arrived_ms - len(samples) / RATE * 1000)
        if sys.byteorder == "big":
            samples.byteswap()
        return [began_ms + at for at in sounds_in(samples)]

    def _listen(self) -> None:
        assert self._recorder is not None and self._recorder.stdout is not None
        ear, rest = self._recorder.stdout.fileno(), b""
        with suppress(OSError, ValueError):
            while chunk := os.read(ear, 65_536):
                chunk = rest + chunk
                whole = len(chunk) // 2 * 2
                rest = chunk[whole:]
                self._chunks.append((steady_ms(), chunk[:whole]))


def sounds_in(samples: Sequence[int]) -> list[float]:
    """When each sound begins in a recording, in milliseconds from its first sample."""
    loud = [at for at, sample in enumerate(samples) if abs(sample) > AUDIBLE]
    gap = QUIET_MS * RATE / 1000
    begun = loud[:1] + [later for sooner, later in pairwise(loud) if later - sooner > gap]
    return [at / RATE * 1000 for at in begun]


def lateness_of(planned_ms: Sequence[float], heard_ms: Sequence[float]) -> MeasuredLateness:
    """How late the sounds were, by comparing what was planned and heard. Raises CannotRecord."""
    away = [
        min((heard - planned for heard in heard_ms), key=abs, default=float("inf"))
        for planned in planned_ms
    ]
    found = [ms for ms in away if abs(ms) <= NEAREST_MS]
    if len(found) < max(2, len(planned_ms) * 2 // 3):
        raise CannotRecord("the sound that was played could not be found in the recording")
    if len(heard_ms) > len(planned_ms):
        raise CannotRecord("another program is playing something; stop it and try again")
    spread_ms = max(found) - min(found)
    if spread_ms > LARGEST_SPREAD_MS:
        raise CannotRecord(f"the sounds were {spread_ms:.0f} ms apart; this machine is too busy")
    return MeasuredLateness(statistics.median(found), spread_ms, len(found), len(planned_ms))


def wait_until(moment_ms: float) -> None:
    """Wait until a moment of the steady clock."""
    wait((moment_ms - steady_ms()) / 1000)
