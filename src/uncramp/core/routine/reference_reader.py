"""Reads values that name something: a point, a sound, a side, another routine.

Each reader returns what the value means, or `WRONG` if it has reported a problem.
"""

import re
from typing import Any

from uncramp.core.lazy.pattern import lazy_pattern
from uncramp.core.routine.keys import KNOWN_CONDITIONS, KNOWN_KINDS, STILL, meant_condition
from uncramp.core.routine.model import Sides, Sound
from uncramp.core.routine.points import Point
from uncramp.core.routine.references import RoutineDocument
from uncramp.core.text.safe_text import is_kebab, kebab
from uncramp.core.text.suggestions import listed
from uncramp.core.toml.document import Document, kind_of
from uncramp.core.toml.positions import Path
from uncramp.core.toml.scalars import WRONG, Field, read_line

_OUT_OF_FOLDER = lazy_pattern(r"(^|[/\\])\.\.([/\\]|$)|^[/\\~]|^[A-Za-z]:")
_LOOKS_LIKE_FILE = lazy_pattern(r"[/\\]|\.[A-Za-z0-9]{2,4}$")


def read_condition(document: Document, key: Field, value: Any, path: Path) -> Any:
    """A condition: a kebab-case word, known or the author's own."""
    word = read_line(document, key, value, path)
    if word is WRONG:
        return WRONG
    if not is_kebab(word):
        meant = kebab(word)
        document.error(
            path,
            "not-a-condition",
            "is not written as a condition. Use small letters, with hyphens for spaces"
            + (f': "{meant}".' if meant else "."),
            meant or None,
        )
        return WRONG
    if word not in KNOWN_CONDITIONS and not document.problems.is_full:
        near = meant_condition(word)
        if near:
            document.warn(
                path,
                "unknown-condition",
                f'is your own word, which is fine. Did you mean "{near}"?',
                near,
            )
    return word


def read_kind(document: Document, key: Field, value: Any, path: Path) -> Any:
    """A kind of step, known or the author's own."""
    word = read_line(document, key, value, path)
    if word is not WRONG and word not in KNOWN_KINDS:
        near = document.nearest(word, KNOWN_KINDS)
        if near:
            document.warn(
                path,
                "unknown-kind",
                f'is your own word, which is fine. Did you mean "{near}"?',
                near,
            )
    return word


def read_sides(document: Document, _key: Field, value: Any, path: Path) -> Any:
    """How a step is spread over the sides."""
    known = tuple(sides.value for sides in Sides)
    if isinstance(value, str) and value in known:
        return Sides(value)
    what = "is not a choice of sides"
    if isinstance(value, str):
        meant = _SIDES_MEANT.get(value.strip().casefold())
        if meant:
            document.error(path, "unknown-side", f'{what}. Did you mean "{meant}"?', meant)
        else:
            choice = f"Write {listed(known)}."
            document.refuse_unknown(path, "unknown-side", what, value, known, choice)
    else:
        document.error(path, "unknown-side", f"{what}. Write {listed(known)}.")
    return WRONG


_SIDES_MEANT = {
    "l": "left", "r": "right", "left leg": "left", "right leg": "right", "every": "each",
    "all": "each", "either": "affected", "2": "each", "two": "each", "together": "both",
    "left and right": "each", "left then right": "each", "cramped": "affected",
}  # fmt: skip


def read_answer(document: RoutineDocument, key: Field, value: Any, path: Path) -> Any:
    """The answer to an open step after which a step is offered; only one exists."""
    word = read_line(document, key, value, path)
    if word is WRONG or word == STILL:
        return word
    message = f'is no answer to a step. Write "{STILL}", or "only" for a condition of the person.'
    document.error(path, "unknown-answer", message, STILL)
    return WRONG


def read_point(document: RoutineDocument, key: Field, value: Any, path: Path) -> Any:
    """A point of the atlas."""
    name = read_line(document, key, value, path)
    if name is WRONG:
        return WRONG
    atlas = document.references.atlas
    found: Point | None = atlas.find(name)
    if found is None:
        some = listed((p.label for p in atlas.points[:4]), "and")
        document.refuse_unknown(
            path,
            "unknown-point",
            "is not a point in the atlas",
            name,
            atlas.spellings(),
            f"It has {some}, among others." if some else "",
        )
        return WRONG
    return found


def read_figure(document: RoutineDocument, key: Field, value: Any, path: Path) -> Any:
    """The id of a picture of the atlas."""
    name = read_line(document, key, value, path)
    figures = document.references.atlas.figures
    if name is WRONG or name in figures:
        return name
    there = f"The pictures are {listed(figures, 'and')}." if figures else ""
    document.refuse_unknown(
        path, "unknown-figure", "is not a picture in the atlas", name, figures, there
    )
    return WRONG


def read_sound(document: RoutineDocument, key: Field, value: Any, path: Path) -> Any:
    """A sound, or None for silence."""
    if value is False:
        return None
    if not isinstance(value, str):
        document.error(
            path,
            "wrong-type",
            f"is {'true' if value is True else kind_of(value)}, not a sound. "
            "Write a sound's name, or false for silence.",
        )
        return WRONG
    name = read_line(document, key, value, path)
    if name is WRONG:
        return WRONG
    if name in document.references.sounds:
        return Sound(name)
    if _LOOKS_LIKE_FILE.search(name) or name.startswith((".", "~")):
        return _sound_file(document, name, path)
    if name.casefold() in ("none", "off", "no", "silent", "silence", "mute", "null", "false"):
        message = "is not a bundled sound. For silence, write false without quotes."
        document.error(path, "unknown-sound", message, "false")
        return WRONG
    sounds = document.references.sounds
    there = f"The sounds are {listed(sorted(sounds), 'and')}." if sounds else ""
    document.refuse_unknown(path, "unknown-sound", "is not a bundled sound", name, sounds, there)
    return WRONG


def _sound_file(document: RoutineDocument, name: str, path: Path) -> Any:
    if _OUT_OF_FOLDER.search(name):
        document.error(
            path,
            "sound-outside",
            "is outside the routine's folder. Put the file beside the routine, "
            'and write "./" and its name.',
        )
        return WRONG
    if not name.startswith("./"):
        meant = "./" + name.replace("\\", "/")
        document.error(
            path,
            "unknown-sound",
            f'is not a bundled sound. For a file beside the routine, write "{meant}".',
            meant,
        )
        return WRONG
    folder = document.source.folder
    if folder is None:
        document.error(
            path,
            "no-folder",
            "is a file, but this routine is not in a folder. Write a bundled sound's name.",
        )
        return WRONG
    problem = document.references.sound_problem(folder, name)
    if problem:
        document.error(path, "sound-file", problem)
        return WRONG
    return Sound(name, folder)


def read_routine_id(document: RoutineDocument, key: Field, value: Any, path: Path) -> Any:
    """The id of another routine."""
    routine_id = read_line(document, key, value, path)
    if routine_id is WRONG or is_kebab(routine_id):
        return routine_id
    bare = routine_id.removesuffix(".toml").removeprefix("./")
    meant = None if re.search(r"[/\\]", bare) else kebab(bare) or None
    how = (
        f'its file\'s name without .toml. Write "{meant}".'
        if meant
        else "the name of a file in this folder or in the library, without .toml."
    )
    document.error(path, "unknown-routine", f"is not a routine's id, which is {how}", meant)
    return WRONG
