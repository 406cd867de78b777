"""The sounds of a rendition as one stream of samples, in limited memory.

48,000 samples a second, one channel, 16 bits. `LEAD_MS` of silence comes first, so that a
sound can be laid before the moment at which it is heard; every other moment is that much later.
"""

from array import array
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path

from uncramp.audio.samples.clip import Clip, added, little_endian, samples_of
from uncramp.audio.samples.prepare import ClipRequest, prepared_here
from uncramp.audio.samples.sound_file import CannotDecode
from uncramp.core.lazy.dataclass import dataclass
from uncramp.export.rendition import Ended, PlacedSound, RenditionItem

RATE = 48_000
LEAD_MS = 1_000
TAIL_MS = 500
"""Silence after the last sound has rung out."""
RAMP_MS = 5
"""How long a sound that is cut off takes to fade."""
_BLOCK = 10 * RATE
"""The most samples per block."""
_SILENCE = bytes(2 * _BLOCK)


class Loader:
    """Loads the clip of each sound at `RATE` with one channel; keeps the last ones."""

    def __init__(self, path_of: Callable[[PlacedSound], tuple[Path, Path | None]]) -> None:
        """`path_of` gives the file of a sound, and the one to use if it cannot be read."""
        self._path_of = path_of
        self._kept: dict[ClipRequest, Clip | None] = {}
        self.unread: dict[Path, str] = {}
        """The problems of files that could not be read."""

    def clip(self, sounding: PlacedSound) -> Clip | None:
        """The clip at its volume; None if neither file can be read."""
        own, instead = self._path_of(sounding)
        begins_softly = sounding.is_night and sounding.sound.is_file
        clip = self._made(ClipRequest(str(own), sounding.volume, begins_softly))
        if clip is None and instead is not None:
            clip = self._made(ClipRequest(str(instead), sounding.volume))
        return clip

    def _made(self, wanted: ClipRequest) -> Clip | None:
        if wanted not in self._kept:
            if len(self._kept) >= 64:
                del self._kept[next(iter(self._kept))]
            try:
                self._kept[wanted] = at_rate(prepared_here(wanted))
            except CannotDecode as problem:
                self.unread[Path(wanted.path)] = str(problem)
                self._kept[wanted] = None
        return self._kept[wanted]


def at_rate(clip: Clip) -> Clip:
    """The clip with `RATE` samples a second on one channel."""
    if (clip.rate, clip.channels) == (RATE, 1):
        return clip
    try:
        miniaudio = import_module("miniaudio")
    except ImportError:
        frames = _interpolated(clip)
    else:
        signed = miniaudio.SampleFormat.SIGNED16
        converted = miniaudio.convert_frames(
            signed, clip.channels, clip.rate, clip.frames, signed, 1, RATE
        )
        frames = bytes(converted)
    return Clip(RATE, 1, frames, clip.onset_ms)


def _interpolated(clip: Clip) -> bytes:
    """Linear interpolation between samples, of the first channel."""
    samples = samples_of(clip)[:: clip.channels]
    if not samples:
        return b""
    length = len(samples) * RATE // clip.rate
    last = len(samples) - 1
    result = array("h", bytes(2 * length))
    for at in range(length):
        whole, part = divmod(at * clip.rate, RATE)
        first, then = samples[whole], samples[min(whole + 1, last)]
        result[at] = first + (then - first) * part // RATE
    return little_endian(result)


@dataclass(slots=True)
class _Layer:
    start: int
    """Its first sample's place in the file."""
    frames: bytes

    @property
    def end(self) -> int:
        return self.start + len(self.frames) // 2


def mixed(
    items: Iterable[RenditionItem], clip_of: Callable[[PlacedSound], Clip | None]
) -> Iterator[bytes]:
    """The samples, block after block, from the file's beginning to its end."""
    place = 0
    layers: list[_Layer] = []

    def until(end: int) -> Iterator[bytes]:
        nonlocal place, layers
        while place < end:
            block_end = min(end, place + _BLOCK)
            yield _block(layers, place, block_end)
            place = block_end
            layers = [layer for layer in layers if layer.end > place]

    for item in items:
        match item:
            case PlacedSound():
                clip = clip_of(item)
                if clip is None or not clip.frames:
                    continue
                start = _place(item.at_ms - clip.onset_ms)
                yield from until(min(start, _place(item.at_ms)))
                layers.append(_Layer(start, _cut_off(clip.frames, item, start)))
            case Ended():
                last = max((layer.end for layer in layers), default=0)
                yield from until(max(last, _place(item.at_ms)) + TAIL_MS * RATE // 1000)


def _place(at_ms: float) -> int:
    """The sample of the file at a moment, the first at the earliest."""
    return max(round((at_ms + LEAD_MS) * RATE / 1000), 0)


def _cut_off(frames: bytes, sounding: PlacedSound, start: int) -> bytes:
    if sounding.until_ms is None:
        return frames
    kept = _place(sounding.until_ms) - start
    ramp = RAMP_MS * RATE // 1000
    if kept + ramp >= len(frames) // 2:
        return frames
    samples = samples_of(Clip(RATE, 1, frames[: 2 * max(kept + ramp, 0)]))
    for at in range(max(len(samples) - ramp, 0), len(samples)):
        samples[at] = samples[at] * (len(samples) - at) // ramp
    return little_endian(samples)


def _block(layers: list[_Layer], start: int, end: int) -> bytes:
    """The samples from one place to another, with each layer's share."""
    if not layers:
        # The whole of it is not copied: in a long routine nearly every block is silent.
        return _SILENCE[: 2 * (end - start)]
    block = bytearray(2 * (end - start))
    for layer in layers:
        begins, ends = max(layer.start, start), min(layer.end, end)
        if begins < ends:
            here = slice(2 * (begins - start), 2 * (ends - start))
            part = layer.frames[2 * (begins - layer.start) : 2 * (ends - layer.start)]
            block[here] = added(bytes(block[here]), part)
    return bytes(block)
