"""Lines of a run on a terminal that may take none: the run and its sound go on all the same."""

import os
from contextlib import suppress
from typing import TextIO

from uncramp.core.text.suggestions import counted
from uncramp.plain.output import line_text, output_closed_by, write_line
from uncramp.system.terminal_output import open_terminal, write_some


class LiveLines:
    """Writes lines to a stream. A terminal that is held, or unread, loses them."""

    def __init__(self, stream: TextIO | None) -> None:
        """Write to `stream`; one that is no terminal is waited for."""
        self._stream = stream
        self._descriptor = open_terminal(stream)
        self._rest = b""
        """What the terminal has not taken yet of a line that it has begun to take."""
        self._dropped = 0

    def write(self, line: str, within_s: float = 0.0) -> None:
        """Write a line, or drop it where the terminal takes nothing for `within_s`.

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
        """Give back the descriptor; later lines are waited for."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            with suppress(OSError):
                os.close(descriptor)

    def _encoded(self, line: str) -> bytes:
        assert self._stream is not None
        return line_text(line, self._stream).encode(self._stream.encoding or "utf-8", "replace")
