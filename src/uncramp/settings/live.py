"""The settings of one stay in the program: those of the file, and those that it would not take."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from uncramp.settings.model import Settings, at_default, with_meanings
from uncramp.settings.reader import read_settings
from uncramp.settings.spec import BY_NAME, Setting
from uncramp.settings.values import file_value
from uncramp.settings.writer import set_setting, unset_setting


class OwnSettings:
    """What holds now. What cannot be written, on a full disk say, holds until the program ends."""

    def __init__(self, file: Path) -> None:
        """Go by `file`, whenever it is asked."""
        self.file = file
        self._unsaved: dict[str, Any] = {}

    def now(self) -> Settings:
        """What the file says now, and what it would not take. Never raises."""
        settings = read_settings(self.file)
        if "conditions" in self._unsaved:
            settings = replace(settings, is_person_known=True)
        for name, meaning in self._unsaved.items():
            if meaning is None:
                settings = at_default(settings, BY_NAME[name])
            else:
                settings = with_meanings(settings, {name: meaning})
        return settings

    def give(self, setting: Setting, meaning: Any) -> None:
        """Let `meaning` hold for a setting, or its default where it is None; and write it.

        Raises CannotSet where it cannot be written: it holds all the same.
        """
        self._unsaved[setting.name] = meaning
        if meaning is None:
            unset_setting(self.file, setting.name)
        else:
            set_setting(self.file, setting.name, file_value(setting, meaning))
        del self._unsaved[setting.name]
