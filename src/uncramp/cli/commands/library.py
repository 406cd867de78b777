"""`uncramp list`, `uncramp show` and `uncramp cautions`."""

from argparse import Namespace

from uncramp.cli.options import choice_options
from uncramp.cli.preflight import answer_for, refuse, tell_problems
from uncramp.cli.routine_lookup import find_routine, open_library
from uncramp.core.suitability.summary import Listing, why_not_for
from uncramp.library.library import Library
from uncramp.plain.caution_lines import all_caution_lines
from uncramp.plain.json_objects import json_array, json_line, listing_object, plan_object
from uncramp.plain.list_lines import list_lines, show_lines
from uncramp.plain.output import write
from uncramp.session.preflight import choices_of
from uncramp.settings import read_settings
from uncramp.system import paths


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
    settings, options = read_settings(paths.settings_file()), choice_options(asked)
    tell_problems(settings)
    found = answer_for(entry, settings, options)
    if found is None:
        return 2
    if found.plan is None:
        return refuse(entry.title, found.locked or "", choices_of(settings, options))
    plan = found.plan
    write([json_line(plan_object(plan))] if asked.json else show_lines(plan, found))
    return 0


def cautions(asked: Namespace) -> int:
    """Write all that there is to take care of in a routine."""
    entry = find_routine(open_library(), asked)
    if entry is None:
        return 2
    settings = read_settings(paths.settings_file())
    tell_problems(settings)
    found = answer_for(entry, settings, choice_options(asked))
    if entry.routine is None or found is None:
        return 2
    write(all_caution_lines(entry.routine, found))
    return 0
