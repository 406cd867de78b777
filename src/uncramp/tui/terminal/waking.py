"""A call at a later moment, without a task and a message for each."""

import asyncio
from collections.abc import Callable

from textual.widget import Widget


def call_after(widget: Widget, wait_s: float, do: Callable[[], None]) -> asyncio.TimerHandle:
    """Call `do` in `wait_s` seconds, if the widget is still there. It can be cancelled.

    `Widget.set_timer` does the same with a task, a message and an inspection of `do`:
    a third of the cost of each second of a countdown.
    """

    def call() -> None:
        if not widget.is_running:
            return
        try:
            do()
        except Exception as error:
            widget.app._handle_exception(error)

    return asyncio.get_running_loop().call_later(wait_s, call)
