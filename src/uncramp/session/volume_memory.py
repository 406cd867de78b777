"""The volume of runs: from the settings, from an option, or changed by keys."""

import threading
from collections.abc import Callable
from contextlib import suppress

from uncramp.audio.volume import Hush, Loudness
from uncramp.core.lazy.dataclass import replace
from uncramp.settings import Settings

WRITTEN_AFTER_S = 1.0
"""A volume is written down this long after the last key press."""

SETTING_OF = {"volume": "volume.all", "night_volume": "night.volume"}
"""The settings that keys change, by their fields in a Loudness."""

_CHANGED: dict[str, Callable[[Loudness, int], Loudness]] = {
    "volume": lambda loudness, volume: replace(loudness, volume=volume),
    "night_volume": lambda loudness, volume: replace(loudness, night_volume=volume),
}


class VolumeMemory:
    """The volumes of one session."""

    def __init__(
        self,
        write: Callable[[str, int], None] | None,
        asked: int | None = None,
        hush: Hush = Hush.NONE,
    ) -> None:
        """Begin at the volume `asked` for, 0 to 100, or else the set one; and with `hush`.

        `write` writes a setting and may raise CannotSet; None if nothing is to be remembered.
        """
        self._asked = asked
        self._hush = hush
        self._write = write
        self._known = Loudness()
        self._unwritten: dict[str, int] = {}
        self._timer: threading.Timer | None = None
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        """Separate from `_lock`, so that a key never waits for the disk."""
        self.problem: str | None = None
        """Why a volume could not be written down; None if it could."""

    def of_a_run(self, settings: Settings, is_night: bool) -> Loudness:
        """The volume at which a run begins."""
        loudness = Loudness(
            settings.volume if self._asked is None else self._asked,
            settings.volumes,
            settings.night_volume,
            is_night,
            self._hush,
        )
        with self._lock:
            for name, volume in self._unwritten.items():
                loudness = _CHANGED[name](loudness, volume)
            self._known = loudness
        return loudness

    def note(self, loudness: Loudness) -> None:
        """Remember a changed volume, and write it down a little later, in a separate thread."""
        with self._lock:
            changed = {
                name: getattr(loudness, name)
                for name in SETTING_OF
                if getattr(loudness, name) != getattr(self._known, name)
            }
            self._known, self._hush = loudness, loudness.hush
            if not changed:
                return
            if "volume" in changed:
                self._asked = None
            self._unwritten |= changed
            if self._write is None:
                return
            if self._timer is not None:
                self._timer.cancel()
            self._timer = threading.Timer(WRITTEN_AFTER_S, self.write)
            self._timer.daemon = True
            # Without a thread it is written at the end.
            with suppress(RuntimeError):
                self._timer.start()

    def write(self) -> None:
        """Write down now what is still to be written."""
        if self._write is None:
            return
        with self._writing:
            with self._lock:
                if self._timer is not None:
                    self._timer.cancel()
                unwritten = dict(self._unwritten)
            if not unwritten:
                return
            from uncramp.settings.writer import CannotSet

            for name, volume in unwritten.items():
                try:
                    self._write(SETTING_OF[name], volume)
                except CannotSet as problem:
                    # It still applies until the program ends.
                    self.problem = f"The volume could not be saved. {problem}"
                    continue
                with self._lock:
                    if self._unwritten.get(name) == volume:
                        del self._unwritten[name]
