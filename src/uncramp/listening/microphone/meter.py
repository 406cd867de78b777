"""How loud it is, as a level that changes seldom."""

from uncramp.listening.messages import DB_PER_LEVEL, LOUDEST_LEVEL, METER_FROM_DB

VISIBLE_DB = 5.0
"""A change below this is not worth a message."""
APART_MS = 250.0
"""Messages are at least this far apart."""


class Meter:
    """Turns how loud each moment is into a level that is worth showing."""

    def __init__(self) -> None:
        """Nothing was heard or told."""
        self._told_db: float | None = None
        self._told_ms = 0.0
        self._loudest_db = METER_FROM_DB

    def take(self, level_db: float, now_ms: float) -> int | None:
        """The new level, if it should be told now; between two the loudest moment counts."""
        self._loudest_db = max(self._loudest_db, level_db)
        if self._told_db is not None and now_ms - self._told_ms < APART_MS:
            return None
        loudest_db, self._loudest_db = self._loudest_db, METER_FROM_DB
        before_db = self._told_db
        is_alike = before_db is not None and abs(loudest_db - before_db) < VISIBLE_DB
        if is_alike or (before_db is not None and level_of(loudest_db) == level_of(before_db)):
            return None
        self._told_db, self._told_ms = loudest_db, now_ms
        return level_of(loudest_db)


def level_of(level_db: float) -> int:
    """The level of the meter for a loudness in dB relative to full scale."""
    level = int((level_db - METER_FROM_DB) / DB_PER_LEVEL)
    return min(max(level, 0), LOUDEST_LEVEL)
