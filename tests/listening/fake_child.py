"""A listening process that tells what a test wants, through a real pipe."""

import os
import subprocess
from typing import Any, cast

from uncramp.core.claps.detector import ClapPair
from uncramp.listening.messages import FromEar, Opened, encode

OPENED = Opened("PulseAudio", ("Built-in Audio", "Headset"))


class FakeChild:
    """As `subprocess.Popen` starts one; it has ended for all who ask, so nothing is killed."""

    pid = 0
    returncode = 0

    def __init__(self) -> None:
        reading, self.writing = os.pipe()
        self.stdin = None
        self.stdout = os.fdopen(reading, "rb", buffering=0)
        self.waits = 0

    def wait(self, timeout: float | None = None) -> int:
        self.waits += 1
        return 0

    def write(self, data: bytes) -> None:
        os.write(self.writing, data)

    def tell(self, *messages: FromEar) -> None:
        self.write(b"".join(map(encode, messages)))

    def clap(self, second_ms: float, gap_ms: float = 300.0, *like_them_ms: float) -> None:
        self.tell(ClapPair(second_ms - gap_ms, second_ms, like_them_ms, like_them_ms))

    def open(self) -> None:
        self.tell(OPENED)

    def die(self) -> None:
        os.close(self.writing)
        self.writing = -1

    @property
    def is_closed(self) -> bool:
        """Has the program ended this process?"""
        return self.stdout.closed and self.waits > 0


class FakeChildren:
    """Starts fake processes, and remembers them."""

    def __init__(self) -> None:
        self.started: list[FakeChild] = []
        self.tells_level: list[bool] = []
        self.refusal: OSError | None = None

    def launch(self, tells_level: bool) -> "subprocess.Popen[bytes]":
        if self.refusal is not None:
            raise self.refusal
        self.tells_level.append(tells_level)
        self.started.append(FakeChild())
        return cast("subprocess.Popen[bytes]", cast(Any, self.started[-1]))

    @property
    def last(self) -> FakeChild:
        return self.started[-1]
