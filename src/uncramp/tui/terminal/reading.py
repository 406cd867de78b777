"""Reading what a terminal sends, whatever bytes those are.

Textual's own loop decodes strictly: one byte that is not UTF-8 (a Latin-1 é, an 8-bit
control sequence, an old mouse's click far to the right) would end the program. Here such a
byte is passed over, and so is the whole of such a click: the rest of it would be keys.
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
"""How long one look at the keyboard takes, at most: Escape is told by what does not follow it."""

_OLD_MOUSE = re.compile(rb"\x1b\[M...", re.DOTALL)
_HALF_OLD_MOUSE = re.compile(rb"\x1b\[M.{0,2}\Z", re.DOTALL)


def without_old_mouse(data: bytes) -> tuple[bytes, bytes]:
    """What was sent without the mouse as X10 tells it, and the beginning of such a report.

    The button and the place are a byte each, with 32 added to it. We ask for the mouse in
    the newer way, so nothing is lost.
    """
    data = _OLD_MOUSE.sub(b"", data)
    half = _HALF_OLD_MOUSE.search(data)
    return (data[: half.start()], half[0]) if half else (data, b"")


def read_input(
    keyboard: int, is_over: threading.Event, handle: Callable[[Message], None], *, debug: bool
) -> None:
    """Hand what comes from the file of that number to `handle`, until it `is_over`.

    The end of the file is no end: Textual, too, waits on.
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
