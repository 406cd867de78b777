"""`uncramp list` and `uncramp show`, and how every command finds a routine."""

import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

from uncramp import paths, resources
from uncramp.atlas import load_atlas
from uncramp.core.model import Choices, Side
from uncramp.core.plan import Plan, make_plan
from uncramp.core.texts import shown
from uncramp.library import Entry, Library
from uncramp.plain.objects import entry_object, json_array, json_line, plan_object
from uncramp.plain.output import complain, is_coloured, write, write_line
from uncramp.plain.pages import list_lines, show_lines
from uncramp.plain.problems import problems_text

SOUND_SUFFIXES = (".flac", ".wav", ".ogg", ".mp3")


def open_library() -> Library:
    """The library of this machine."""
    return Library(
        paths.routines_folder(), resources.bundled_routines(), load_atlas(), bundled_sounds()
    )


def bundled_sounds() -> dict[str, Path]:
    """The files of the bundled sounds, by name."""
    folder = resources.bundled_sounds()
    return {path.stem: path for path in folder.iterdir() if path.suffix in SOUND_SUFFIXES}


def find_routine(library: Library, asked: Namespace) -> Entry | None:
    """The routine that `asked` names by id or file; None where there is none, and that is said."""
    word: str = asked.routine
    if is_path(word):
        return library.open_path(Path(word).expanduser())
    entry = library.find(word)
    if entry is None:
        complain(unknown_words(library, word, getattr(asked, "commands", ())))
    return entry


def is_path(word: str) -> bool:
    """Does the word name a file, and not a routine's id?"""
    separators = [os.sep, os.altsep] if os.altsep else [os.sep]
    return word.endswith(".toml") or any(separator in word for separator in separators)


def unknown_words(library: Library, word: str, commands: Sequence[str] = ()) -> str:
    """The sentence for a person who named a routine, or one of `commands`, that there is not."""
    near = [*get_close_matches(word, commands, n=2, cutoff=0.6), *library.nearest(word)]
    what = f'There is no {"command or " if commands else ""}routine "{shown(word[:80])}".'
    if near:
        *most, last = near
        names = f"{', '.join(most)} or {last}" if most else last
        return f"{what} Did you mean {names}?"
    return f"{what} uncramp list names those there are."


def runnable_plan(entry: Entry, side: str | None) -> Plan | None:
    """The plan of a routine; None where it cannot run, and what is wrong is said."""
    if entry.routine is None:
        words = problems_text(entry.errors, colour=is_coloured(sys.stderr))
        write_line(words.rstrip("\n"), sys.stderr)
        return None
    chosen = Side(side) if side else None
    choices = Choices(first_side=chosen or Side.LEFT, affected=chosen)
    try:
        return make_plan(entry.routine, choices)
    except ValueError as error:
        complain(f"{entry.title}: {error}.")
        return None


def list_(asked: Namespace) -> int:
    """Write the routines that there are."""
    entries = open_library().entries()
    if asked.json:
        write(json_array(entry_object(entry) for entry in entries))
    else:
        write(list_lines(entries))
    return 0


def show(asked: Namespace) -> int:
    """Write what a routine does, moment by moment."""
    entry = find_routine(open_library(), asked)
    if entry is None:
        return 2
    plan = runnable_plan(entry, asked.side)
    if plan is None:
        return 2
    write([json_line(plan_object(plan))] if asked.json else show_lines(plan))
    return 0
