"""Prepares one sound as it is to be played: `python -m uncramp.audio.samples.prepare`.

As a process of its own it is for what takes long: a large file held up everything else in the
process that plays, and its memory was never given back. Standard output is a line of JSON and
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
"""How long a person's own sound takes to come on at night."""
PREPARED_WITHIN_S = 30.0


@dataclass(frozen=True, slots=True)
class ClipRequest:
    """A sound file, and how it is to be played."""

    path: str
    volume: float
    """The amplitude, from 0 to 1."""
    begins_softly: bool = False


def is_quick(request: ClipRequest) -> bool:
    """Is it ready in some hundredths of a second?"""
    return is_quick_to_read(Path(request.path))


def prepared_here(request: ClipRequest) -> Clip:
    """Read a sound and make it ready in this process. Raises CannotDecode."""
    clip = read_clip(Path(request.path))
    if request.begins_softly:
        clip = begun_softly(clip)
    return clip.softened(request.volume)


def prepared_apart(request: ClipRequest) -> Clip:
    """Have a process of its own make it ready; blocks until it has. Raises CannotDecode."""
    command = [sys.executable, "-P", "-m", "uncramp.audio.samples.prepare"]
    softly = "softly" if request.begins_softly else "at-once"
    try:
        told = subprocess.run(
            [*command, request.path, str(request.volume), softly],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=PREPARED_WITHIN_S,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            check=False,
        ).stdout
        begins = told.index(b"\n") + 1
        head = json.loads(told[:begins])
        if "problem" in head:
            raise CannotDecode(str(head["problem"]))
        return Clip(head["rate"], head["channels"], told[begins:], head["onset_ms"])
    except (OSError, ValueError, KeyError, subprocess.SubprocessError):
        raise CannotDecode("cannot be made ready to play. Cut it to a few seconds.") from None


def begun_softly(clip: Clip) -> Clip:
    """A person's own sound at night: as it is, for there may be words in it, but not at once."""
    samples = samples_of(clip)
    frames = round(clip.rate * BEGUN_MS / 1000)
    # From where it is first heard: silence in front of it is no beginning.
    first = round(clip.onset_ms * clip.rate / 1000) * clip.channels
    for at, sample in enumerate(samples[first : first + frames * clip.channels]):
        part = 0.5 - 0.5 * math.cos(math.pi * (at // clip.channels) / frames)
        samples[first + at] = int(sample * part)
    return with_samples(clip, samples)


def main() -> None:
    """Write the sound that the arguments name, ready to play, or what is wrong with it."""
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
