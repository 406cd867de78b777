"""A sound as samples: read from a file, made softer, put behind silence."""

import struct
import sys
import wave
from array import array
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

LONGEST_S = 30
"""A longer file is cut here: a cue is a signal, not a concert."""
AUDIBLE_PART = 0.05
"""What is heard first is the first sample of this part of the peak."""
ONSET_WITHIN_S = 1.0
_BY_MINIAUDIO = {".flac", ".mp3", ".ogg"}


class CannotDecode(Exception):
    """A file holds no sound that can be read; its words say why and what to do."""


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
        """Make that much silence in this clip's rate and channels; none below 0."""
        return bytes(2 * self.channels * max(0, round(ms * self.rate / 1000)))

    def softened(self, volume: float) -> "Clip":
        """Make the same clip at a volume from 0 to 1."""
        if volume >= 1:
            return self
        samples = _samples(self.frames)
        for index, sample in enumerate(samples):
            samples[index] = int(sample * volume)
        return Clip(self.rate, self.channels, _bytes(samples), self.onset_ms)


def samples_of(clip: Clip) -> "array[int]":
    """The clip's samples as numbers, channels side by side."""
    return _samples(clip.frames)


def with_samples(clip: Clip, samples: "array[int]") -> Clip:
    """The same clip with other samples; when it is heard is judged anew."""
    frames = _bytes(samples)
    onset_ms = _onset_ms(frames, clip.rate, clip.channels) if samples else 0.0
    return Clip(clip.rate, clip.channels, frames, onset_ms)


def wav_header(clip: Clip, length: int) -> bytes:
    """Make the head of a WAV file that holds `length` bytes of samples in this clip's form."""
    width = 2 * clip.channels
    form = struct.pack("<HHIIHH", 1, clip.channels, clip.rate, clip.rate * width, width, 16)
    return struct.pack("<4sI4s4sI", b"RIFF", 36 + length, b"WAVE", b"fmt ", len(form)) + (
        form + struct.pack("<4sI", b"data", length)
    )


def silent_clip(ms: float) -> Clip:
    """Make a clip that is only silence, to try a device with."""
    return Clip(48_000, 1, bytes(2 * round(48 * ms)))


def read_clip(path: Path) -> Clip:
    """Read a WAV, FLAC, MP3 or OGG file. Raises CannotDecode."""
    try:
        rate, channels, frames = _decoded(path)
    except CannotDecode:
        raise
    except Exception as problem:
        raise CannotDecode(_words(path, problem)) from problem
    frames = frames[: LONGEST_S * rate * channels * 2]
    if not frames:
        raise CannotDecode(f"{path.name} holds no sound. Use another file.")
    return Clip(rate, channels, frames, _onset_ms(frames, rate, channels))


def decodable(path: Path) -> str | None:
    """Say why a file cannot be played as a sound, and what to do; None when it can."""
    try:
        read_clip(path)
    except CannotDecode as problem:
        return str(problem)
    return None


def _decoded(path: Path) -> tuple[int, int, bytes]:
    kind = path.suffix.lower()
    if kind == ".wav":
        try:
            return _read_wav(path)
        except (wave.Error, EOFError):
            # Floating-point and compressed WAV: the library reads what the standard one does not.
            return _read_by_miniaudio(path)
    if kind in _BY_MINIAUDIO:
        return _read_by_miniaudio(path)
    raise CannotDecode(f"{path.name} is no sound that can be read. Use WAV, FLAC, MP3 or OGG.")


def _words(path: Path, problem: Exception) -> str:
    if isinstance(problem, ImportError):
        return (
            f"{path.name} cannot be read here, because miniaudio is not installed. "
            "Use a WAV file with 16 bits."
        )
    if isinstance(problem, OSError):
        return f"{path.name} cannot be opened: {problem.strerror or problem}."
    return (
        f"{path.name} holds no {path.suffix.lstrip('.').upper()} sound that can be read. "
        "Save it again as WAV, FLAC, MP3 or OGG."
    )


def _read_wav(path: Path) -> tuple[int, int, bytes]:
    with wave.open(str(path)) as file:
        rate, channels, width = file.getframerate(), file.getnchannels(), file.getsampwidth()
        if not 8_000 <= rate <= 192_000 or channels not in (1, 2) or width > 4:
            raise wave.Error("unusual")
        data = file.readframes(min(file.getnframes(), LONGEST_S * rate))
    if width == 1:
        return rate, channels, _bytes(array("h", ((sample - 128) * 256 for sample in data)))
    if width == 2:
        return rate, channels, data
    # The upper two bytes of each little-endian sample are the sample at 16 bits.
    narrowed = bytearray(len(data) // width * 2)
    narrowed[0::2], narrowed[1::2] = data[width - 2 :: width], data[width - 1 :: width]
    return rate, channels, bytes(narrowed)


def _read_by_miniaudio(path: Path) -> tuple[int, int, bytes]:
    miniaudio: Any = import_module("miniaudio")
    # Given the bytes rather than the name, it need not agree with us on how names are written.
    decoded = miniaudio.decode(path.read_bytes(), nchannels=2, sample_rate=48_000)
    return 48_000, 2, decoded.samples.tobytes()


def _onset_ms(frames: bytes, rate: int, channels: int) -> float:
    samples = _samples(frames)
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


def _bytes(samples: "array[int]") -> bytes:
    if sys.byteorder == "big":
        samples.byteswap()
    return samples.tobytes()
