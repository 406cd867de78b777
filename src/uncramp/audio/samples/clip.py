"""A sound as samples: made softer, put behind silence."""

import struct
import sys
from array import array

from uncramp.core.lazy.dataclass import dataclass

AUDIBLE_PART = 0.05
"""The onset is the first sample that reaches this part of the peak."""
ONSET_WITHIN_S = 1.0


@dataclass(frozen=True, slots=True)
class Clip:
    """Samples ready to play: 16 bits, little-endian, channels side by side."""

    rate: int
    channels: int
    frames: bytes
    onset_ms: float = 0.0
    """How long after its first sample it is heard."""

    @property
    def length_ms(self) -> float:
        """How long it lasts."""
        return len(self.frames) / (2 * self.channels) / self.rate * 1000

    def silence(self, ms: float) -> bytes:
        """Silence of `ms` at this clip's rate and channels; empty below 0."""
        return bytes(2 * self.channels * max(0, round(ms * self.rate / 1000)))

    def softened(self, volume: float) -> "Clip":
        """The same clip at a volume from 0 to 1."""
        if volume >= 1:
            return self
        # One by one: a list of them would take sixteen times as much memory.
        samples = array("h", (int(sample * volume) for sample in _samples(self.frames)))
        return Clip(self.rate, self.channels, little_endian(samples), self.onset_ms)


def samples_of(clip: Clip) -> "array[int]":
    """The clip's samples as numbers, channels side by side."""
    return _samples(clip.frames)


def with_samples(clip: Clip, samples: "array[int]") -> Clip:
    """The same clip with other samples, its onset found again."""
    frames = little_endian(samples)
    return Clip(clip.rate, clip.channels, frames, onset_ms(frames, clip.rate, clip.channels))


def added(some: bytes, others: bytes) -> bytes:
    """Two sounds of equal length and form, mixed."""
    if not any(some):
        return others
    pairs = zip(_samples(some), _samples(others), strict=True)
    return little_endian(
        array("h", [max(-32_768, min(one + other, 32_767)) for one, other in pairs])
    )


def wav_header(clip: Clip, length: int) -> bytes:
    """Make the head of a WAV file that holds `length` bytes of samples in this clip's form."""
    width = 2 * clip.channels
    form = struct.pack("<HHIIHH", 1, clip.channels, clip.rate, clip.rate * width, width, 16)
    return struct.pack("<4sI4s4sI", b"RIFF", 36 + length, b"WAVE", b"fmt ", len(form)) + (
        form + struct.pack("<4sI", b"data", length)
    )


def wav_of(clip: Clip, silent_ms: float = 0.0) -> bytes:
    """The clip as a WAV file, after `silent_ms` of silence."""
    frames = clip.silence(silent_ms) + clip.frames
    return wav_header(clip, len(frames)) + frames


def silent_clip(ms: float) -> Clip:
    """Make a clip of silence, to test a device with."""
    return Clip(48_000, 1, bytes(2 * round(48 * ms)))


def onset_ms(frames: bytes, rate: int, channels: int) -> float:
    """How long after the first sample a sound is heard."""
    samples = _samples(frames)
    if not samples:
        return 0.0
    threshold = max(max(samples), -min(samples)) * AUDIBLE_PART
    limit = round(ONSET_WITHIN_S * rate) * channels
    for index, sample in enumerate(samples[:limit]):
        if abs(sample) > threshold:
            return index // channels / rate * 1000
    return 0.0


def _samples(frames: bytes) -> "array[int]":
    samples = array("h", frames[: len(frames) // 2 * 2])
    if sys.byteorder == "big":
        samples.byteswap()
    return samples


def little_endian(samples: "array[int]") -> bytes:
    """The samples as a clip has them; `samples` are of no use afterwards."""
    if sys.byteorder == "big":
        samples.byteswap()
    return samples.tobytes()
