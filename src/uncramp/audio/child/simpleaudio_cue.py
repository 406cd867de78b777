"""One sound with simpleaudio, its samples on standard input.

`python -m uncramp.audio.child.simpleaudio_cue RATE CHANNELS MOMENT`: the first sample is given at
`MOMENT` milliseconds of the monotonic clock, and silence until then.
"""

import os
import sys
import time
from importlib import import_module
from typing import Any


def main() -> None:
    """Play standard input to its end. The exit status is 1, with a message, if that fails."""
    rate, channels, moment_ms = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
    samples = sys.stdin.buffer.read()
    per_ms = rate / 1000
    width = 2 * channels
    try:
        simpleaudio: Any = import_module("simpleaudio")
        lead = max(0, round((moment_ms - time.monotonic() * 1000) * per_ms))
        tape = bytearray(lead * width) + samples
        playing = simpleaudio.play_buffer(tape, channels, 2, rate)
        # Opening the device took a while. The library reads the samples in place, so the
        # sound is moved on the tape that already plays.
        place = max(0, min(lead, round((moment_ms - time.monotonic() * 1000) * per_ms))) * width
        tape[place:] = samples + bytes(len(tape) - place - len(samples))
        playing.wait_done()
    except Exception as problem:
        print(" ".join(str(problem).split()) or type(problem).__name__, file=sys.stderr)
        sys.stderr.flush()
        os._exit(1)
    # Exit at once: no thread of the library may delay it.
    os._exit(0)


if __name__ == "__main__":
    main()
