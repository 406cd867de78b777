"""Back ends that play inside the speaker process: miniaudio, and Windows' own."""

import sys
import threading
import wave
from collections.abc import Generator
from importlib import import_module
from importlib.util import find_spec
from io import BytesIO
from typing import Any

from uncramp.audio.back_end import PROOF_MS, NoSound, Turn
from uncramp.audio.clip import Clip, silent_clip
from uncramp.audio.clock import steady_ms

_GRACE_MS = 2_000


class MiniaudioBackEnd:
    """Plays with miniaudio, opening a device for each cue.

    The sound's place among the samples is decided while the silence in front of it
    is already playing: by then the device's requests have told how far it is.
    """

    name = "miniaudio"
    BUFFER_MS = 120
    """Less is not filled in time beside two busy processes."""
    LATENCY_MS = 79.7
    """From a request of the device for samples to their first one heard: two of the three parts
    of its buffer, and so it was measured on PulseAudio."""

    def prove(self) -> None:
        """Play a tenth of a second of silence and see that the device took it all."""
        self.play(silent_clip(PROOF_MS), Turn(steady_ms()))

    def play(self, clip: Clip, turn: Turn) -> None:
        """Open a device, let silence run up to the moment, sound, and close the device."""
        miniaudio = _library()
        over = threading.Event()
        turn.when_stopped(over.set)
        device: Any = None
        try:
            device = miniaudio.PlaybackDevice(
                output_format=miniaudio.SampleFormat.SIGNED16,
                nchannels=clip.channels,
                sample_rate=clip.rate,
                buffersize_msec=self.BUFFER_MS,
                backends=_systems(miniaudio),
                app_name="uncramp",
            )
            if device.backend == "Null":
                raise NoSound("miniaudio found no device")
            samples = _fed(clip, turn, self.LATENCY_MS, over)
            next(samples)
            device.start(samples)
            left_ms = max(0.0, turn.at_ms - steady_ms()) + clip.length_ms + _GRACE_MS
            if not over.wait(left_ms / 1000):
                raise NoSound("miniaudio: the device stopped taking sound")
            # What the device still holds.
            turn.wait_until(steady_ms() + 2 * self.BUFFER_MS)
        except miniaudio.MiniaudioError as problem:
            raise NoSound(f"miniaudio: {_said(problem)}") from problem
        finally:
            if device is not None:
                _closed(miniaudio, device)


def _library() -> Any:
    try:
        return import_module("miniaudio")
    except (ImportError, OSError) as problem:
        raise NoSound(f"miniaudio cannot be loaded: {problem}") from problem


def _systems(miniaudio: Any) -> list[Any]:
    # Named, because what it would try last is a device that swallows everything.
    named = ("WASAPI", "COREAUDIO", "PULSEAUDIO", "ALSA")
    return [miniaudio.Backend[name] for name in named]


def _said(problem: Exception) -> str:
    return ", ".join(str(word) for word in problem.args)[:120]


def _closed(miniaudio: Any, device: Any) -> None:
    # The library leaves the context open, with one connection to the sound server in it:
    # the 64th cue would find no place there.
    context = device._context
    device.close()
    miniaudio.lib.ma_context_uninit(context)


def _fed(
    clip: Clip, turn: Turn, latency_ms: float, over: threading.Event
) -> Generator[bytes, int, None]:
    """Give the device what it asks for: silence until the moment, then the clip."""
    width = 2 * clip.channels
    per_ms = clip.rate / 1000
    given = 0
    began_ms = float("inf")
    wanted = yield b""
    while True:
        # A request comes when there is room, or later, never sooner: the earliest one, counted
        # back, tells when the device began.
        began_ms = min(began_ms, steady_ms() - given / per_ms)
        silent = round((turn.at_ms - latency_ms - began_ms) * per_ms) - given
        if silent < wanted:
            break
        given += wanted
        wanted = yield bytes(wanted * width)
    turn.has_begun = True
    sound = memoryview(clip.silence(max(0, silent) / per_ms) + clip.frames)
    while sound:
        now, sound = sound[: wanted * width], sound[wanted * width :]
        wanted = yield bytes(now)
    over.set()


class WinsoundBackEnd:
    """Plays with Windows' own, one sound at a time: a new one ends the one before."""

    name = "winsound"
    LATENCY_MS = 30.0
    """Not measured: there was no Windows to measure on."""

    def prove(self) -> None:
        """Play a tenth of a second of silence."""
        self.play(silent_clip(PROOF_MS), Turn(steady_ms()))

    def play(self, clip: Clip, turn: Turn) -> None:
        """Play from memory, silence in front, and wait for the end."""
        winsound: Any = import_module("winsound")
        turn.when_stopped(lambda: winsound.PlaySound(None, 0))
        written = BytesIO()
        with wave.open(written, "wb") as file:
            file.setnchannels(clip.channels)
            file.setsampwidth(2)
            file.setframerate(clip.rate)
            lead_ms = turn.at_ms - steady_ms() - self.LATENCY_MS
            file.writeframes(clip.silence(lead_ms) + clip.frames)
        turn.has_begun = True
        try:
            winsound.PlaySound(written.getvalue(), winsound.SND_MEMORY | winsound.SND_NODEFAULT)
        except RuntimeError as problem:
            raise NoSound(f"winsound: {problem}") from problem


def has_miniaudio() -> bool:
    """Is miniaudio installed?"""
    return find_spec("miniaudio") is not None


def has_winsound() -> bool:
    """Is this Windows?"""
    return sys.platform == "win32"
