"""The status of the sound, in words for a person."""

from collections.abc import Mapping
from pathlib import Path

from uncramp.audio.messages import Chosen
from uncramp.audio.player import SoundStatus

REMOTE = (
    "You are connected over SSH, so sound plays at the other machine. "
    "UNCRAMP_SOUND=bell rings the terminal in front of you."
)
IN_CONTAINER = "This is a container, which has no sound unless its host shares its sound server."
_CONTAINER_MARKS = (".dockerenv", "run/.containerenv")


def status_of(chosen: Chosen, preferred: str | None, has_bell: bool) -> SoundStatus:
    """How sound is made, from what the process chose.

    `preferred` is the backend that the person set; `has_bell` says whether a terminal can ring.
    """
    backend, tried, not_here = chosen.backend, chosen.tried, chosen.not_here
    others = ", ".join(name for name in tried if name != preferred)
    is_heard = backend != "bell"
    if is_heard:
        words = f"Sound: {backend} (tried first: {others})." if others else f"Sound: {backend}."
    elif preferred == "bell" and not tried:
        words = "Sound: the terminal's bell, as set."
        if not has_bell:
            words = "No sound: the bell is set, but there is no terminal to ring. Watch the screen."
    else:
        why = "no sound library and no player was found on this machine"
        if tried:
            why = f"this machine has no sound device that answers (tried {', '.join(tried)})"
        instead = "The terminal's bell is used instead." if has_bell else "Watch the screen."
        words = f"No sound: {why}. {instead}"
    if preferred not in (None, "bell", backend):
        why = "is not on this machine" if preferred in not_here else "makes no sound here"
        words += f" {preferred}, which is set, {why}."
    used = backend if is_heard or has_bell else None
    return SoundStatus(is_heard, used, words, chosen.reasons, tried, not_here)


def place_words(environment: Mapping[str, str], is_heard: bool, root: Path = Path("/")) -> str:
    """What to say if the person may not hear this machine; empty if they will.

    A sound server that is named counts as the person's own, forwarded to here.
    """
    if environment.get("PULSE_SERVER"):
        return ""
    if environment.get("SSH_CONNECTION") or environment.get("SSH_TTY"):
        return REMOTE
    is_container = any((root / mark).exists() for mark in _CONTAINER_MARKS)
    return IN_CONTAINER if is_container and not is_heard else ""
