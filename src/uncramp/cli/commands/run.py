"""`uncramp run`."""

from argparse import Namespace

from uncramp.cli.routine_lookup import find_routine, open_library
from uncramp.cli.starting import start


def run(asked: Namespace) -> int:
    """Run the named routine, unless it is locked or the person decides not to."""
    library = open_library()
    entry = find_routine(library, asked)
    return 2 if entry is None else start(asked, library, entry)
