"""Writing to standard output and standard error, wherever they lead."""

import contextlib
import errno
import os
import sys
from collections.abc import Iterable
from typing import TextIO

from uncramp.core.text.safe_text import shown_with_style
from uncramp.plain.run_lines import for_stream


class Gone(Exception):
    """Nobody reads what is written any more: the pipe is broken, or the terminal is gone.

    With a text: it cannot be written for a reason that the person should know.
    """


class Drawing(str):
    """A line of the program's own that holds control codes, such as a picture for a terminal."""

    __slots__ = ()


def write(lines: Iterable[str]) -> None:
    """Write each line to standard output. Raises Gone where nobody reads it."""
    for line in lines:
        write_line(line, sys.stdout, flush=False)
    _flushed(sys.stdout)


def write_line(line: str, stream: TextIO | None, *, flush: bool = True) -> None:
    """Write one line, as far as the stream can encode it. Raises Gone where nobody reads it.

    Control characters in it are written out, a Drawing aside: a file may have any name.
    """
    if stream is None:
        return
    try:
        text = line if isinstance(line, Drawing) else shown_with_style(line)
        stream.write(for_stream(text, stream) + "\n")
    except (OSError, ValueError) as error:
        raise _gone(error) from None
    if flush:
        _flushed(stream)


def _flushed(stream: TextIO | None) -> None:
    try:
        if stream is not None:
            stream.flush()
    except (OSError, ValueError) as error:
        raise _gone(error) from None


def _gone(error: OSError | ValueError) -> Gone:
    # A terminal that is closed says EIO; ValueError is a stream that is closed.
    number = getattr(error, "errno", None)
    if number in (None, errno.EPIPE, errno.EIO, errno.EBADF):
        return Gone()
    return Gone(f"The output cannot be written: {os.strerror(number)}.")


def ring_bell() -> None:
    """Ring the bell of the terminal that standard output is. Raises Gone where nobody reads it."""
    try:
        sys.stdout.write("\a")
    except (OSError, ValueError) as error:
        raise _gone(error) from None
    _flushed(sys.stdout)


def complain(words: str) -> int:
    """Say on standard error what is wrong. Returns the exit status that goes with it."""
    with contextlib.suppress(Gone):
        write_line(f"uncramp: {words}", sys.stderr)
    return 2


def leave_output(gone: Gone) -> int:
    """Leave standard output to nobody, so that Python says nothing at its exit. Returns 1."""
    if gone.args:
        complain(str(gone))
    with contextlib.suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    return 1


def is_coloured(stream: TextIO | None) -> bool:
    """May what is written there have colours?"""
    if stream is None or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return stream.isatty()
