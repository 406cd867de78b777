"""`uncramp list`."""

from collections.abc import Iterator

from uncramp.cli.arguments import Arguments
from uncramp.cli.routine_lookup import open_library, unread_words
from uncramp.core.suitability.listing import Listing, why_not_for
from uncramp.library.library import Library
from uncramp.plain.list_lines import list_lines
from uncramp.plain.output import complain, write
from uncramp.settings import read_settings
from uncramp.system import paths


def list_(asked: Arguments) -> int:
    """Write all routines."""
    library = open_library()
    if asked.json:
        from uncramp.plain.json_text import json_array

        write(json_array(_object(library, listing) for listing in library.listings()))
        return 0
    conditions = read_settings(paths.settings_file()).conditions
    write(library.lines(sorted(conditions), lambda: _lines(library, conditions)))
    unread = unread_words(library)
    if unread:
        complain(unread)
    return 0


def _lines(library: Library, conditions: frozenset[str]) -> Iterator[str]:
    # Routines that do not suit this person come last.
    ordered = sorted(library.listings(), key=lambda at: why_not_for(at, conditions) is not None)
    return list_lines(ordered, conditions, library.file_of)


def _object(library: Library, listing: Listing) -> dict[str, object]:
    from uncramp.plain.json_objects import listing_object

    # A list does not name the problems.
    entry = library.find(listing.id) if listing.errors or listing.warnings else None
    return listing_object(listing, library.file_of(listing), entry.problems if entry else ())
