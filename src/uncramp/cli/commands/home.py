"""`uncramp` alone: the library on the full screen."""

from uncramp.cli.arguments import Arguments
from uncramp.cli.front_end import is_screen, open_screen, open_session
from uncramp.cli.resume_words import running_words
from uncramp.cli.routine_lookup import open_library
from uncramp.plain.output import complain
from uncramp.session.own_data import open_own_data


def home(asked: Arguments) -> int:
    """Open the library on the full screen, after the runs that were cut off."""
    library = open_library()
    if not is_screen():
        return complain(
            "The library needs a terminal that shows a full screen. uncramp list shows the "
            "routines, and uncramp run ID runs one."
        )
    session = open_session(asked, library, open_own_data())
    stored = session.resuming.look()
    problem = " ".join((running_words(stored), *stored.troubles)).strip()
    return open_screen(session, None, problem, unfinished=session.cut_off(stored))
