"""One speaker process, seen from the program: starting it, talking to it, ending it."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from uncramp.audio.messages import (
    Acknowledged,
    FromSpeaker,
    ToSpeaker,
    decode_from_speaker,
    encode,
)
from uncramp.system.line_messages import NotAMessage

Launch = Callable[[Sequence[str], Path | None], "subprocess.Popen[bytes]"]


_BIG_BLOCKS_GO_BACK = {"MALLOC_MMAP_THRESHOLD_": "1048576", "MALLOC_ARENA_MAX": "2"}
"""Makes glibc return large sounds to the system; otherwise it keeps a heap for each thread."""


def launched(
    order: Sequence[str], folder: Path | None, environment: Mapping[str, str] | None = None
) -> "subprocess.Popen[bytes]":
    """Start the speaker process, in its own session so that it can be ended with its players.

    Its environment is the program's unless another is given. Its standard error is discarded:
    what C libraries write there would appear on the screen.
    """
    # -P: a file of the same name in the current folder must not be run instead.
    command = [sys.executable, "-P", "-m", "uncramp.audio.child", "--order", ",".join(order)]
    if folder is not None:
        command += ["--folder", str(folder)]
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**_BIG_BLOCKS_GO_BACK, **(os.environ if environment is None else environment)},
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


class SpeakerProcess:
    """A running speaker process, and the messages that it has not acknowledged yet."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        """Take a process that was just started."""
        self._process = process
        self._sent = 0
        self._taken = 0
        self.has_spoken = False
        """Has it sent anything yet?"""

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    @property
    def is_awaited(self) -> bool:
        """Is a message to it not yet acknowledged?"""
        return self._taken < self._sent

    def listen(
        self,
        on_message: Callable[["SpeakerProcess", FromSpeaker], None],
        on_end: Callable[["SpeakerProcess"], None],
    ) -> None:
        """Pass on its messages, and in the end that it ended, in a separate thread."""
        threading.Thread(target=self._listen, args=(on_message, on_end), daemon=True).start()

    def send(self, message: ToSpeaker) -> None:
        """Send it a message. If it is gone, the listener notices."""
        assert self._process.stdin is not None
        self._sent += 1
        with suppress(OSError, ValueError):
            self._process.stdin.write(encode(message))
            self._process.stdin.flush()

    def note(self, message: FromSpeaker) -> None:
        """Take note of a message from it."""
        self.has_spoken = True
        if isinstance(message, Acknowledged):
            self._taken = message.messages

    def ends_within(self, seconds: float) -> bool:
        """Wait for its end. Returns whether it ended in time."""
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def end(self) -> None:
        """End it and every player that it started."""
        process = self._process
        # It keeps its id until it is waited for, even if it is dead and its players are not.
        if process.returncode is None:
            with suppress(OSError):
                if sys.platform == "win32":
                    process.kill()
                else:
                    os.killpg(process.pid, signal.SIGKILL)
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError, ValueError):
                    pipe.close()
        self.ends_within(2)

    def _listen(
        self,
        on_message: Callable[["SpeakerProcess", FromSpeaker], None],
        on_end: Callable[["SpeakerProcess"], None],
    ) -> None:
        assert self._process.stdout is not None
        with suppress(OSError, ValueError):
            for line in self._process.stdout:
                with suppress(NotAMessage):
                    on_message(self, decode_from_speaker(line))
        on_end(self)
