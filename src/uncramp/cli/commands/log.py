"""`uncramp log`: writes down a cramp, or that none came."""

from datetime import date, timedelta

from uncramp.cli.arguments import Arguments
from uncramp.cli.cramp_fields import moment_in, with_answers, with_options
from uncramp.cli.history_access import advice_lines, entry_object, not_there, with_history
from uncramp.cli.history_options import FIELDS
from uncramp.cli.prompts import NoAnswer, can_ask
from uncramp.core.history.entries import CalmNight, CrampEntry, Entry, RunEntry
from uncramp.library.unusable_value import UnusableValue
from uncramp.plain.history_lines import entry_line
from uncramp.plain.json_text import json_line
from uncramp.plain.output import complain, write
from uncramp.runs.history_store import HistoryStore
from uncramp.runs.local_times import local_time, today, written_time

SAY_SOMETHING = "Say something of the cramp: --leg left, --at 03:10 and so on."


def log(asked: Arguments) -> int:
    """Write down a cramp or a calm night. 0: logged, 2: not."""
    return with_history(lambda store, now_s: _log(store, now_s, asked))


def _log(store: HistoryStore, now_s: float, asked: Arguments) -> int:
    try:
        if asked.calm:
            entry: Entry = CalmNight(_night(asked, now_s))
        else:
            at = local_time(now_s)
            if asked.run is not None:
                run = store.get(asked.run)
                if not isinstance(run, RunEntry):
                    return complain(f"{asked.run} is no run. uncramp history --kind run has them.")
                at = run.began
            entry = CrampEntry(at, run_id=asked.run)
            has_said = any(getattr(asked, name) is not None for name in FIELDS)
            if has_said or asked.run is not None:
                said = with_options(entry, asked, now_s)
                if said == entry and asked.at is None and asked.run is None:
                    return complain(SAY_SOMETHING)
                entry = said
            elif can_ask():
                entry = with_answers(entry, now_s)
            else:
                return complain(SAY_SOMETHING)
    except UnusableValue as error:
        return complain(str(error))
    except NoAnswer:
        return complain("Nothing was logged.")
    number = store.add(entry)
    kept = store.get(number)
    if kept is None:
        return not_there(number)
    if asked.json:
        write([json_line(entry_object(store, kept))])
        return 0
    write(["Logged:", entry_line(kept, written_time)])
    write(advice_lines(store, now_s))
    return 0


def _night(asked: Arguments, now_s: float) -> date:
    """The night that was calm. Raises UnusableValue."""
    said = [name for name in FIELDS if name != "at" and getattr(asked, name) is not None]
    if said:
        raise UnusableValue(
            f"--calm says that no cramp came, and --{said[0]} says of one. Leave one out."
        )
    if asked.at is None:
        return today(now_s) - timedelta(days=1)
    try:
        night = date.fromisoformat(asked.at)
    except ValueError:
        return moment_in(asked.at, now_s).night
    if night > today(now_s):
        raise UnusableValue(f"The night of {night.isoformat()} is still to come.")
    return night
