"""A history for the stage: three weeks before its noon of 21 November 2026."""

from uncramp.core.history.entries import (
    CalmNight,
    CrampEntry,
    CrampPlace,
    Entry,
    Leg,
    RunEnding,
    RunEntry,
)
from uncramp.core.history.nights import LocalTime
from uncramp.runs.history_intake import open_history
from uncramp.system import paths
from uncramp.system.files import private_folder

NOON_S = 1_795_262_400
"""Noon of 21 November 2026, UTC."""
HOUR_S, DAY_S = 3_600, 86_400


def run(days_ago: float, routine_id: str = "bath", **more: object) -> RunEntry:
    """A run of ten minutes that began so many days before the stage's noon."""
    at = LocalTime(NOON_S - round(days_ago * DAY_S))
    fields = {
        "title": "Foot bath", "fingerprint": "f00d", "ending": RunEnding.FINISHED, "steps": 2,
        "steps_done": 2, "active_ms": 600_000,
    } | more  # fmt: skip
    return RunEntry(
        routine_id=routine_id,
        began=at,
        ended=LocalTime(at.epoch_s + 600),
        **fields,  # type: ignore[arg-type]
    )


def urgent(days_ago: float, **more: object) -> RunEntry:
    """A run for a cramp."""
    return run(
        days_ago, "acute-calf", title="Cramp now: calf", is_urgent=True, skipped=("Walk",), **more
    )


def cramp(days_ago: float, **more: object) -> CrampEntry:
    """A cramp so many days before the stage's noon."""
    return CrampEntry(LocalTime(NOON_S - round(days_ago * DAY_S)), **more)  # type: ignore[arg-type]


WEEKS: tuple[Entry, ...] = (
    run(20.6, ending=RunEnding.ENDED, steps_done=1, steps_skipped=1, skipped=("Dry",)),
    urgent(13.4),
    cramp(9.35, leg=Leg.RIGHT, place=CrampPlace.FOOT, pain=4, lasted_s=120, helped=("walking",)),
    CalmNight(LocalTime(NOON_S - 5 * DAY_S).day),
    run(2.6),
    urgent(1.37),
    cramp(0.36, leg=Leg.LEFT, place=CrampPlace.CALF, pain=7, note="after the hike"),
)


def write_history(entries: tuple[Entry, ...] = WEEKS) -> None:
    """Let the person of the test have this history."""
    with open_history(private_folder(paths.history_folder()), lambda: float(NOON_S)) as store:
        for entry in entries:
            store.add(entry)


def kept() -> list[Entry]:
    """What is in the history of the person of the test, newest first."""
    with open_history(paths.history_folder(), lambda: float(NOON_S)) as store:
        return store.page(size=1_000)
