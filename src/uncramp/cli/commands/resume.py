"""`uncramp resume`."""

from uncramp.cli.arguments import Arguments
from uncramp.cli.front_end import FrontEnd, follow_in_plain, front_end, open_screen, open_session
from uncramp.cli.prompts import can_ask
from uncramp.cli.resume_words import cut_off_words, running_words
from uncramp.cli.routine_lookup import open_library
from uncramp.cli.settings_check import tell_problems
from uncramp.cli.start_checks import is_agreed
from uncramp.plain.output import complain, write
from uncramp.plain.run_lines import record_words
from uncramp.runs.resume_options import Offer
from uncramp.runs.store import StoredRun, StoredRuns
from uncramp.session.exit_statuses import ENDED_EARLY
from uncramp.session.own_data import open_own_data
from uncramp.session.resuming import Resuming
from uncramp.session.unkept_words import RESUMED_ELSEWHERE, not_left_words


def resume(asked: Arguments) -> int:
    """Resume the run that was cut off last, or leave it."""
    data = open_own_data()
    session = open_session(asked, open_library(), data)
    stored = session.resuming.look()
    for words in stored.troubles:
        complain(words)
    found = _named(stored, asked.routine)
    if found is None:
        return complain(_nothing_words(stored, asked.routine))
    if asked.forget:
        return _forget(found, session.resuming)
    tell_problems(data.settings.now())
    can = session.resuming.offer(found, data.settings.now().conditions)
    saved = can.step if asked.from_step else can.here
    if saved is None or can.plan is None:
        return complain(_refusal(can, is_step=asked.from_step))
    may_ask = can_ask() and not asked.json
    front = front_end(asked)
    asks = () if asked.yes else can.asks
    if asks and front is not FrontEnd.SCREEN and not is_agreed(asks, may_ask=may_ask):
        return ENDED_EARLY if may_ask else 2
    taken = session.resuming.take(found, saved)
    if taken is None:
        return complain(RESUMED_ELSEWHERE)
    if front is FrontEnd.SCREEN:
        return open_screen(session, can.plan, taken=taken, asks=asks)
    opening = (cut_off_words(found, data.clocks),)
    return follow_in_plain(session, can.plan, front, opening, taken)


def _named(stored: StoredRuns, routine_id: str | None) -> StoredRun | None:
    """The run that was cut off last, of the named routine if there is one."""
    for found in stored.unfinished:
        if routine_id in (None, found.checkpoint.about.routine_id):
            return found
    return None


def _nothing_words(stored: StoredRuns, routine_id: str | None) -> str:
    of = f" of {routine_id}" if routine_id else ""
    return f"There is no run{of} that was cut off. {running_words(stored)}".rstrip()


def _forget(found: StoredRun, resuming: Resuming) -> int:
    problem = resuming.leave(found)
    if problem:
        return complain(not_left_words(problem))
    write([f"{found.checkpoint.about.title}: {record_words(found.checkpoint.record)}"])
    return 0


def _refusal(can: Offer, *, is_step: bool) -> str:
    routine_id = can.checkpoint.about.routine_id
    forget = "uncramp resume --forget puts it into the history."
    words = [f"{can.checkpoint.about.title} was cut off at: {can.checkpoint.step}.", can.trouble]
    if can.plan is None:
        return " ".join((*words, forget))
    if can.step is not None and not is_step:
        words.append(f'uncramp resume --from-step resumes at the start of "{can.step_name}".')
    else:
        words.append(f'There is no longer a step "{can.checkpoint.step}".')
    if can.checkpoint.about.text:
        return " ".join((*words, forget))
    return " ".join((*words, f"uncramp run {routine_id} starts it over."))
