"""The clocks of this machine. Others get them as a value, so that a test can pass its own."""

import sys
import time
from collections.abc import Callable

from uncramp.core.lazy.dataclass import dataclass

_COUNTING_ID = getattr(
    time, {"linux": "CLOCK_BOOTTIME", "darwin": "CLOCK_MONOTONIC_RAW"}.get(sys.platform, ""), None
)


@dataclass(frozen=True, slots=True)
class Clocks:
    """The clocks of a machine, in seconds."""

    steady: Callable[[], float]
    """Never set, may stop while the machine sleeps; the player's clock."""
    counting: Callable[[], float]
    """Never set, runs while the machine sleeps; the same as `steady` if there is no such clock."""
    wall: Callable[[], float]
    """The time since the epoch, which may be set: only for people to read."""


def system_clocks() -> Clocks:
    """The clocks of this machine.

    Linux's monotonic clock stops while the machine sleeps, and its boottime clock goes on. On
    macOS this is documented for `mach_absolute_time`, which Python reads, and
    CLOCK_MONOTONIC_RAW. Windows' monotonic clock includes sleep.
    """
    return Clocks(time.monotonic, lambda: counting_ms() / 1000, time.time)


def steady_ms() -> float:
    """Read the clock that times sounds; it may stop while the machine sleeps."""
    return time.monotonic() * 1000


def counting_ms() -> float:
    """Read the clock that runs while the machine sleeps; the steady one if there is none."""
    if sys.platform == "win32" or _COUNTING_ID is None:
        return steady_ms()
    return time.clock_gettime(_COUNTING_ID) * 1000


def wait(seconds: float) -> None:
    """Wait; return at once for a negative time."""
    time.sleep(max(seconds, 0.0))


def minute_of_day(wall_s: float) -> int:
    """The local minute of the day, 0 to 1439, at a time since the epoch."""
    local = time.localtime(wall_s)
    return local.tm_hour * 60 + local.tm_min


def time_of_day(wall_s: float) -> str:
    """The local time of day at a time since the epoch: `03:04`."""
    return time.strftime("%H:%M", time.localtime(wall_s))


def date_and_time(wall_s: float) -> str:
    """The local date and time at a time since the epoch: `2026-11-21 03:04:05`."""
    return time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(wall_s))


def file_stamp(wall_s: float) -> str:
    """A time since the epoch for a file name, in UTC, sortable: `20261121-030405`."""
    return time.strftime("%Y%m%d-%H%M%S", time.gmtime(wall_s))
