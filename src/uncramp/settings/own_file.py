"""Reading the person's settings file. The TOML reader is loaded only if there is one."""

import os
from pathlib import Path

from uncramp.settings.model import Settings


def read_settings(file: Path) -> Settings:
    """The settings in `file`; the defaults if there is none. Never raises."""
    if not os.path.lexists(file):
        return Settings()
    from uncramp.settings.reader import settings_in

    return settings_in(file)
