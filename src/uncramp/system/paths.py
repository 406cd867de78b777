"""Where this person's routines, settings, history, logs and cache are on this machine.

Asking for a path never creates it; `made` does. The paths follow the platform's conventions (on
Linux the XDG folders) and are looked up at each call, so that a changed environment counts at
once.
"""

import os
import sys
from pathlib import Path

from uncramp.system.files import private_folder

_XDG = {
    "config": ("XDG_CONFIG_HOME", "~/.config"),
    "data": ("XDG_DATA_HOME", "~/.local/share"),
    "state": ("XDG_STATE_HOME", "~/.local/state"),
    "cache": ("XDG_CACHE_HOME", "~/.cache"),
}
"""The variable of each kind of folder, and where it is without; from the XDG specification 0.8."""


def _folder(kind: str) -> Path:
    """This program's folder of that kind; it need not exist."""
    if sys.platform != "linux":
        from platformdirs import PlatformDirs

        found: Path = getattr(PlatformDirs("uncramp", appauthor=False), f"user_{kind}_path")
        return found
    # As platformdirs does it, which takes a tenth of the time of a quick command to load.
    variable, usual = _XDG[kind]
    given = os.environ.get(variable, "")
    folder = given if os.path.isabs(given) else os.path.expanduser(usual)  # noqa: PTH111, PTH117
    return Path(folder, "uncramp")


def settings_file() -> Path:
    """The file of the person's settings."""
    return _folder("config") / "settings.toml"


def routines_folder() -> Path:
    """The folder of the person's own routines."""
    return _folder("data") / "routines"


def history_folder() -> Path:
    """The folder of the history."""
    return _folder("state") / "history"


def unfinished_folder() -> Path:
    """The folder of the runs that go on or were cut off, a file for each."""
    return history_folder() / "unfinished"


def seen_cautions_file() -> Path:
    """The file of the routines whose cautions were shown before a first run."""
    return _folder("state") / "seen-cautions.txt"


def favourites_file() -> Path:
    """The file of the favourites."""
    return _folder("state") / "favourites.txt"


def trash_folder() -> Path:
    """The folder of deleted routines, until the person empties it."""
    return _folder("data") / "trash"


def reminders_folder() -> Path:
    """The folder of reminders on a system that has no folder for them."""
    return _folder("state") / "reminders"


def library_index_file() -> Path:
    """The index of the routines, so that they need not be read at each start."""
    return cache_folder() / "library-index"


def logs_folder() -> Path:
    """The folder of the program's logs."""
    return _folder("state") / "logs"


def cache_folder() -> Path:
    """The folder of the cache: what can be made again."""
    return _folder("cache")


def lateness_file() -> Path:
    """The file of the measured lateness of each backend."""
    return cache_folder() / "lateness.json"


def spoken_folder() -> Path:
    """The folder of spoken phrases, as clips."""
    return cache_folder() / "speech"


def made(folder: Path) -> Path:
    """Create the folder and its parents if needed, for this person only. Returns it.

    Raises OSError if it cannot be created.
    """
    return private_folder(folder)
