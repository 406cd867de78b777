"""One listening process, seen from the program: starting it, reading it, ending it."""

import os
import subprocess
from collections.abc import Callable
from contextlib import suppress

from uncramp.listening.messages import FromEar, decode
from uncramp.system.child_launch import end_child, start_child
from uncramp.system.line_messages import NotAMessage

LONGEST_LINE = 4_096
"""The most bytes that are kept of a line that has not ended."""

Launch = Callable[[bool], "subprocess.Popen[bytes]"]
"""Starts a process; the argument says whether it reports how loud it is."""


def launched(tells_level: bool) -> "subprocess.Popen[bytes]":
    """Start the listening process. Raises OSError."""
    return start_child("uncramp.listening.microphone", ["--level"] if tells_level else [])


class EarProcess:
    """A listening process that was started."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        """Take a process that was just started, with pipes for its input and output."""
        self._process = process
        assert process.stdout is not None
        self.descriptor = process.stdout.fileno()
        """Becomes readable with each message, and when the process ends."""
        self._rest = b""

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    def read(self) -> list[FromEar] | None:
        """The messages that came; None at its end. Waits if nothing came.

        What is no message is left out.
        """
        try:
            data = os.read(self.descriptor, 65_536)
        except OSError:
            data = b""
        if not data:
            return None
        *lines, rest = (self._rest + data).split(b"\n")
        self._rest = rest[:LONGEST_LINE]
        messages: list[FromEar] = []
        for line in lines:
            with suppress(NotAMessage):
                messages.append(decode(line))
        return messages

    def end(self) -> None:
        """End it, with the microphone."""
        end_child(self._process)
