"""When the history is a reason to see a doctor: the rules, as codes.

The words are in the front ends and on the safety page. A rule is not a diagnosis, and each is shown
once for its cause.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum

from uncramp.core.history.calendar import NightFacts
from uncramp.core.history.entries import CrampEntry
from uncramp.core.lazy.dataclass import dataclass

WEEK = timedelta(days=7)
OFTEN = 3
"""The nights with a cramp in a week that count as often."""
LONG_S = 10 * 60
"""A cramp that lasts longer needs advice."""


class Reason(StrEnum):
    """A reason to see a doctor."""

    OFTEN = "often"
    """Three nights with a cramp within seven."""
    LONG = "long"
    """A cramp lasted more than ten minutes."""


@dataclass(frozen=True, slots=True)
class Advice:
    """A reason, and the night that caused it."""

    reason: Reason
    night: date

    @property
    def cause(self) -> str:
        """A word for this cause, to show it once: `long:2026-11-20`.

        What continues counts as one cause: three nights in a week are reported once a week.
        """
        if self.reason is Reason.OFTEN:
            year, week, _ = self.night.isocalendar()
            return f"{self.reason}:{year}-W{week:02}"
        return f"{self.reason}:{self.night.isoformat()}"


def advice_for(
    nights: Mapping[date, NightFacts], cramps: Sequence[CrampEntry], today: date
) -> tuple[Advice, ...]:
    """The reasons that the last seven nights up to `today` give, each once."""
    since = today - WEEK
    recent = sorted(
        night for night, found in nights.items() if since < night <= today and found.cramps
    )
    found = []
    if len(recent) >= OFTEN:
        found.append(Advice(Reason.OFTEN, recent[-1]))
    long = sorted(
        cramp.at.night
        for cramp in cramps
        if cramp.lasted_s is not None
        and cramp.lasted_s > LONG_S
        and since < cramp.at.night <= today
    )
    if long:
        found.append(Advice(Reason.LONG, long[-1]))
    return tuple(found)
