"""Where this person's routines, settings, history, logs and cache are on this machine.

Asking for a path never creates it; `made` does. The paths follow the platform's conventions (on
Linux the XDG folders) and are looked up at each call, so that a changed environment counts at
once.
"""

from pathlib import Path

from platformdirs import PlatformDirs

_PLACES = PlatformDirs("uncramp", appauthor=False)


def settings_file() -> Path:
    """The file of the person's settings."""
    return _PLACES.user_config_path / "settings.toml"


def routines_folder() -> Path:
    """The folder of the person's own routines."""
    return _PLACES.user_data_path / "routines"


def history_folder() -> Path:
    """The folder of the history."""
    return _PLACES.user_state_path / "history"


def unfinished_folder() -> Path:
    """The folder of the runs that go on or were cut off, a file for each."""
    return history_folder() / "unfinished"


def seen_cautions_file() -> Path:
    """The file of the routines whose cautions were shown before a first run."""
    return _PLACES.user_state_path / "seen-cautions.txt"


def favourites_file() -> Path:
    """The file of the favourites."""
    return _PLACES.user_state_path / "favourites.txt"


def trash_folder() -> Path:
    """The folder of deleted routines, until the person empties it."""
    return _PLACES.user_data_path / "trash"


def reminders_folder() -> Path:
    """The folder of reminders on a system that has no folder for them."""
    return _PLACES.user_state_path / "reminders"


def library_index_file() -> Path:
    """The index of the routines, so that they need not be read at each start."""
    return cache_folder() / "library-index"


def logs_folder() -> Path:
    """The folder of the program's logs."""
    return _PLACES.user_state_path / "logs"


def cache_folder() -> Path:
    """The folder of the cache: what can be made again."""
    return _PLACES.user_cache_path


def lateness_file() -> Path:
    """The file of the measured lateness of each backend."""
    return cache_folder() / "lateness.json"


def spoken_folder() -> Path:
    """The folder of spoken phrases, as clips."""
    return cache_folder() / "speech"
