"""One speaker process, seen from the program: starting it, talking to it, ending it."""

import os
import subprocess
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
from uncramp.system.child_launch import end_child, start_child
from uncramp.system.line_messages import NotAMessage

Launch = Callable[[Sequence[str], Path | None], "subprocess.Popen[bytes]"]


_BIG_BLOCKS_GO_BACK = {"MALLOC_MMAP_THRESHOLD_": "1048576", "MALLOC_ARENA_MAX": "2"}
"""Makes glibc return large sounds to the system; otherwise it keeps a heap for each thread."""


def launched(
    order: Sequence[str], folder: Path | None, environment: Mapping[str, str] | None = None
) -> "subprocess.Popen[bytes]":
    """Start the speaker process. Its environment is the program's unless another is given."""
    arguments = ["--order", ",".join(order)]
    if folder is not None:
        arguments += ["--folder", str(folder)]
    given = os.environ if environment is None else environment
    return start_child("uncramp.audio.child", arguments, {**_BIG_BLOCKS_GO_BACK, **given})


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
        end_child(self._process)

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
