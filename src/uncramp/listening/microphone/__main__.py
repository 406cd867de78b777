"""The listening process, `python -m uncramp.listening.microphone`: reports two claps.

Standard output has one message a line (`uncramp.listening.messages`). It ends when its standard
input or its parent does, or when its parent is stopped. What is heard is looked at block by block
and forgotten.
"""

import argparse
import os
import queue
import sys
import threading
from array import array
from collections.abc import Callable
from contextlib import suppress

from uncramp.core.claps.detector import RATE_HZ, ClapDetector
from uncramp.listening.messages import (
    Cannot,
    FromEar,
    Level,
    Opened,
    ProgramStopped,
    Silent,
    encode,
)
from uncramp.listening.microphone.capture import NoMicrophone, open_microphone
from uncramp.listening.microphone.meter import Meter
from uncramp.listening.microphone.sample_clock import SampleClock
from uncramp.system.child_process import (
    end_with_parent,
    is_parent_stopped,
    keep_output,
    leave_out_heavy_modules,
)
from uncramp.system.clocks import steady_ms

SILENT_MS = 5_000.0
"""Even a quiet room has noise: if only zeros come for this long, nothing is heard."""
STALLED_S = 5.0
"""A microphone that hands nothing over for this long is gone."""
LOOKS_EVERY_MS = 500.0
"""While samples come, it looks so often whether the program is stopped: nobody listens then."""

Came = queue.SimpleQueue[tuple[float, bytes]]
"""What the microphone has handed over, and when."""


class Listener:
    """Looks at what the microphone hands over, and tells what the program needs."""

    def __init__(self, *, tells_level: bool) -> None:
        """Nothing was heard yet."""
        self._detector = ClapDetector()
        self._clock = SampleClock(RATE_HZ)
        self._meter = Meter() if tells_level else None
        self._begun_ms: float | None = None
        self._has_heard = self._is_silent = False

    def hear(self, data: bytes, now_ms: float) -> list[FromEar]:
        """Take samples that came at `now_ms` of the steady clock; what there is to tell."""
        samples = array("h", data)
        self._clock.take(now_ms, len(samples))
        pairs, began_ms = self._detector.hear(samples), self._clock.began_ms
        told: list[FromEar] = [pair.moved(began_ms) for pair in pairs]
        if self._meter is not None:
            level = self._meter.take(self._detector.level_db, now_ms)
            if level is not None:
                told.append(Level(level))
        told += self._silence(data, now_ms)
        return told

    def _silence(self, data: bytes, now_ms: float) -> list[FromEar]:
        """Whether only zeros have come so far, if that is news; later a filter may make them."""
        if self._begun_ms is None:
            self._begun_ms = now_ms
        self._has_heard = self._has_heard or any(data)
        is_silent = not self._has_heard and now_ms - self._begun_ms >= SILENT_MS
        if is_silent == self._is_silent:
            return []
        self._is_silent = is_silent
        return [Silent(is_silent)]


def main() -> None:
    """Listen until standard input ends."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--level", action="store_true")
    arguments = parser.parse_args()
    leave_out_heavy_modules()
    out = keep_output()
    if sys.platform != "win32":
        # If the program is stopped, what it does not read is dropped.
        os.set_blocking(out.fileno(), False)
    end_with_parent()
    threading.Thread(target=_end_with_input, daemon=True).start()

    def say(message: FromEar) -> None:
        with suppress(OSError):
            out.write(encode(message))

    came: Came = queue.SimpleQueue()
    try:
        microphone = open_microphone(lambda data: came.put((steady_ms(), bytes(data))))
    except NoMicrophone as problem:
        say(Cannot(str(problem)))
        return
    opened = Opened(microphone.system, microphone.names)
    say(listen(Listener(tells_level=arguments.level), came, opened, say))
    # Exit at once, with the microphone: no thread of a sound library may delay it.
    os._exit(0)


def listen(
    listener: Listener,
    came: Came,
    opened: Opened,
    say: Callable[[FromEar], None],
    is_stopped: Callable[[], bool] = is_parent_stopped,
) -> FromEar:
    """Tell what is heard, beginning with `opened`. Returns why it has ended."""
    looked_ms: float | None = None
    while True:
        try:
            now_ms, data = came.get(timeout=STALLED_S)
        except queue.Empty:
            return Cannot("the microphone hands nothing over any more.")
        if looked_ms is None:
            say(opened)
        if looked_ms is None or now_ms - looked_ms >= LOOKS_EVERY_MS:
            looked_ms = now_ms
            if is_stopped():
                return ProgramStopped()
        for message in listener.hear(data, now_ms):
            say(message)


def _end_with_input() -> None:
    with suppress(OSError):
        while os.read(0, 4_096):
            pass
    os._exit(0)


if __name__ == "__main__":
    main()
