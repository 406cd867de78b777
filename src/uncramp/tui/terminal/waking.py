"""A call at a later moment, without a task and a message for each."""

import asyncio
from collections.abc import Callable

from textual.widget import Widget


def call_after(widget: Widget, wait_s: float, do: Callable[[], None]) -> asyncio.TimerHandle:
    """Have `do` called in so many seconds, if the widget is still there. It can be cancelled.

    `Widget.set_timer` does the same by a task, a message and a look at the signature of `do`:
    a third of what a second of counting down costs.
    """

    def call() -> None:
        if not widget.is_running:
            return
        try:
            do()
        except Exception as error:
            widget.app._handle_exception(error)

    return asyncio.get_running_loop().call_later(wait_s, call)
