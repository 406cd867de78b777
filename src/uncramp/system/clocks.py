"""The clocks of this machine. Everybody else is handed them, so that a test can hand others."""

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
    """Never set, may stop while the machine sleeps; the clock by which the player plays."""
    counting: Callable[[], float]
    """Never set, counts the machine's sleep; the same as `steady` where there is no such clock."""
    wall: Callable[[], float]
    """The time of day, since the epoch: for people to read, never to count by."""


def system_clocks() -> Clocks:
    """The clocks of this machine.

    Linux's monotonic clock stands still while the machine sleeps and its boottime
    clock goes on; of macOS's the same is said of `mach_absolute_time`, which Python
    reads, and CLOCK_MONOTONIC_RAW. Windows' monotonic clock counts sleep itself.
    """
    return Clocks(time.monotonic, lambda: counting_ms() / 1000, time.time)


def steady_ms() -> float:
    """Read the clock by which sounds are timed; it may stop while the machine sleeps."""
    return time.monotonic() * 1000


def counting_ms() -> float:
    """Read the clock that counts the machine's sleep; the steady one where there is no such."""
    if sys.platform == "win32" or _COUNTING_ID is None:
        return steady_ms()
    return time.clock_gettime(_COUNTING_ID) * 1000


def wait(seconds: float) -> None:
    """Wait; not at all where the time is past."""
    time.sleep(max(seconds, 0.0))


def minute_of_day(wall_s: float) -> int:
    """The minute of the day, 0 to 1439, at a time since the epoch, where the machine is."""
    local = time.localtime(wall_s)
    return local.tm_hour * 60 + local.tm_min


def time_of_day(wall_s: float) -> str:
    """The time of day at a time since the epoch, where the machine is: `03:04`."""
    return time.strftime("%H:%M", time.localtime(wall_s))


def date_and_time(wall_s: float) -> str:
    """Date and time at a time since the epoch, where the machine is: `2026-11-21 03:04:05`."""
    return time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(wall_s))


def file_stamp(wall_s: float) -> str:
    """A time since the epoch for the name of a file, in UTC, in order: `20261121-030405`."""
    return time.strftime("%Y%m%d-%H%M%S", time.gmtime(wall_s))
