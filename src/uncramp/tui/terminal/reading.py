"""Reading what a terminal sends, whatever bytes those are.

Textual's own loop decodes strictly: one byte that is not UTF-8 (a Latin-1 é, an 8-bit
control sequence, an old mouse's click far to the right) would end the program. Here such a
byte is passed over.
"""

import os
import select
import threading
from codecs import getincrementaldecoder
from collections.abc import Callable

from textual._xterm_parser import XTermParser
from textual.message import Message

LOOK_S = 0.1
"""How long one look at the keyboard takes, at most: Escape is told by what does not follow it."""


def read_input(
    keyboard: int, is_over: threading.Event, handle: Callable[[Message], None], *, debug: bool
) -> None:
    """Hand what comes from the file of that number to `handle`, until it `is_over`.

    The end of the file is no end: Textual, too, waits on.
    """
    parser = XTermParser(debug)
    decoder = getincrementaldecoder("utf-8")("ignore")
    while not is_over.is_set():
        if select.select([keyboard], [], [], LOOK_S)[0]:
            text = decoder.decode(os.read(keyboard, 4096))
            for event in parser.feed(text) if text else ():
                handle(event)
        for event in parser.tick():
            handle(event)
