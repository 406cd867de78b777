"""Where the bundled routines and sounds are: beside the code, or in the checkout around it."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]
_CHECKOUT = _PACKAGE.parents[1]


def bundled_routines() -> Path:
    """The folder of the bundled routines."""
    return _bundled("routines")


def bundled_sounds() -> Path:
    """The folder of the bundled sounds, with a folder for each set."""
    return _bundled("sounds")


SOUND_SETS = ("bowl", "wood", "beep")
"""The sets of sounds to choose from: each has every sound, under the same names."""


def sound_set(name: str = SOUND_SETS[0]) -> dict[str, Path]:
    """The files of one of the sets, by the names that routines use."""
    return {path.stem: path for path in (bundled_sounds() / name).glob("*.wav")}


def at_night(sound: Path) -> Path:
    """The file of a bundled sound for the night: lower, duller and softer."""
    return sound.with_name("night") / sound.name


def _bundled(name: str) -> Path:
    # An installed wheel contains the folders. An editable install uses the checkout's own, so
    # that an edited routine takes effect at the next start.
    installed = _PACKAGE / "_bundled" / name
    return installed if installed.is_dir() else _CHECKOUT / name
