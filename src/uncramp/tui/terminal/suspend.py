"""Giving the terminal to another program for a while, such as an editor."""

import asyncio
import contextlib
import signal
from collections.abc import Iterator

from textual.app import App


@contextlib.contextmanager
def left_to_another(app: App[int]) -> Iterator[None]:
    """Restore the terminal as it was before the app; Ctrl-C goes to the other program.

    Raises SuspendNotSupported if the app cannot release the terminal.
    """
    loop = asyncio.get_running_loop()
    was_handled = False
    with contextlib.suppress(NotImplementedError):  # Windows
        # Otherwise a Ctrl-C for the other program would end the app afterwards.
        was_handled = loop.remove_signal_handler(signal.SIGINT)
    try:
        with app.suspend():
            yield
    finally:
        if was_handled:
            # One iteration later: the loop must first read what was pressed meanwhile.
            loop.call_soon(loop.call_soon, _forward_interrupts, loop, app)


def _forward_interrupts(loop: asyncio.AbstractEventLoop, app: App[int]) -> None:
    loop.add_signal_handler(signal.SIGINT, lambda: _interrupt(app))


def _interrupt(app: App[int]) -> None:
    app.call_later(app.run_action, "app.interrupt")
