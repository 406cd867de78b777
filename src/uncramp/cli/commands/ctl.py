"""`uncramp ctl`."""

from uncramp.cli.arguments import Arguments
from uncramp.cli.run_access import NOTHING_RUNS, cannot_ask, opened
from uncramp.control.client import Fields, NoReply, NoRun, open_run, run_ids
from uncramp.control.protocol import ControlCommand
from uncramp.control.status_text import DEFAULT_FORMAT, NOTHING_WORDS, PLAIN_FORMAT, formatted
from uncramp.core.text.safe_text import plain_line
from uncramp.plain.output import complain, write
from uncramp.system.runtime_folder import runtime_folder

REFUSED = 1


def ctl(asked: Arguments) -> int:
    """Send a command to a run, or list the runs. Returns the exit status: 1 if it was refused."""
    if cannot_ask():
        return 2
    if asked.do is None:
        return _list()
    connection = opened(asked.run)
    if connection is None:
        return NOTHING_RUNS
    try:
        answer = connection.ask(ControlCommand(asked.do))
    except NoRun:
        complain(NOTHING_WORDS)
        return NOTHING_RUNS
    except NoReply as problem:
        return complain(str(problem))
    finally:
        connection.close()
    words = " ".join(part for part in (_words(answer), _status_words(answer)) if part)
    if answer.get("ok") is not True:
        complain(words)
        return REFUSED
    write([words])
    return 0


def _words(answer: Fields) -> str:
    words = answer.get("words")
    return plain_line(words) if isinstance(words, str) else ""


def _status_words(answer: Fields) -> str:
    status = answer.get("status")
    return formatted(PLAIN_FORMAT, status) if isinstance(status, dict) else ""


def _list() -> int:
    lines = []
    for run_id in run_ids(runtime_folder()):
        try:
            connection = open_run(runtime_folder(), run_id)
        except NoRun:
            continue
        try:
            status = connection.ask(ControlCommand.STATUS).get("status")
            words = formatted(DEFAULT_FORMAT, status) if isinstance(status, dict) else "Over."
        except NoRun:
            continue
        except NoReply as problem:
            words = str(problem)
        finally:
            connection.close()
        lines.append(f"{run_id}  {words}")
    if not lines:
        complain(NOTHING_WORDS)
        return NOTHING_RUNS
    write(lines)
    return 0
