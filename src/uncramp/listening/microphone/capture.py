"""The microphone of this machine, through miniaudio: it asks the system for the default one."""

from collections.abc import Callable, Generator
from typing import Any

from uncramp.core.claps.detector import RATE_HZ
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


def open_microphone(take: Callable[[bytes], None]) -> Any:
    """Open it; `take` gets samples, 16 bits of one channel at `RATE_HZ`, in another thread.

    Returns the device, which is to be kept. Raises NoMicrophone.
    """
    try:
        miniaudio = miniaudio_library()
    except NoSoundLibrary:
        raise NoMicrophone(_NOT_INSTALLED) from None
    try:
        _refuse_none(miniaudio)
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
    return device


def _refuse_none(miniaudio: Any) -> None:
    """Refuse a machine without a microphone, where a sound server offers what is played."""
    captures = miniaudio.Devices(backends=sound_systems(miniaudio)).get_captures()
    if all(capture["name"].startswith(_MONITOR) for capture in captures):
        raise NoMicrophone("this machine has no microphone.")


def _blocks(take: Callable[[bytes], None]) -> Generator[None, bytes, None]:
    while True:
        take((yield))
