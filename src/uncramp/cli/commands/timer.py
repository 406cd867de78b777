"""`uncramp timer`."""

from uncramp.cli.arguments import Arguments
from uncramp.cli.routine_lookup import open_library
from uncramp.cli.starting import start
from uncramp.library.timer import EXAMPLE, NotATimer, new_timer, timer_entry
from uncramp.plain.output import complain
from uncramp.plain.problem_lines import complain_of


def timer(asked: Arguments) -> int:
    """Run the timer that the command line describes. 2: it describes none."""
    if asked.timer is None:
        return complain(f"Say how long: uncramp timer 5m, or uncramp timer {EXAMPLE}.")
    try:
        routine = new_timer((asked.timer, *asked.title))
    except NotATimer as error:
        return complain_of(error.problems)
    library = open_library()
    return start(asked, library, timer_entry(library, routine))
