"""Noticing a terminal that goes away without a signal, for a program that does not own it."""

import select
import sys
import threading
from collections.abc import Callable
from contextlib import suppress


def when_the_terminal_goes(do: Callable[[], None]) -> None:
    """Call `do`, in a separate thread, when the terminal on standard input is gone.

    Textual would read its end of file for ever. The thread sleeps until then. Only on Linux:
    other systems have no way to wait for this.
    """
    if sys.platform != "linux" or sys.stdin is None or not sys.stdin.isatty():
        return
    watch = select.poll()
    # No events are requested: a hangup is always reported.
    watch.register(sys.stdin.fileno(), 0)

    def wait() -> None:
        watch.poll()
        with suppress(RuntimeError):  # the program is already ending
            do()

    threading.Thread(target=wait, name="hang-up", daemon=True).start()
