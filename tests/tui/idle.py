"""Waiting until the full screen has nothing to do, on a machine of any speed.

Textual's own wait watches the processor time of the process: on a busy machine a program that
waits for its turn looks idle, and a test goes on too early. This one asks the event loop.
"""

import asyncio
from asyncio import TimerHandle
from collections.abc import Sized
from typing import cast

SOON_S = 0.04
"""A timer that is due within this time is waited for: a screen that changed is drawn at the second
of its 60 ticks a second at the latest."""
MOST_VAIN = 5
"""So often timers that bring about nothing are waited for: in an app that is over they go on, and
do nothing."""
PATIENCE_S = 20.0
"""Something that never rests does not stop a test."""


async def wait_for_idle(min_sleep: float = 0.0, max_sleep: float = PATIENCE_S) -> None:
    """Wait until nothing is ready to run, and no timer is due soon.

    Args:
        min_sleep: nothing; Textual calls its own function with it.
        max_sleep: the longest wait in seconds.
    """
    loop = asyncio.get_running_loop()
    end = loop.time() + max_sleep
    vain = 0
    while loop.time() < end:
        await asyncio.sleep(0)
        # asyncio has no public way to ask for these two.
        if cast(Sized, vars(loop)["_ready"]):
            vain = 0
            continue
        timers = cast(list[TimerHandle], vars(loop)["_scheduled"])
        now = loop.time()
        moments = [timer.when() for timer in timers if not timer.cancelled()]
        soon = [moment for moment in moments if moment <= now + SOON_S]
        if not soon or vain == MOST_VAIN:
            return
        # For all of them: on a busy machine several are due at once, and one may be a resize.
        await asyncio.sleep(max(soon) - now)
        vain += 1
