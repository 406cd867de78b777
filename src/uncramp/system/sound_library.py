"""The library miniaudio, loaded only in a separate process, and what its devices need."""

from importlib import import_module
from typing import Any


class NoSoundLibrary(Exception):
    """miniaudio cannot be loaded; the text is for a person."""


def miniaudio_library() -> Any:
    """The module `miniaudio`, loaded at its first use. Raises NoSoundLibrary."""
    try:
        return import_module("miniaudio")
    except (ImportError, OSError) as problem:
        raise NoSoundLibrary(f"miniaudio cannot be loaded: {problem}") from problem


def sound_systems(miniaudio: Any) -> list[Any]:
    """The sound systems to try, in this order."""
    # Named, because otherwise it would fall back on a null device.
    named = ("WASAPI", "COREAUDIO", "PULSEAUDIO", "ALSA")
    return [miniaudio.Backend[name] for name in named]


def problem_words(problem: Exception) -> str:
    """What miniaudio reported, in a few words."""
    return ", ".join(str(word) for word in problem.args)[:120]


def close_device(miniaudio: Any, device: Any) -> None:
    """Close a device and its connection to the sound server."""
    # The library leaves the context open, with a connection to the sound server, even if the
    # device could not be opened: the 64th cue would get no connection.
    context = getattr(device, "_context", None)
    device.close()
    if context is not None:
        miniaudio.lib.ma_context_uninit(context)
