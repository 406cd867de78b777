"""The microphone of this machine, through miniaudio: it asks the system for the default one."""

from collections.abc import Callable, Generator
from typing import Any

from uncramp.core.claps.detector import RATE_HZ
from uncramp.core.lazy.dataclass import dataclass
from uncramp.system.sound_library import (
    NoSoundLibrary,
    close_device,
    miniaudio_library,
    problem_words,
    sound_systems,
)

PERIOD_MS = 40
"""How often the microphone hands samples over."""
_NOT_INSTALLED = (
    "the library miniaudio, which opens the microphone, is not on this machine or cannot be loaded."
)
_MONITOR = "Monitor of "


class NoMicrophone(Exception):
    """Nothing can be heard here; the text says why, for a person, and continues a sentence."""


@dataclass(frozen=True, slots=True)
class Microphone:
    """An open microphone, which listens as long as this is kept."""

    device: Any
    system: str
    """What it was opened by, such as PulseAudio."""
    names: tuple[str, ...]
    """All microphones that there are; it is the system's default one."""


def open_microphone(take: Callable[[bytes], None]) -> Microphone:
    """Open it; `take` gets samples, 16 bits of one channel at `RATE_HZ`, in another thread.

    Raises NoMicrophone.
    """
    try:
        miniaudio = miniaudio_library()
    except NoSoundLibrary:
        raise NoMicrophone(_NOT_INSTALLED) from None
    try:
        names = _microphones(miniaudio)
        # Made in two steps, so that what was opened is released even if opening fails.
        device = miniaudio.CaptureDevice.__new__(miniaudio.CaptureDevice)
        try:
            device.__init__(
                input_format=miniaudio.SampleFormat.SIGNED16,
                nchannels=1,
                sample_rate=RATE_HZ,
                buffersize_msec=PERIOD_MS,
                backends=sound_systems(miniaudio),
                app_name="uncramp",
            )
            blocks = _blocks(take)
            next(blocks)
            device.start(blocks)
        except BaseException:
            close_device(miniaudio, device)
            raise
    except miniaudio.MiniaudioError as problem:
        words = f"no microphone can be opened (miniaudio: {problem_words(problem)})."
        raise NoMicrophone(words) from None
    return Microphone(device, device.backend, names)


def _microphones(miniaudio: Any) -> tuple[str, ...]:
    """Their names, without what a sound server offers of what is played. Raises NoMicrophone."""
    captures = miniaudio.Devices(backends=sound_systems(miniaudio)).get_captures()
    names = tuple(c["name"] for c in captures if not c["name"].startswith(_MONITOR))
    if not names:
        raise NoMicrophone("this machine has no microphone.")
    return names


def _blocks(take: Callable[[bytes], None]) -> Generator[None, bytes, None]:
    while True:
        take((yield))
