"""Writing to standard output and standard error, wherever they lead."""

import errno
import os
import sys
from collections.abc import Iterable
from typing import TextIO

from uncramp.core.text.safe_text import shown_with_style
from uncramp.plain.line_wrap import Verbatim, wrapped


class OutputClosed(Exception):
    """Nobody reads the output any more: the pipe is broken, or the terminal is gone.

    A text says why it cannot be written, if the person should know.
    """


class Drawing(str):
    """One of the program's own lines with control codes, such as a picture for a terminal."""

    __slots__ = ()


def write(lines: Iterable[str]) -> None:
    """Write each line to standard output. Raises OutputClosed."""
    for line in lines:
        write_line(line, sys.stdout, flush=False)
    _flushed(sys.stdout)


def write_line(line: str, stream: TextIO | None, *, flush: bool = True) -> None:
    """Write one line, as far as the stream can encode it. Raises OutputClosed if nobody reads it.

    On a terminal it is wrapped at words, unless it is Verbatim. Control characters are written
    out, except in a Drawing, because a file can have any name.
    """
    if stream is None:
        return
    picture = sys.modules.get("uncramp.early_frame")
    if picture is not None:
        # What is written would vanish with it.
        picture.leave()
    try:
        stream.write(line_text(line, stream))
    except (OSError, ValueError) as error:
        raise output_closed_by(error) from None
    if flush:
        _flushed(stream)


def line_text(line: str, stream: TextIO) -> str:
    """What `write_line` writes for a line."""
    return for_stream(_as_text(line, stream), stream) + "\n"


def _as_text(line: str, stream: TextIO) -> str:
    if isinstance(line, Drawing):
        return line
    text = shown_with_style(line)
    if isinstance(line, Verbatim) or not stream.isatty():
        return text
    return wrapped(text, terminal_columns(stream))


def terminal_columns(stream: TextIO) -> int:
    """The width of the terminal that the stream writes to."""
    try:
        return os.get_terminal_size(stream.fileno()).columns or 80
    except (OSError, ValueError, AttributeError):
        import shutil

        return shutil.get_terminal_size().columns


def _flushed(stream: TextIO | None) -> None:
    try:
        if stream is not None:
            stream.flush()
    except (OSError, ValueError) as error:
        raise output_closed_by(error) from None


def output_closed_by(error: OSError | ValueError) -> OutputClosed:
    """Nobody reads any more, as `error` says it, or why nothing can be written."""
    # A closed terminal gives EIO, a closed stream ValueError.
    number = getattr(error, "errno", None)
    if number in (None, errno.EPIPE, errno.EIO, errno.EBADF):
        return OutputClosed()
    return OutputClosed(f"The output cannot be written: {os.strerror(number)}.")


def ring_bell() -> None:
    """Ring the bell of the terminal on standard output. Raises OutputClosed."""
    try:
        sys.stdout.write("\a")
    except (OSError, ValueError) as error:
        raise output_closed_by(error) from None
    _flushed(sys.stdout)


def complain(words: str) -> int:
    """Write to standard error what is wrong. Returns the exit status for it."""
    try:
        write_line(f"uncramp: {words}", sys.stderr)
    except OutputClosed:
        from uncramp.system.terminal_output import discard

        discard(sys.stderr)
    return 2


def discard_output(gone: OutputClosed) -> int:
    """Discard standard output, so that Python reports nothing when it exits. Returns 1."""
    if gone.args:
        complain(str(gone))
    from uncramp.system.terminal_output import discard

    discard(sys.stdout)
    return 1


def is_coloured(stream: TextIO | None) -> bool:
    """May output to the stream have colours?"""
    if stream is None or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return stream.isatty()


_ASCII = str.maketrans(
    {
        "\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2013": "-", "\u2014": "-",
        "\u2026": "...", "\u00b0": "degrees ", "\u00bd": "1/2", "\u00d7": "x", "\u00a0": " ",
    }
)  # fmt: skip


def for_stream(text: str, stream: TextIO) -> str:
    """The text as `stream` can encode it; nothing is raised or silently dropped."""
    encoding = stream.encoding or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        text = text.translate(_ASCII).encode(encoding, "replace").decode(encoding)
    return text
