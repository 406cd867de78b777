"""The entries of the history: runs, cramps, and nights of which a person said how they were."""

from datetime import date
from enum import StrEnum

from uncramp.core.history.nights import LocalTime
from uncramp.core.lazy.dataclass import dataclass


class RunEnding(StrEnum):
    """How a run ended."""

    FINISHED = "finished"
    """The end of the plan was reached, and at least one step was done."""
    ENDED = "ended"
    """A person ended it early."""
    CUT_OFF = "cut-off"
    """It was cut off and never resumed."""


class Leg(StrEnum):
    """Which leg hurt."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"


class CrampPlace(StrEnum):
    """Where the cramp was."""

    CALF = "calf"
    FOOT = "foot"
    FRONT = "front"


MOST_PAIN = 10
LONGEST_NOTE = 1_000
"""Characters of a note."""


@dataclass(frozen=True, slots=True)
class RunEntry:
    """A run that ended, however it did."""

    routine_id: str
    title: str
    fingerprint: str
    """Of the plan that was followed."""
    began: LocalTime
    ended: LocalTime
    ending: RunEnding
    is_urgent: bool = False
    side: str = ""
    """The side that was begun with or that hurt: `left`, `right`; empty where there was none."""
    steps: int = 0
    steps_done: int = 0
    steps_skipped: int = 0
    lengthened: int = 0
    """Steps that the person made longer."""
    shortened: int = 0
    active_ms: int = 0
    paused_ms: int = 0
    conditions: tuple[str, ...] = ()
    """Those of the person that changed something."""
    skipped: tuple[str, ...] = ()
    """Names of the steps that were skipped, each once."""
    id: int = 0
    """Its number in the history; 0 before it has one."""


@dataclass(frozen=True, slots=True)
class CrampEntry:
    """A cramp, with or without a run. Whatever the person did not say is None or empty."""

    at: LocalTime
    leg: Leg | None = None
    place: CrampPlace | None = None
    pain: int | None = None
    """0 (none) to `MOST_PAIN`."""
    lasted_s: int | None = None
    helped: tuple[str, ...] = ()
    """What helped: names of steps, `walking`, or the person's own words."""
    note: str = ""
    run_id: int | None = None
    """The run that it was told after, if any."""
    id: int = 0


@dataclass(frozen=True, slots=True)
class CalmNight:
    """A night of which the person said that no cramp came."""

    night: date
    """The date of its evening."""
    id: int = 0


Entry = RunEntry | CrampEntry | CalmNight


@dataclass(frozen=True, slots=True)
class EntryFilter:
    """Which entries a person asks for; whatever is None or empty does not narrow them."""

    kind: str = ""
    """`run`, `cramp` or `calm`."""
    routine_id: str = ""
    since: date | None = None
    """The first night."""
    until: date | None = None
    """The last night."""
    is_deleted: bool = False
    """Those in the trash, in place of the others."""
