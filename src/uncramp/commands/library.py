"""`uncramp list` and `uncramp show`, and how every command finds a routine."""

import os
from argparse import Namespace
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from pathlib import Path

from uncramp import paths, resources
from uncramp.atlas import load_atlas
from uncramp.audio.sound_file import kind_problem
from uncramp.commands.person import answer_for, choices_of, refuse
from uncramp.core.listing import Listing, why_not_for
from uncramp.core.texts import shown
from uncramp.library import Entry, Library
from uncramp.plain.cautions import all_caution_lines
from uncramp.plain.objects import json_array, json_line, listing_object, plan_object
from uncramp.plain.output import complain, write
from uncramp.plain.pages import list_lines, show_lines
from uncramp.settings import read_settings


def open_library(sound_problem: Callable[[Path], str | None] = kind_problem) -> Library:
    """The library of this machine, in which sounds are judged by `sound_problem`."""
    return Library(
        paths.routines_folder(),
        resources.bundled_routines(),
        load_atlas(),
        resources.sound_set(),
        index=paths.library_index_file(),
        sound_problem=sound_problem,
    )


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


def list_(asked: Namespace) -> int:
    """Write the routines that there are."""
    library = open_library()
    if asked.json:
        write(json_array(_object(library, listing) for listing in library.listings()))
        return 0
    conditions = read_settings(paths.settings_file()).conditions
    listings = library.listings()
    # What is not for this person stands last.
    ordered = sorted(listings, key=lambda listing: why_not_for(listing, conditions) is not None)
    write(list_lines(ordered, conditions, library.file_of))
    return 0


def _object(library: Library, listing: Listing) -> dict[str, object]:
    # What the problems are stands in no list.
    entry = library.find(listing.id) if listing.errors or listing.warnings else None
    return listing_object(listing, library.file_of(listing), entry.problems if entry else ())


def show(asked: Namespace) -> int:
    """Write what a routine does, moment by moment."""
    entry = find_routine(open_library(), asked)
    if entry is None:
        return 2
    choices = choices_of(asked)
    found = answer_for(entry, choices, asked.times, asked.left_out)
    if found is None:
        return 2
    if found.plan is None:
        return refuse(entry, found, choices)
    plan = found.plan
    write([json_line(plan_object(plan))] if asked.json else show_lines(plan, found))
    return 0


def cautions(asked: Namespace) -> int:
    """Write all that there is to take care of in a routine."""
    entry = find_routine(open_library(), asked)
    found = answer_for(entry, choices_of(asked)) if entry else None
    if entry is None or entry.routine is None or found is None:
        return 2
    write(all_caution_lines(entry.routine, found))
    return 0
