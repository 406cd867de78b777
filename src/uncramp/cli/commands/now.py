"""`uncramp now`."""

from pathlib import Path

from uncramp import instant
from uncramp.cli.arguments import Arguments
from uncramp.cli.front_end import FrontEnd, follow_in_plain, front_end, open_screen, open_session
from uncramp.cli.options import choice_options
from uncramp.cli.routine_lookup import open_library
from uncramp.cli.start_checks import answer_for, refuse, rehearsal_words
from uncramp.core.plan.plan import Plan
from uncramp.core.routine.model import Side
from uncramp.session.own_data import open_own_data
from uncramp.session.preflight import choices_of
from uncramp.session.session import Session
from uncramp.system.files import put_file


def now(asked: Arguments) -> int:
    """Run the urgent routine at once."""
    library, data = open_library(), open_own_data()
    entry, options = library.urgent(), choice_options(asked)
    # Nothing comes before the first words, not even problems with the settings.
    found = answer_for(entry, data.settings.now(), options)
    if found is None:
        return 2
    if found.plan is None:
        choices = choices_of(data.settings.now(), options)
        return refuse(entry.title, found.locked or "", choices)
    session = open_session(asked, library, data)
    front = front_end(asked)
    if front is not FrontEnd.SCREEN:
        return follow_in_plain(session, found.plan, front, _opening_lines(session))
    _show_first_words(found.plan, session)
    return open_screen(session, found.plan)


def _opening_lines(session: Session) -> tuple[str, ...]:
    return (rehearsal_words(session.options),) if session.options.is_rehearsal else ()


def _show_first_words(plan: Plan, session: Session) -> None:
    """Show the first instruction while the screen loads, and keep it for the next time."""
    library = session.library
    first = plan.span(0)
    words = [line for line in (first.name, first.step and first.step.how) if line]
    is_its_own = first.step is not None and "/" not in first.step.key
    if is_its_own and first.side is Side.AFFECTED:
        file = f"{plan.routine.id}.toml"
        depends_on = (library.own / file, library.bundled / file, session.data.settings.file)
        hours = session.night.hours(is_urgent=True)
        witnesses = [str(path) for path in depends_on]
        instant.keep(words, witnesses, _put, hours)
    instant.show(words, is_night=session.night.begin_run(is_urgent=True))


def _put(path: str, data: bytes) -> None:
    file = Path(path)
    put_file(file, data)
    # Version 0.1 wrote into `first-words.PID` first; a kill may have left one.
    for left in file.parent.glob(f"{file.name}.[0-9]*"):
        left.unlink()
