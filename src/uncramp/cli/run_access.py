"""Connecting a command to a run on this machine, and why that may fail."""

from uncramp.control.client import NoRun, RunConnection, open_run, run_ids
from uncramp.control.places import has_sockets
from uncramp.control.status_text import NOTHING_WORDS
from uncramp.plain.output import complain
from uncramp.system.runtime_folder import runtime_folder

NOTHING_RUNS = 1


def cannot_ask() -> bool:
    """Say so if this machine has no sockets for this."""
    if has_sockets():
        return False
    complain("Runs cannot be steered from elsewhere on Windows yet.")
    return True


def opened(run_id: str | None) -> RunConnection | None:
    """A connection to a run. If there is none, says why; None."""
    try:
        return open_run(runtime_folder(), run_id)
    except NoRun:
        there = run_ids(runtime_folder())
        if run_id is not None and there:
            complain(f'There is no run "{run_id[:20]}". There are: {", ".join(there)}.')
        else:
            complain(NOTHING_WORDS)
        return None
