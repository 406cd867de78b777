"""The terminal left to another program for a while, such as an editor."""

import asyncio
import contextlib
import signal
from collections.abc import Iterator

from textual.app import App


@contextlib.contextmanager
def left_to_another(app: App[int]) -> Iterator[None]:
    """While it is open the terminal is as it was before the app, and Ctrl-C is not the app's.

    Raises SuspendNotSupported where the app cannot let go of the terminal.
    """
    loop = asyncio.get_running_loop()
    was_handled = False
    with contextlib.suppress(NotImplementedError):  # Windows
        # The loop would hear of a Ctrl-C meant for the other program, and end the app after it.
        was_handled = loop.remove_signal_handler(signal.SIGINT)
    try:
        with app.suspend():
            yield
    finally:
        if was_handled:
            # A turn of the loop later: it has yet to read of what was pressed meanwhile.
            loop.call_soon(loop.call_soon, _forward_interrupts, loop, app)


def _forward_interrupts(loop: asyncio.AbstractEventLoop, app: App[int]) -> None:
    loop.add_signal_handler(signal.SIGINT, lambda: _interrupt(app))


def _interrupt(app: App[int]) -> None:
    app.call_later(app.run_action, "app.interrupt")
