"""Starting the run of a routine that a command has found."""

from collections.abc import Iterator

from uncramp.cli.arguments import Arguments
from uncramp.cli.front_end import FrontEnd, follow_in_plain, front_end, open_screen, open_session
from uncramp.cli.options import choice_options
from uncramp.cli.prompts import can_ask
from uncramp.cli.resume_words import running_words, unfinished_words
from uncramp.cli.settings_check import tell_problems
from uncramp.cli.start_checks import (
    answer_for,
    is_agreed,
    may_run_beside,
    refuse,
    rehearsal_words,
)
from uncramp.core.plan.plan import Plan
from uncramp.core.routine.model import Routine
from uncramp.core.suitability.assess import Answer
from uncramp.library.library import Entry, Library
from uncramp.plain.caution_lines import difference_lines, first_run_lines
from uncramp.plain.output import complain
from uncramp.session.exit_statuses import ENDED_EARLY
from uncramp.session.own_data import open_own_data
from uncramp.session.preflight import choices_of
from uncramp.session.session import Session


def start(asked: Arguments, library: Library, entry: Entry) -> int:
    """Run `entry`, unless it is locked or the person would rather not. Returns the exit status."""
    data = open_own_data()
    tell_problems(data.settings.now())
    options = choice_options(asked)
    found = answer_for(entry, data.settings.now(), options)
    if found is None:
        return 2
    if found.plan is None:
        return refuse(entry.title, found.locked or "", choices_of(data.settings.now(), options))
    session = open_session(asked, library, data, entry)
    front, plan = front_end(asked), found.plan
    is_rehearsal = session.options.is_rehearsal
    # A timer lasts as long as was typed, the first time too.
    if not is_rehearsal and not entry.text and data.is_first_time(plan.routine):
        settings = data.settings.now()
        found = answer_for(entry, settings, options, is_first_time=True) or found
        plan = found.plan or plan
    if front is FrontEnd.SCREEN:
        return _run_on_screen(session, plan, found, asked)
    status = _plain_refusal(session, found, asked)
    if status is not None:
        return status
    return follow_in_plain(session, plan, front, _opening_lines(found, plan.routine, session))


def _run_on_screen(session: Session, plan: Plan, found: Answer, asked: Arguments) -> int:
    """Run it on the full screen, which first asks and shows what must be known; not with --yes."""
    if session.options.is_rehearsal:
        return open_screen(session, plan)
    stored, data = session.resuming.look(), session.data
    words = unfinished_words(stored, plan.routine.id, data.clocks)
    if asked.yes:
        return open_screen(session, plan, words)
    asks = filter(None, (*found.asks, running_words(stored), words))
    cautions: tuple[str, ...] = ()
    if data.seen_cautions.are_new(plan.routine):
        cautions = tuple(first_run_lines(plan.routine, data.settings.now().choices()))
    return open_screen(session, plan, asks=tuple(asks), cautions=cautions)


def _plain_refusal(session: Session, found: Answer, asked: Arguments) -> int | None:
    """The exit status if the person decides against the run, in lines; None to run it."""
    if session.options.is_rehearsal:
        return None
    may_ask = can_ask() and not asked.json
    if found.asks and not asked.yes and not is_agreed(found.asks, may_ask=may_ask):
        return ENDED_EARLY if may_ask else 2
    stored, data = session.resuming.look(), session.data
    if not may_run_beside(stored, may_ask=may_ask and not asked.yes):
        return ENDED_EARLY
    routine_id = found.plan.routine.id if found.plan else ""
    words = unfinished_words(stored, routine_id, data.clocks)
    if words:
        complain(words)
    return None


def _opening_lines(found: Answer, routine: Routine, session: Session) -> Iterator[str]:
    """What a person reads before the run; nothing during a cramp."""
    options = session.options
    if options.is_rehearsal:
        yield rehearsal_words(options)
    if routine.urgent:
        return
    yield from difference_lines(found)
    if session.data.seen_cautions.are_new(routine):
        yield from first_run_lines(routine, session.data.settings.now().choices())
        if not options.is_rehearsal:
            session.data.note_cautions(routine)
    elif routine.cautions:
        yield f"What to be careful about: uncramp cautions {routine.id}"
