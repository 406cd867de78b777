"""A terminal that goes away without a signal, as it does for a program that does not own it."""

import select
import sys
import threading
from collections.abc import Callable
from contextlib import suppress


def when_the_terminal_goes(do: Callable[[], None]) -> None:
    """Have `do` called, by a thread of its own, when the terminal on standard input is gone.

    Textual would go on reading its end of file for ever. The thread sleeps until then.
    Only on Linux: elsewhere a terminal cannot be waited for in this way.
    """
    if sys.platform != "linux" or sys.stdin is None or not sys.stdin.isatty():
        return
    watch = select.poll()
    # Nothing is asked for: that it hung up is told all the same.
    watch.register(sys.stdin.fileno(), 0)

    def wait() -> None:
        watch.poll()
        with suppress(RuntimeError):  # the program is on its way out already
            do()

    threading.Thread(target=wait, name="hang-up", daemon=True).start()
