"""The settings while the program runs: those of the file, and changes it could not take."""

from pathlib import Path
from typing import Any

from uncramp.core.lazy.dataclass import replace
from uncramp.settings.model import Settings, at_default, with_meanings
from uncramp.settings.own_file import read_settings
from uncramp.settings.spec import BY_NAME, Setting

Stamp = tuple[int, int, int, int]


class OwnSettings:
    """The present settings. A change that cannot be written applies until the program ends."""

    def __init__(self, file: Path) -> None:
        """Use `file`, which is read when first needed, and again only after it changed."""
        self.file = file
        self._unsaved: dict[str, Any] = {}
        self._read: tuple[Stamp | None, Settings] | None = None

    def now(self) -> Settings:
        """The settings in the file, with the changes that it could not take. Never raises."""
        settings = self._in_file()
        if "conditions" in self._unsaved:
            settings = replace(settings, is_person_known=True)
        for name, meaning in self._unsaved.items():
            if meaning is None:
                settings = at_default(settings, BY_NAME[name])
            else:
                settings = with_meanings(settings, {name: meaning})
        return settings

    def _in_file(self) -> Settings:
        # Before reading: then anything written meanwhile is read the next time.
        stamp = _stamp_of(self.file)
        if self._read is None or self._read[0] != stamp:
            self._read = stamp, read_settings(self.file)
        return self._read[1]

    def give(self, setting: Setting, meaning: Any) -> None:
        """Set a setting to `meaning`, or to its default if that is None, and write it.

        Raises CannotSet if it cannot be written; it applies anyway.
        """
        from uncramp.settings.values import file_value
        from uncramp.settings.writer import set_setting, unset_setting

        self._unsaved[setting.name] = meaning
        if meaning is None:
            unset_setting(self.file, setting.name)
        else:
            set_setting(self.file, setting.name, file_value(setting, meaning))
        del self._unsaved[setting.name]
        # Two writes of the same size may happen in one tick of the disk's clock.
        self._read = None


def _stamp_of(file: Path) -> Stamp | None:
    try:
        state = file.stat()
    except (OSError, ValueError):
        return None
    return state.st_mtime_ns, state.st_ctime_ns, state.st_size, state.st_ino
