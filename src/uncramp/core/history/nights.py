"""Which night a moment belongs to: the one that a person would say.

A night has the date of its evening. The local time decides, so a change of time zone, summer time
or a clock that was set back moves nothing to another night. A moment before noon belongs to the
night that began the day before, a later one to the coming night.
"""

from dataclasses import dataclass
from datetime import date

NOON_MIN = 12 * 60
"""The minute of the day at which the coming night replaces the past one."""

_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True, order=True)
class LocalTime:
    """A moment with its local time."""

    epoch_s: int
    """Seconds since 1970-01-01 00:00 UTC; may be negative."""
    offset_min: int = 0
    """Minutes that local time is ahead of UTC, -1440 to 1440."""

    @property
    def _local_min(self) -> int:
        return self.epoch_s // 60 + self.offset_min

    @property
    def day(self) -> date:
        """The date on the calendar. Raises ValueError outside of the years 1 to 9999."""
        try:
            return date.fromordinal(_EPOCH + self._local_min // (24 * 60))
        except OverflowError:
            raise ValueError("outside of the years 1 to 9999") from None

    @property
    def minute(self) -> int:
        """The minute of the day, 0 to 1439."""
        return self._local_min % (24 * 60)

    @property
    def night(self) -> date:
        """The date of the evening of the night that this moment belongs to."""
        day = self.day
        return date.fromordinal(max(day.toordinal() - 1, 1)) if self.minute < NOON_MIN else day
