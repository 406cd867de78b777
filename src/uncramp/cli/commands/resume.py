"""`uncramp resume`."""

from argparse import Namespace

from uncramp.cli.commands.run import ENDED_EARLY, Performance, follow_taken, is_screen
from uncramp.cli.preflight import is_agreed, tell_problems
from uncramp.cli.resuming import (
    Taken,
    cut_off_words,
    leave,
    look,
    offer,
    running_words,
    shelf,
)
from uncramp.cli.routine_lookup import open_library
from uncramp.core.plan.plan import Plan
from uncramp.core.run.view import Saved
from uncramp.plain.output import complain, write
from uncramp.plain.run_lines import record_words
from uncramp.runs.history import History
from uncramp.runs.resume_options import Offer
from uncramp.runs.store import Finds, Found
from uncramp.settings import read_settings
from uncramp.system import paths


def resume(asked: Namespace) -> int:
    """Go on with the run that was cut off last, or leave it."""
    performance = Performance(asked, library := open_library())
    finds = look(performance.history)
    for words in finds.troubles:
        complain(words)
    found = _named(finds, asked.routine)
    if found is None:
        return complain(_nothing_words(finds, asked.routine))
    if asked.forget:
        return _forget(found, performance.history)
    settings = read_settings(paths.settings_file())
    tell_problems(settings)
    can = offer(found, library, settings.conditions)
    saved = can.step if asked.from_step else can.here
    if saved is None or can.plan is None:
        return complain(_refusal(can, is_step=asked.from_step))
    may_ask = is_screen() and not asked.json
    if can.asks and not asked.yes and not is_agreed(can.asks, may_ask=may_ask):
        return ENDED_EARLY if may_ask else 2
    return _go_on(found, can.plan, saved, performance, asked)


def _go_on(
    found: Found, plan: Plan, saved: Saved, performance: Performance, asked: Namespace
) -> int:
    held = shelf().claim(found)
    if held is None:
        return complain("This run was taken up in another place meanwhile.")
    words = cut_off_words(found)
    return follow_taken(plan, Taken(found, held, saved), performance, asked, words)


def _named(finds: Finds, routine_id: str | None) -> Found | None:
    """The run that was cut off last, of the routine where one is named."""
    ids = (found for found in finds.unfinished)
    return next((f for f in ids if routine_id in (None, f.kept.about.routine_id)), None)


def _nothing_words(finds: Finds, routine_id: str | None) -> str:
    of = f" of {routine_id}" if routine_id else ""
    return f"There is no run{of} that was cut off. {running_words(finds)}".rstrip()


def _forget(found: Found, history: History) -> int:
    problem = leave(found, history)
    if problem:
        return complain(problem)
    write([f"{found.kept.about.title}: {record_words(found.kept.record)}"])
    return 0


def _refusal(can: Offer, *, is_step: bool) -> str:
    routine_id = can.kept.about.routine_id
    forget = "uncramp resume --forget puts it into the history."
    words = [cut_words(can), can.trouble]
    if can.plan is None:
        return " ".join((*words, forget))
    if can.step is not None and not is_step:
        words.append(f'uncramp resume --from-step goes on with "{can.step_name}" from its start.')
    else:
        words.append(f'There is no step "{can.kept.step}" any more.')
    return " ".join((*words, f"uncramp run {routine_id} begins it anew."))


def cut_words(can: Offer) -> str:
    """Which run it is about."""
    return f"{can.kept.about.title} was cut off at: {can.kept.step}."
