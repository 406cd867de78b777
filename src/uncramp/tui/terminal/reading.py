"""Reading what a terminal sends, even if it is not UTF-8, and sleeping until it does.

Textual decodes strictly: one byte that is not UTF-8 (a Latin-1 é, an 8-bit control sequence, an
X10 mouse click far to the right) would end the program. Here such a byte is ignored, and so is
the whole of such a click, whose rest would look like keys. Textual also checks ten times a
second whether a key was pressed, which costs more than a whole countdown. Here the thread
sleeps until there is one.
"""

import os
import re
import select
from codecs import getincrementaldecoder
from collections.abc import Callable

from textual._xterm_parser import XTermParser
from textual.constants import ESCAPE_DELAY
from textual.message import Message

from uncramp.tui.terminal.wake_event import WakeEvent

LOOK_S = 0.1
"""How long one look at the keyboard takes just after a key, in seconds."""

LOOKS = 2 + int(ESCAPE_DELAY / LOOK_S)
"""So many looks after a key: Escape is recognized by the pause after it."""

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
    keyboard: int, is_over: WakeEvent, handle: Callable[[Message], None], *, debug: bool
) -> None:
    """Pass the input from that file descriptor to `handle`, until it `is_over`.

    Like Textual, it waits on at the end of the file.
    """
    parser = XTermParser(debug)
    decoder = getincrementaldecoder("utf-8")("ignore")
    watched = [keyboard, is_over.ear]
    rest = b""
    looks = LOOKS
    while not is_over.is_set():
        if keyboard in select.select(watched, [], [], LOOK_S if looks else None)[0]:
            found = os.read(keyboard, 4096)
            if not found:
                # It would be found again at once, as long as it lasts.
                is_over.wait(LOOK_S)
            data, rest = without_old_mouse(rest + found)
            text = decoder.decode(data)
            for event in parser.feed(text) if text else ():
                handle(event)
            looks = LOOKS
        elif looks:
            looks -= 1
        for event in parser.tick():
            handle(event)
