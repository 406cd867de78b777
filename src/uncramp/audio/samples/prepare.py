"""Prepares one sound to be played: `python -m uncramp.audio.samples.prepare`.

The separate process is for slow sounds: a large file would delay everything else in the process
that plays, and its memory would never be given back. Standard output is a line of JSON and
then the samples.
"""

import json
import math
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from uncramp.audio.samples.clip import Clip, samples_of, with_samples
from uncramp.audio.samples.decode import keep_within_bounds
from uncramp.audio.samples.sound_file import CannotDecode, is_quick_to_read, read_clip
from uncramp.core.lazy.dataclass import dataclass

BEGUN_MS = 80.0
"""How long a person's own sound takes to fade in at night."""
PREPARED_WITHIN_S = 30.0


@dataclass(frozen=True, slots=True)
class ClipRequest:
    """A sound file, and how to play it."""

    path: str
    volume: float
    """The amplitude, from 0 to 1."""
    begins_softly: bool = False


def is_quick(request: ClipRequest) -> bool:
    """Can it be prepared in some hundredths of a second?"""
    return is_quick_to_read(Path(request.path))


def prepared_here(request: ClipRequest) -> Clip:
    """Read a sound and prepare it in this process. Raises CannotDecode."""
    clip = read_clip(Path(request.path))
    if request.begins_softly:
        clip = begun_softly(clip)
    return clip.softened(request.volume)


def prepared_apart(request: ClipRequest) -> Clip:
    """Have a separate process prepare it. Blocks until that is done. Raises CannotDecode."""
    command = [sys.executable, "-P", "-m", "uncramp.audio.samples.prepare"]
    softly = "softly" if request.begins_softly else "at-once"
    try:
        written = subprocess.run(
            [*command, request.path, str(request.volume), softly],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=PREPARED_WITHIN_S,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            check=False,
        ).stdout
        begins = written.index(b"\n") + 1
        head = json.loads(written[:begins])
        if "problem" in head:
            raise CannotDecode(str(head["problem"]))
        return Clip(head["rate"], head["channels"], written[begins:], head["onset_ms"])
    except (OSError, ValueError, KeyError, subprocess.SubprocessError):
        raise CannotDecode("cannot be prepared for playing. Cut it to a few seconds.") from None


def begun_softly(clip: Clip) -> Clip:
    """A person's own sound at night: unchanged, as it may contain words, but faded in."""
    samples = samples_of(clip)
    frames = round(clip.rate * BEGUN_MS / 1000)
    # From its onset: the silence in front of it does not count.
    first = round(clip.onset_ms * clip.rate / 1000) * clip.channels
    for at, sample in enumerate(samples[first : first + frames * clip.channels]):
        part = 0.5 - 0.5 * math.cos(math.pi * (at // clip.channels) / frames)
        samples[first + at] = int(sample * part)
    return with_samples(clip, samples)


def main() -> None:
    """Write the sound that the arguments name, ready to play, or why it cannot be."""
    keep_within_bounds()
    path, volume, softly = sys.argv[1:]
    try:
        clip = prepared_here(ClipRequest(path, float(volume), softly == "softly"))
        head = {"rate": clip.rate, "channels": clip.channels, "onset_ms": clip.onset_ms}
        line, frames = json.dumps(head), clip.frames
    except CannotDecode as problem:
        line, frames = json.dumps({"problem": str(problem)}), b""
    with suppress(OSError):
        sys.stdout.buffer.write(line.encode() + b"\n" + frames)
        sys.stdout.buffer.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
