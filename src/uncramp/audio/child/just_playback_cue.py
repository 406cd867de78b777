"""One sound with just-playback: `python -m uncramp.audio.child.just_playback_cue FILE`."""

import os
import sys
import time
from importlib import import_module
from typing import Any


def main() -> None:
    """Play a WAV file to its end. The exit status is 1, with a message, if that fails."""
    try:
        just_playback: Any = import_module("just_playback")
        playback = just_playback.Playback(sys.argv[1])
        playback.play()
        # Without a device it pretends to play; only this shows it.
        if not playback.active:
            raise OSError("no device accepted the sound")
        end = time.monotonic() + playback.duration
        while playback.active and time.monotonic() < end + 1:
            time.sleep(max(0.02, end - time.monotonic()))
        # Let the device play what it still holds.
        time.sleep(0.1)
    except Exception as problem:
        print(" ".join(str(problem).split()) or type(problem).__name__, file=sys.stderr)
        sys.stderr.flush()
        os._exit(1)
    # Exit at once: no thread of the library may delay it.
    os._exit(0)


if __name__ == "__main__":
    main()
