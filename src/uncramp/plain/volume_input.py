"""Louder, softer, quiet and mute in a plain run, by a key or by a word."""

import re

from uncramp.audio.volume import LOUDEST, STEP, Hush, Loudness
from uncramp.core.lazy.dataclass import replace
from uncramp.session.key_table import KEY_BY_ID

WORDS = ("louder", "softer", "quiet", "mute", "unmute", "volume N")
"""Every word that a line can be."""


def loudness_of_key(key: str, now: Loudness) -> Loudness | None:
    """The volume after a key; None for a key that does not change it."""
    if key in KEY_BY_ID["run.louder"].keys:
        return now.changed(STEP)
    if key in KEY_BY_ID["run.softer"].keys:
        return now.changed(-STEP)
    return now.hushed() if key.lower() in KEY_BY_ID["run.hush"].keys else None


def loudness_of_line(line: str, now: Loudness) -> Loudness | None:
    """The volume after a line; None for a line that does not change it."""
    match line.casefold().split():
        case ["louder"]:
            return now.changed(STEP)
        case ["softer"]:
            return now.changed(-STEP)
        case ["quiet"]:
            return replace(now, hush=Hush.QUIET)
        case ["mute"]:
            return replace(now, hush=Hush.MUTED)
        case ["unmute"]:
            return replace(now, hush=Hush.NONE)
        case ["volume", number] if re.fullmatch("[0-9]{1,3}", number) and int(number) <= LOUDEST:
            heard = replace(now, hush=Hush.NONE)
            return heard.changed(int(number) - heard.present)
    return None
