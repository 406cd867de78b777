"""Keeping the first picture of the full screen, with everything that it depends on."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import uncramp
from uncramp import early_frame
from uncramp.core.plan.plan import Plan
from uncramp.core.suitability.groups import grouped
from uncramp.core.suitability.search import ranked
from uncramp.library.library import URGENT_ID
from uncramp.runs.autosave import SUFFIX
from uncramp.runs.history import moment_at
from uncramp.session.night_mode import night_hours
from uncramp.session.session import Session
from uncramp.system import paths
from uncramp.system.files import put_file

MOST_FILES = 200
"""With more routines than this, checking their files would take as long as it saves."""

OF_OURS = ("tui", "tui/run", "tui/library", "tui/widgets", "atlas")
"""The program's folders that a picture depends on; a new version has others."""

LOOK_S, LOOKS_AHEAD = 600, 144
"""How many parts of a day the order of the library is computed for."""

Keep = Callable[[str, tuple[int, int]], None]


def picture_keeper(session: Session, plan: Plan | None) -> Keep | None:
    """What keeps the picture of a run of `plan`, or of the library; None if none is kept."""
    if not early_frame.is_wanted() or session.settings.problems:
        return None
    return partial(_keep, session=session, plan=plan, is_night=session.night.is_on)


def _keep(
    picture: str, size: tuple[int, int], *, session: Session, plan: Plan | None, is_night: bool
) -> None:
    conditions = _of_library(session) if plan is None else _of_run(session, plan)
    if conditions is None:
        return
    is_urgent = plan is not None and plan.routine.urgent
    hours = night_hours(session.settings, is_urgent=is_urgent)
    early_frame.keep(picture, size, conditions, _put, is_night=is_night, night=hours)


def _put(path: str, data: bytes) -> None:
    put_file(Path(path), data)


def _of_any(session: Session) -> list[str]:
    ours = Path(uncramp.__file__).parent
    return [
        early_frame.same(str(session.data.settings.file)),
        early_frame.none_in(str(paths.unfinished_folder()), SUFFIX),
        *(early_frame.same(str(ours / folder)) for folder in OF_OURS),
    ]


def _of_run(session: Session, plan: Plan) -> list[str]:
    routine, library = plan.routine, session.library
    runs = str(session.history.file)
    is_first_time = session.data.is_first_time(routine)
    return [
        *_of_any(session),
        early_frame.same(str(library.own / f"{routine.id}.toml")),
        early_frame.same(str(library.bundled / f"{routine.id}.toml")),
        early_frame.same(str(paths.seen_cautions_file())),
        # After a finished run it is no longer the first time.
        early_frame.same(runs) if is_first_time or routine.urgent else early_frame.there(runs),
    ]


def _of_library(session: Session) -> list[str] | None:
    library = session.library
    files = [
        file for folder in (library.own, library.bundled) if folder.is_dir()
        for file in folder.iterdir()
    ]  # fmt: skip
    if len(files) > MOST_FILES:
        return None
    rest = (library.own, library.bundled, session.history.file, paths.favourites_file(), *files)
    return [
        *_of_any(session),
        early_frame.until(_order_holds_until(session)),
        *(early_frame.same(str(path)) for path in rest),
    ]


def _order_holds_until(session: Session) -> float:
    """Until when the routines stand in their groups in this order, in epoch seconds."""
    library, data = session.library, session.data
    listings, uses, stars = library.known(), data.uses(), data.favourites()
    conditions = session.settings.conditions

    def order(at_s: float) -> list[tuple[object, list[str]]]:
        moment = moment_at(at_s)
        found = ranked(listings, uses, moment, stars, conditions, URGENT_ID)
        return [
            (group, [listing.id for listing in inside])
            for group, inside in grouped(found, uses, moment, conditions)
        ]

    return holds_until(order, data.clocks.wall())


def holds_until(order: Callable[[float], object], begin_s: float) -> float:
    """How long `order` stays what it is at that moment: a moment before it changes.

    It is looked at every ten minutes, for a day at most.
    """
    now, until_s = order(begin_s), begin_s
    for step in range(1, LOOKS_AHEAD + 1):
        if order(begin_s + step * LOOK_S) != now:
            break
        until_s = begin_s + step * LOOK_S
    return until_s
