"""Writing a run's lines to a terminal that may be blocked: the run goes on anyway."""

import os
from contextlib import suppress
from typing import TextIO

from uncramp.core.text.suggestions import counted
from uncramp.plain.output import line_text, output_closed_by, write_line
from uncramp.system.terminal_output import open_terminal, write_some


class LiveLines:
    """Writes lines to a stream. They are lost if a terminal is stopped or unread."""

    def __init__(self, stream: TextIO | None) -> None:
        """Write to `stream`; if it is not a terminal, writing waits."""
        self._stream = stream
        self._descriptor = open_terminal(stream)
        self._rest = b""
        """The rest of a line that the terminal has taken in part."""
        self._dropped = 0

    def write(self, line: str, within_s: float = 0.0) -> None:
        """Write a line, or drop it if the terminal takes nothing for `within_s`.

        Raises OutputClosed if nobody reads it.
        """
        if self._descriptor is None or self._stream is None:
            write_line(line, self._stream)
            return
        try:
            if self._rest:
                self._rest = write_some(self._descriptor, self._rest, within_s)
            if self._rest:
                self._dropped += 1
                return
            data = self._encoded(line)
            if self._dropped:
                words = f"({counted(self._dropped, 'line')} left out: the terminal was held.)"
                data = self._encoded(words) + data
            rest = write_some(self._descriptor, data, within_s)
        except OSError as error:
            raise output_closed_by(error) from None
        if rest == data:
            self._dropped += 1
        else:
            self._rest, self._dropped = rest, 0

    def close(self) -> None:
        """Close the descriptor; writing later lines waits."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            with suppress(OSError):
                os.close(descriptor)

    def _encoded(self, line: str) -> bytes:
        assert self._stream is not None
        return line_text(line, self._stream).encode(self._stream.encoding or "utf-8", "replace")
