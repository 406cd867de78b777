"""Decodes one sound in a separate process: `python -m uncramp.audio.samples.decode`.

Standard input is the file, standard output the samples: 16 bits, two channels, 48 kHz. The
decoders are written in C: a damaged or malicious file can crash the process that runs them, or
make it use up all memory. Here that ends nothing else.
"""

import os
import sys
from contextlib import suppress
from importlib import import_module
from typing import Any

from uncramp.system.child_process import leave_out_heavy_modules

RATE, CHANNELS = 48_000, 2
NO_LIBRARY, NO_SOUND = 3, 4
"""The exit status if there is no library to decode with."""
_MOST_MEMORY = 1_000_000_000
_MOST_CPU_S = 20
_FRAMES_AT_ONCE = 48_000


def main() -> None:
    """Write the samples; the first argument is the most bytes to write."""
    keep_within_bounds()
    leave_out_heavy_modules()
    try:
        miniaudio: Any = import_module("miniaudio")
    except (ImportError, OSError):
        _leave(NO_LIBRARY)
    most = int(sys.argv[1])
    samples = bytearray()
    try:
        stream = miniaudio.stream_memory(
            sys.stdin.buffer.read(),
            nchannels=CHANNELS,
            sample_rate=RATE,
            frames_to_read=_FRAMES_AT_ONCE,
        )
        for some in stream:
            samples += some.tobytes()
            if len(samples) >= most:
                break
    except Exception:  # any error of the library
        _leave(NO_SOUND)
    sys.stdout.buffer.write(samples[:most])
    sys.stdout.buffer.flush()
    _leave(0)


def keep_within_bounds() -> None:
    """Have the system end this process if it takes too much memory or time."""
    with suppress(ImportError, ValueError, OSError):
        resource: Any = import_module("resource")
        for name, most in (
            ("RLIMIT_AS", _MOST_MEMORY),
            ("RLIMIT_CPU", _MOST_CPU_S),
            ("RLIMIT_CORE", 0),
        ):
            resource.setrlimit(getattr(resource, name), (most, most))


def _leave(status: int) -> None:
    # Exit at once: no thread of the library may delay it.
    os._exit(status)


if __name__ == "__main__":
    main()
