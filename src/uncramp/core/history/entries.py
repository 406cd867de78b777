"""The entries of the history: runs, cramps, and nights without a cramp."""

from datetime import date
from enum import StrEnum

from uncramp.core.history.nights import LocalTime
from uncramp.core.lazy.dataclass import dataclass


class RunEnding(StrEnum):
    """How a run ended."""

    FINISHED = "finished"
    """The end of the plan was reached, and at least one step was done."""
    ENDED = "ended"
    """The person ended it early."""
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
"""The most characters of a note."""


@dataclass(frozen=True, slots=True)
class RunEntry:
    """A run that ended in any way."""

    routine_id: str
    title: str
    fingerprint: str
    """The fingerprint of the plan."""
    began: LocalTime
    ended: LocalTime
    ending: RunEnding
    is_urgent: bool = False
    side: str = ""
    """The first side, or the one that hurt: `left`, `right`; empty if there was none."""
    steps: int = 0
    steps_done: int = 0
    steps_skipped: int = 0
    lengthened: int = 0
    """Steps that the person made longer."""
    shortened: int = 0
    active_ms: int = 0
    paused_ms: int = 0
    conditions: tuple[str, ...] = ()
    """The person's conditions that changed something."""
    skipped: tuple[str, ...] = ()
    """Names of the steps that were skipped, each once."""
    id: int = 0
    """Its number in the history; 0 before it has one."""


@dataclass(frozen=True, slots=True)
class CrampEntry:
    """A cramp, with or without a run. Everything that the person left out is None or empty."""

    at: LocalTime
    leg: Leg | None = None
    place: CrampPlace | None = None
    pain: int | None = None
    """0 (none) to `MOST_PAIN`."""
    lasted_s: int | None = None
    helped: tuple[str, ...] = ()
    """What helped: names of steps, `walking`, or the person's words."""
    note: str = ""
    run_id: int | None = None
    """The run after which it was entered, if any."""
    id: int = 0


@dataclass(frozen=True, slots=True)
class CalmNight:
    """A night for which the person said that no cramp came."""

    night: date
    """The date of its evening."""
    id: int = 0


Entry = RunEntry | CrampEntry | CalmNight


@dataclass(frozen=True, slots=True)
class EntryFilter:
    """Which entries to list; a field that is None or empty does not limit them."""

    kind: str = ""
    """`run`, `cramp` or `calm`."""
    routine_id: str = ""
    since: date | None = None
    """The first night."""
    until: date | None = None
    """The last night."""
    is_deleted: bool = False
    """List the entries in the trash instead of the others."""
