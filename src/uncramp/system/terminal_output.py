"""Writing to a terminal through our own descriptor, on which no write blocks.

A terminal takes nothing while Ctrl-S stops it, or if nobody reads the other end. The descriptor
is our own, because making the shell's one non-blocking would change the shell's too.
"""

import os
import select
import sys
from contextlib import suppress
from typing import TextIO

PARTING_S = 1.0
"""How long a blocked terminal is given for the program's last words."""


def open_terminal(stream: TextIO | None) -> int | None:
    """A descriptor of the terminal that `stream` writes to; None if there is none."""
    if stream is None or sys.platform == "win32":
        return None
    found: int | None = None
    try:
        if not stream.isatty():
            return None
        theirs = stream.fileno()
        found = os.open(os.ttyname(theirs), os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK)
        # In a container the name can belong to another terminal.
        if os.fstat(found).st_rdev == os.fstat(theirs).st_rdev:
            return found
    except (OSError, ValueError):
        pass
    if found is not None:
        os.close(found)
    return None


def write_some(descriptor: int, data: bytes, within_s: float) -> bytes:
    """Write what the terminal takes, waiting at most `within_s`. Returns the rest.

    Raises OSError if the terminal is gone.
    """
    while data:
        with suppress(BlockingIOError):
            data = data[os.write(descriptor, data) :]
            continue
        if not select.select((), (descriptor,), (), within_s)[1]:
            return data
    return b""


def takes_some(descriptor: int) -> bool:
    """Would the terminal take a byte at once?"""
    if sys.platform == "win32":
        return True
    try:
        return bool(select.select((), (descriptor,), (), 0)[1])
    except (OSError, ValueError):
        return True


def write_in_parting(text: str, stream: TextIO | None) -> None:
    """Write the last words of a program to `stream`, as far as it takes them. Never raises."""
    if stream is None:
        return
    descriptor = open_terminal(stream)
    if descriptor is None:
        try:
            stream.write(text)
            stream.flush()
        except (OSError, ValueError):
            discard(stream)
        return
    with suppress(OSError, ValueError):
        write_some(descriptor, text.encode(stream.encoding or "utf-8", "replace"), PARTING_S)
    os.close(descriptor)


def discard(stream: TextIO) -> None:
    """Let all that is still to be written to a standard stream go nowhere. Never raises.

    Otherwise Python fails once more when it exits, and ends with a status of its own.
    """
    with suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
