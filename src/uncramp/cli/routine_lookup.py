"""Finds the routine that a person named, for all commands."""

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from uncramp.cli.arguments import Arguments
from uncramp.core.text.safe_text import shown
from uncramp.core.toml.file_kind import LARGEST_FILE
from uncramp.library.folder import why_unreadable
from uncramp.library.library import Entry, Library
from uncramp.plain.output import complain
from uncramp.system import paths, resources

TYPE_CHECKING = False
if TYPE_CHECKING:
    from uncramp.core.routine.points import Atlas


def open_library(sound_problem: Callable[[Path], str | None] | None = None) -> Library:
    """The library of this machine; for `sound_problem` see `Library`."""
    return Library(
        paths.routines_folder(),
        resources.bundled_routines(),
        _load_atlas,
        resources.sound_set(),
        index=paths.library_index_file(),
        sound_problem=sound_problem,
    )


def _load_atlas() -> "Atlas":
    from uncramp.atlas import load_atlas

    return load_atlas()


def find_routine(library: Library, asked: Arguments) -> Entry | None:
    """The routine that `asked` names by id or file. If there is none, says so; None."""
    word: str = asked.routine
    if (
        getattr(asked, "commands", ())
        and word[:1].isdecimal()
        and _is_meant_as_timer(library, word)
    ):
        complain(f'There is no routine "{word}". To time that long: uncramp timer {word}')
        return None
    if is_path(word):
        return library.open_path(named_file(word))
    entry = library.find(word)
    if entry is None:
        complain(unknown_words(library, word, getattr(asked, "commands", ())))
    return entry


def _is_meant_as_timer(library: Library, word: str) -> bool:
    from uncramp.library.timer import is_timer

    is_other = is_there(Path(word)) or ("/" not in word and library.find(word) is not None)
    return is_timer(word) and not is_other


def named_file(word: str) -> Path:
    """The file that a person named; `~` with an unknown user is an ordinary name."""
    path = Path(word)
    try:
        return path.expanduser() if word.startswith("~") else path
    except RuntimeError:
        return path


def is_there(path: Path) -> bool:
    """Is there anything of that name? No for a name that no file can have."""
    return os.path.lexists(path)


def is_path(word: str) -> bool:
    """Does the word name a file rather than a routine's id?"""
    separators = [os.sep, os.altsep] if os.altsep else [os.sep]
    return word.endswith(".toml") or any(separator in word for separator in separators)


def unknown_words(
    library: Library, word: str, commands: Sequence[str] = (), used: Sequence[str] | None = None
) -> str:
    """The sentence for an unknown routine, or an unknown one of `commands`.

    `used` are the ids of the history, if it was looked there too.
    """
    from difflib import get_close_matches

    others = get_close_matches(word, (*commands, *(used or ())), n=2, cutoff=0.7)
    near = list(dict.fromkeys([*others, *library.nearest(word)]))
    what = f'There is no {"command or " if commands else ""}routine "{shown(word[:80])}"'
    what += "." if used is None else ", and no run of it in the history."
    unread = unread_words(library)
    if unread:
        return f"{what} {unread}"
    if near:
        *most, last = near
        names = shown(f"{', '.join(most)} or {last}" if most else last)
        return f"{what} Did you mean {names}?"
    return f"{what} uncramp list shows the routines there are."


def unread_words(library: Library) -> str | None:
    """Why the person's own routines are missing, as a sentence; None if they can be read."""
    reason = why_unreadable(library.own)
    return (
        f"Your routines in {shown(str(library.own))} cannot be read: {reason}." if reason else None
    )


def standard_input() -> bytes:
    """The content of standard input, at most one byte more than a routine may have."""
    try:
        return sys.stdin.buffer.read(LARGEST_FILE + 1) if sys.stdin else b""
    except OSError:
        return b""
