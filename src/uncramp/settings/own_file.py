"""Reading the person's file of settings. What reads TOML is loaded only where there is one."""

import os
from pathlib import Path

from uncramp.settings.model import Settings


def read_settings(file: Path) -> Settings:
    """The settings in `file`; the defaults where there is none. Never raises."""
    if not os.path.lexists(file):
        return Settings()
    from uncramp.settings.reader import settings_in

    return settings_in(file)
