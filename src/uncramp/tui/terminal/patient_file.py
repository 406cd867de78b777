"""The output of the full screen: it waits for a blocked terminal only during a run."""

import time
from contextlib import suppress
from typing import TextIO

from uncramp.system.terminal_output import PARTING_S, open_terminal, write_some

_LOOK_S = 0.25
_MOST_HELD = 16_384


class PatientFile:
    """A file for Textual's output thread. A person who leaves does not wait for the terminal."""

    encoding = "utf-8"

    def __init__(self, stream: TextIO, descriptor: int) -> None:
        """Write to the terminal of `stream` with `descriptor`, which does not block."""
        self._stream = stream
        self._descriptor = descriptor
        self._held: list[str] = []
        self._held_length = 0
        self._leave_at_s: float | None = None

    def enter(self) -> None:
        """The screen opens: wait for the terminal."""
        self._leave_at_s = None

    def leave(self) -> None:
        """The screen closes: drop what the terminal does not take soon."""
        self._leave_at_s = time.monotonic() + PARTING_S

    def write(self, text: str) -> int:
        """Write text; some of it may be held until the next `flush`."""
        self._held.append(text)
        self._held_length += len(text)
        if self._held_length > _MOST_HELD:
            self.flush()
        return len(text)

    def flush(self) -> None:
        """Write what is held, waiting for the terminal; nothing if that is gone."""
        data = "".join(self._held).encode("utf-8", "replace")
        self._held.clear()
        self._held_length = 0
        with suppress(OSError):
            while data := write_some(self._descriptor, data, _LOOK_S):
                if self._leave_at_s is not None and time.monotonic() > self._leave_at_s:
                    return

    def fileno(self) -> int:
        """The stream's own descriptor."""
        return self._stream.fileno()

    def isatty(self) -> bool:
        """True: it is a terminal."""
        return True


def patient_file(stream: TextIO | None) -> PatientFile | None:
    """A patient file on the terminal of `stream`; None if the stream has none."""
    descriptor = open_terminal(stream)
    return None if stream is None or descriptor is None else PatientFile(stream, descriptor)
