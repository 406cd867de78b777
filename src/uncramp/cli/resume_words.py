"""Words about runs that go on elsewhere or were cut off."""

from uncramp.runs.resume_options import age_words, location_words, place_words
from uncramp.runs.store import StoredRun, StoredRuns
from uncramp.system.clocks import Clocks, time_of_day
from uncramp.system.host import host_name


def running_words(stored: StoredRuns) -> str:
    """Which run goes on elsewhere, in a sentence; empty if none does."""
    if not stored.running:
        return ""
    found = stored.running[0]
    about = found.checkpoint.about
    since = time_of_day(about.started_s)
    seems = "" if found.is_sure else "It seems that "
    more = len(stored.running) - 1
    others = f" So {'is' if more == 1 else 'are'} {more} more." if more else ""
    where = location_words(about.location, host_name())
    return f"{seems}{about.title} is running {where}, since {since}.{others}"


def cut_off_words(found: StoredRun, clocks: Clocks) -> str:
    """That a run was cut off, when and where: `Bedtime was cut off 8 minutes ago: Soak, …`."""
    checkpoint = found.checkpoint
    age = age_words(clocks.wall() - checkpoint.seen_s)
    return f"{checkpoint.about.title} was cut off {age}: {place_words(checkpoint)}."


def unfinished_words(stored: StoredRuns, routine_id: str, clocks: Clocks) -> str:
    """That this routine was cut off, and how to resume it; empty if it was not."""
    for found in stored.unfinished:
        if found.checkpoint.about.routine_id == routine_id:
            begins = "This starts over; uncramp resume continues from there."
            return f"{cut_off_words(found, clocks)} {begins}"
    return ""
