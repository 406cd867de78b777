"""Words about runs that go on elsewhere or were cut off."""

import socket

from uncramp.runs.resume_options import age_words, place_words, seat_words
from uncramp.runs.store import Finds, Found
from uncramp.system.clocks import Clocks, time_of_day


def running_words(finds: Finds) -> str:
    """What goes on in another place, in a sentence; empty where nothing does."""
    if not finds.running:
        return ""
    found = finds.running[0]
    about = found.kept.about
    since = time_of_day(about.started_s)
    seems = "" if found.is_sure else "It seems that "
    more = len(finds.running) - 1
    others = f" So {'is' if more == 1 else 'are'} {more} more." if more else ""
    where = seat_words(about.seat, socket.gethostname())
    return f"{seems}{about.title} is running {where}, since {since}.{others}"


def cut_off_words(found: Found, clocks: Clocks) -> str:
    """That a run was cut off, when and where: `Bedtime was cut off 8 minutes ago: Soak, …`."""
    kept = found.kept
    age = age_words(clocks.wall() - kept.seen_s)
    return f"{kept.about.title} was cut off {age}: {place_words(kept)}."


def unfinished_words(finds: Finds, routine_id: str, clocks: Clocks) -> str:
    """That this same routine was cut off, and how to go on with that; empty where it was not."""
    for found in finds.unfinished:
        if found.kept.about.routine_id == routine_id:
            begins = "This starts over; uncramp resume continues from there."
            return f"{cut_off_words(found, clocks)} {begins}"
    return ""
