"""The two clocks of the speaker, in milliseconds; parent and child read the same ones."""

import sys
import time

_COUNTING_ID = getattr(
    time, {"linux": "CLOCK_BOOTTIME", "darwin": "CLOCK_MONOTONIC_RAW"}.get(sys.platform, ""), None
)


def steady_ms() -> float:
    """Read the clock by which sounds are timed; it may stop while the machine sleeps."""
    return time.monotonic() * 1000


def counting_ms() -> float:
    """Read the clock that counts the machine's sleep; the steady one where there is none such."""
    return steady_ms() if _COUNTING_ID is None else time.clock_gettime(_COUNTING_ID) * 1000
