"""The single sounds of a page that is made without an encoder, each once, with their times."""

from base64 import b64encode
from collections.abc import Callable, Iterable

from uncramp.audio.samples.clip import Clip, wav_of
from uncramp.export.mixdown import LEAD_MS
from uncramp.export.rendition import Ended, PlacedSound, RenditionItem


class ClipSheet:
    """Which clip plays when, and what the clips are."""

    def __init__(self) -> None:
        """Start empty."""
        self.clips: list[str] = []
        """WAV files as base64."""
        self.sounds: list[tuple[float, int, float | None]] = []
        """Each sound's start in seconds, its clip, and where it is cut off, if it is."""
        self.length_s = 0.0
        """When the last of them ends."""
        self._numbers: dict[bytes, int] = {}

    def fill(
        self, items: Iterable[RenditionItem], clip_of: Callable[[PlacedSound], Clip | None]
    ) -> None:
        """Collect every sound of the items."""
        for item in items:
            match item:
                case PlacedSound():
                    clip = clip_of(item)
                    if clip is not None and clip.frames:
                        self._add(item, clip)
                case Ended():
                    self.length_s = max(self.length_s, (item.at_ms + LEAD_MS) / 1000)
        self.sounds.sort(key=lambda sound: sound[0])

    def _add(self, item: PlacedSound, clip: Clip) -> None:
        if clip.frames not in self._numbers:
            self._numbers[clip.frames] = len(self.clips)
            self.clips.append(b64encode(wav_of(clip)).decode("ascii"))
        begins = max((item.at_ms - clip.onset_ms + LEAD_MS) / 1000, 0.0)
        ends = None if item.until_ms is None else (item.until_ms + LEAD_MS) / 1000
        self.sounds.append((round(begins, 4), self._numbers[clip.frames], ends))
        self.length_s = max(self.length_s, begins + clip.length_ms / 1000)
