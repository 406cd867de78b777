"""Decodes one sound in a process of its own: `python -m uncramp.audio.samples.decode`.

Standard input is the file, standard output the samples: 16 bits, two channels, 48 kHz. The
decoders are written in C, and a file that was damaged, or made to do so, can end the process
that runs them, or have it take all the memory there is. Here that ends nothing else.
"""

import os
import sys
from contextlib import suppress
from importlib import import_module
from typing import Any, cast

RATE, CHANNELS = 48_000, 2
NO_LIBRARY, NO_SOUND = 3, 4
"""What the process leaves with when it cannot decode."""
_MOST_MEMORY = 1_000_000_000
_MOST_CPU_S = 20
_FRAMES_AT_ONCE = 48_000


def main() -> None:
    """Write the samples, at most as many bytes as the first argument says."""
    keep_within_bounds()
    # miniaudio loads it where it is installed, for nothing that is used here: 26 MB and 0.4 s.
    sys.modules["numpy"] = cast(Any, None)
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
    except Exception:  # whatever the library throws
        _leave(NO_SOUND)
    sys.stdout.buffer.write(samples[:most])
    sys.stdout.buffer.flush()
    _leave(0)


def keep_within_bounds() -> None:
    """Have the system end this process where it takes too much memory or time."""
    with suppress(ImportError, ValueError, OSError):
        resource: Any = import_module("resource")
        for name, most in (
            ("RLIMIT_AS", _MOST_MEMORY),
            ("RLIMIT_CPU", _MOST_CPU_S),
            ("RLIMIT_CORE", 0),
        ):
            resource.setrlimit(getattr(resource, name), (most, most))


def _leave(status: int) -> None:
    # At once: no thread of the library may hold up the end.
    os._exit(status)


if __name__ == "__main__":
    main()
