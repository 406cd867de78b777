"""Reading what a terminal sends, even if it is not UTF-8.

Textual decodes strictly: one byte that is not UTF-8 (a Latin-1 é, an 8-bit control sequence, an
X10 mouse click far to the right) would end the program. Here such a byte is ignored, and so is
the whole of such a click, whose rest would look like keys.
"""

import os
import re
import select
import threading
from codecs import getincrementaldecoder
from collections.abc import Callable

from textual._xterm_parser import XTermParser
from textual.message import Message

LOOK_S = 0.1
"""The longest check of the keyboard: Escape is recognized by the pause after it."""

_OLD_MOUSE = re.compile(rb"\x1b\[M...", re.DOTALL)
_HALF_OLD_MOUSE = re.compile(rb"\x1b\[M.{0,2}\Z", re.DOTALL)


def without_old_mouse(data: bytes) -> tuple[bytes, bytes]:
    """The input without X10 mouse reports, and the beginning of an incomplete report.

    Such a report has a byte each for the button and the place, with 32 added. We ask for mouse
    events in the newer format, so nothing is lost.
    """
    data = _OLD_MOUSE.sub(b"", data)
    half = _HALF_OLD_MOUSE.search(data)
    return (data[: half.start()], half[0]) if half else (data, b"")


def read_input(
    keyboard: int, is_over: threading.Event, handle: Callable[[Message], None], *, debug: bool
) -> None:
    """Pass the input from that file descriptor to `handle`, until it `is_over`.

    Like Textual, it waits on at the end of the file.
    """
    parser = XTermParser(debug)
    decoder = getincrementaldecoder("utf-8")("ignore")
    rest = b""
    while not is_over.is_set():
        if select.select([keyboard], [], [], LOOK_S)[0]:
            data, rest = without_old_mouse(rest + os.read(keyboard, 4096))
            text = decoder.decode(data)
            for event in parser.feed(text) if text else ():
                handle(event)
        for event in parser.tick():
            handle(event)
