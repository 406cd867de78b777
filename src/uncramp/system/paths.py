"""Where this person's routines, settings, history, logs and cache live on this machine.

Naming a place never makes it: `made` does. The places follow the platform's
custom (on Linux the XDG folders) and are asked for anew at each call, so that a
changed environment counts at once.
"""

from pathlib import Path

from platformdirs import PlatformDirs

from uncramp.system.files import private_folder

_PLACES = PlatformDirs("uncramp", appauthor=False)


def settings_file() -> Path:
    """The file of the person's settings."""
    return _PLACES.user_config_path / "settings.toml"


def routines_folder() -> Path:
    """The folder of the person's own routines."""
    return _PLACES.user_data_path / "routines"


def history_folder() -> Path:
    """The folder of what was done and when, and of a run that can be taken up again."""
    return _PLACES.user_state_path / "history"


def unfinished_folder() -> Path:
    """The folder of the runs that are under way or were cut off, each in a file of its own."""
    return history_folder() / "unfinished"


def seen_cautions_file() -> Path:
    """The file of which routines' cautions were shown before a first run."""
    return _PLACES.user_state_path / "seen-cautions.txt"


def favourites_file() -> Path:
    """The file of which routines have a star."""
    return _PLACES.user_state_path / "favourites.txt"


def trash_folder() -> Path:
    """The folder of routines that the person deleted, until they empty it."""
    return _PLACES.user_data_path / "trash"


def library_index_file() -> Path:
    """The file of what was read of the routines, so that they need not be read at each start."""
    return cache_folder() / "library-index"


def logs_folder() -> Path:
    """The folder of the program's logs."""
    return _PLACES.user_state_path / "logs"


def cache_folder() -> Path:
    """The folder of what can be made again, such as spoken clips."""
    return _PLACES.user_cache_path


def lateness_file() -> Path:
    """The file of how late each way of making sound was found to be."""
    return cache_folder() / "lateness.json"


def spoken_folder() -> Path:
    """The folder of the phrases that were spoken, as clips."""
    return cache_folder() / "speech"


def made(folder: Path) -> Path:
    """The same folder, made with its parents if it was not there, for this person's eyes only.

    Raises OSError where it cannot be made.
    """
    return private_folder(folder)
