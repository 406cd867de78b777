"""`uncramp run`."""

from uncramp.cli.arguments import Arguments
from uncramp.cli.routine_lookup import find_routine, open_library
from uncramp.cli.starting import start


def run(asked: Arguments) -> int:
    """Run the named routine, unless it is locked or the person decides not to."""
    library = open_library()
    entry = find_routine(library, asked)
    return 2 if entry is None else start(asked, library, entry)
