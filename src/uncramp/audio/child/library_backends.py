"""Backends that play inside the speaker process: miniaudio, and winsound on Windows."""

import sys
import threading
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from uncramp.audio.child.backend import PROOF_MS, NoSound, Playback
from uncramp.audio.child.mixer import BufferDepth, Mix
from uncramp.audio.samples.clip import Clip, silent_clip, wav_of
from uncramp.core.lazy.dataclass import dataclass
from uncramp.system import sound_library
from uncramp.system.clocks import steady_ms
from uncramp.system.sound_library import close_device, problem_words, sound_systems

GRACE_MS = 2_000
"""A device counts as stuck if it takes this much longer than the sound lasts."""


@dataclass(slots=True)
class _Device:
    """An open device and what it plays."""

    device: Any
    mix: Mix
    players: int = 0
    """How many sounds are still playing in it."""
    is_closed: bool = False


class MiniaudioBackend:
    """Plays with miniaudio: sounds close together share a device, which is closed after them.

    The place of a sound among the samples is decided while the silence in front of it is
    already playing: by then the device's requests have shown how far it is.
    """

    name = "miniaudio"
    PERIOD_MS = 300
    """A shorter period is not filled in time on a very busy machine."""

    def __init__(self) -> None:
        """Open nothing yet."""
        self._devices: dict[tuple[int, int], _Device] = {}
        self._depths: dict[tuple[int, int], BufferDepth] = {}
        self._lock = threading.Lock()

    def prove(self) -> None:
        """Play a tenth of a second of silence and check that the device took all of it."""
        _refuse_server_without_output(miniaudio_library())
        # What the device holds of it is not waited for: somebody in pain waits for the first cue.
        self._play(silent_clip(PROOF_MS), Playback(steady_ms()), is_drained=False)

    def play(self, clip: Clip, playback: Playback) -> None:
        """Play silence in a device until the moment, and then the sound."""
        self._play(clip, playback, is_drained=True)

    def _play(self, clip: Clip, playback: Playback, *, is_drained: bool) -> None:
        while not playback.is_stopped:
            device = self._joined(clip)
            try:
                if self._is_sounded(device, clip, playback):
                    if is_drained:
                        # Let the device play what it still holds.
                        held_ms = device.mix.depth_ms + self.PERIOD_MS
                        playback.wait_until(steady_ms() + held_ms)
                    return
            finally:
                self._leave(device, is_at_once=playback.is_stopped and playback.has_begun)

    def _is_sounded(self, device: _Device, clip: Clip, playback: Playback) -> bool:
        """Play in a device. Returns False if the end of another sound cut it off."""
        layer = device.mix.add(clip, playback)
        if device.is_closed:
            return False
        playback.when_stopped(layer.over.set)
        left_ms = max(0.0, playback.at_ms - steady_ms()) + clip.length_ms + GRACE_MS
        if not layer.over.wait(left_ms / 1000):
            self._close(device)
            raise NoSound("miniaudio: the device stopped taking sound")
        return not layer.is_cut_off

    def _joined(self, clip: Clip) -> _Device:
        form = (clip.rate, clip.channels)
        with self._lock:
            device = self._devices.get(form)
            if device is None or device.is_closed:
                device = self._devices[form] = self._opened(clip)
            device.players += 1
            return device

    def _opened(self, clip: Clip) -> _Device:
        miniaudio = miniaudio_library()
        depth = self._depths.setdefault((clip.rate, clip.channels), BufferDepth())
        # Made in two steps, so that what was opened is released even if opening fails.
        device = miniaudio.PlaybackDevice.__new__(miniaudio.PlaybackDevice)
        try:
            device.__init__(
                output_format=miniaudio.SampleFormat.SIGNED16,
                nchannels=clip.channels,
                sample_rate=clip.rate,
                buffersize_msec=self.PERIOD_MS,
                backends=sound_systems(miniaudio),
                app_name="uncramp",
            )
            if device.backend == "Null":
                raise NoSound("miniaudio found no device")
            mix = Mix(clip.rate, clip.channels, depth)
            blocks = mix.blocks()
            next(blocks)
            device.start(blocks)
        except BaseException as problem:
            close_device(miniaudio, device)
            if isinstance(problem, miniaudio.MiniaudioError):
                raise NoSound(f"miniaudio: {problem_words(problem)}") from problem
            raise
        return _Device(device, mix)

    def _leave(self, device: _Device, is_at_once: bool) -> None:
        with self._lock:
            device.players -= 1
            is_last = device.players == 0
        if is_last or is_at_once:
            self._close(device)

    def _close(self, device: _Device) -> None:
        with self._lock:
            if device.is_closed:
                return
            device.is_closed = True
        close_device(miniaudio_library(), device.device)
        device.mix.cut_off()


def miniaudio_library() -> Any:
    """The module `miniaudio`, loaded at its first use. Raises NoSound."""
    try:
        return sound_library.miniaudio_library()
    except sound_library.NoSoundLibrary as problem:
        raise NoSound(str(problem)) from problem


def _refuse_server_without_output(miniaudio: Any) -> None:
    """Raise NoSound if PulseAudio has no output.

    Opening a device would then leave a connection to the server that nothing can close.
    """
    try:
        devices = miniaudio.Devices(backends=sound_systems(miniaudio))
        if devices.backend == "PulseAudio" and not devices.get_playbacks():
            raise NoSound("miniaudio found no device")
    except miniaudio.MiniaudioError as problem:
        raise NoSound(f"miniaudio: {problem_words(problem)}") from problem


class WinsoundBackend:
    """Plays with winsound, one sound at a time: a new one ends the one before."""

    name = "winsound"
    LATENCY_MS = 30.0
    """Not measured: there was no Windows to measure on."""

    def prove(self) -> None:
        """Play a tenth of a second of silence."""
        self.play(silent_clip(PROOF_MS), Playback(steady_ms()))

    def play(self, clip: Clip, playback: Playback) -> None:
        """Play from memory, silence in front, and wait for the end."""
        winsound: Any = import_module("winsound")
        playback.when_stopped(lambda: winsound.PlaySound(None, 0))
        written = wav_of(clip, playback.at_ms - steady_ms() - self.LATENCY_MS)
        playback.has_begun = True
        try:
            winsound.PlaySound(written, winsound.SND_MEMORY | winsound.SND_NODEFAULT)
        except RuntimeError as problem:
            raise NoSound(f"winsound: {problem}") from problem


def has_miniaudio() -> bool:
    """Is miniaudio installed?"""
    return find_spec("miniaudio") is not None


def has_winsound() -> bool:
    """Is this Windows?"""
    return sys.platform == "win32"
