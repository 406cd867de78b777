"""The folder of spoken clips: each phrase once; the oldest make room for new ones."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from uncramp.core.text.digests import digest
from uncramp.speech.engine import VoiceOptions
from uncramp.system.files import private_folder

MOST_BYTES = 50_000_000
"""The most that is kept; beyond it the least recently used clips are deleted."""
_FORM = 1
"""The version of the clips: with another number all are made again."""
_UNFINISHED = ".new-"


class ClipCache:
    """Spoken clips, by everything that makes them differ."""

    def __init__(self, folder: Path, most_bytes: int = MOST_BYTES) -> None:
        """Keep clips in `folder`, which is created with the first one."""
        self.folder = folder
        self._most_bytes = most_bytes

    def path(self, text: str, options: VoiceOptions, engine: str) -> Path:
        """Where the clip of a text is, or would be."""
        voice = (options.language, options.voice_name, options.rate, options.pitch)
        key = repr((_FORM, engine, voice, text)).encode("utf-8", "surrogatepass")
        return self.folder / f"{digest(key, 16)}.wav"

    def find(self, text: str, options: VoiceOptions, engine: str) -> Path | None:
        """The clip, if it exists; it counts as used now."""
        path = self.path(text, options, engine)
        try:
            os.utime(path)
        except OSError:
            return None
        return path

    def keep(self, text: str, options: VoiceOptions, engine: str, wav: bytes) -> Path:
        """Write the clip, whole or not at all. Returns its path. Raises OSError."""
        path = self.path(text, options, engine)
        private_folder(self.folder)
        descriptor, name = tempfile.mkstemp(prefix=_UNFINISHED, dir=self.folder)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(wav)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        self._make_room()
        return path

    def size(self) -> tuple[int, int]:
        """How many clips there are, and how many bytes they take."""
        sizes = [size for _, size, _ in self._files()]
        return len(sizes), sum(sizes)

    def _make_room(self) -> None:
        files = sorted(self._files())
        too_much = sum(size for _, size, _ in files) - self._most_bytes
        for _, size, path in files[:-1]:
            if too_much <= 0:
                return
            path.unlink(missing_ok=True)
            too_much -= size

    def _files(self) -> list[tuple[float, int, Path]]:
        """When each file was used, its size and its path, including unfinished files."""
        found = []
        with suppress(OSError):
            for path in self.folder.iterdir():
                with suppress(OSError):
                    status = path.stat()
                    found.append((status.st_mtime, status.st_size, path))
        return found
