"""One sound by simpleaudio, samples on standard input.

`python -m uncramp.audio.simple_cue RATE CHANNELS MOMENT`: the first sample is given at
`MOMENT` milliseconds of the monotonic clock, and silence until then.
"""

import os
import sys
import time
from importlib import import_module
from typing import Any


def main() -> None:
    """Play standard input to its end; the exit status is 1, with words, when that fails."""
    rate, channels, moment_ms = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
    samples = sys.stdin.buffer.read()
    try:
        simpleaudio: Any = import_module("simpleaudio")
        lead_ms = max(0.0, moment_ms - time.monotonic() * 1000)
        silence = bytes(2 * channels * round(lead_ms * rate / 1000))
        simpleaudio.play_buffer(silence + samples, channels, 2, rate).wait_done()
    except Exception as problem:
        print(" ".join(str(problem).split()) or type(problem).__name__, file=sys.stderr)
        sys.stderr.flush()
        os._exit(1)
    # So that no thread of the library holds up the end.
    os._exit(0)


if __name__ == "__main__":
    main()
