"""Moments as local times, and back."""

from datetime import date, datetime, timedelta

from uncramp.core.history.nights import LocalTime
from uncramp.core.text.weekdays import clock_time


def local_time(epoch_s: float) -> LocalTime:
    """The moment with the local offset at that time."""
    return _of(datetime.fromtimestamp(epoch_s).astimezone())


def read_local_time(text: str, now_s: float) -> LocalTime:
    """The moment of `03:10`, `2026-11-20 03:10` or an ISO time with an offset.

    A time of day alone is the last one before now. Raises ValueError if it is not a time, or is
    in the future.
    """
    words = text.strip()
    now = datetime.fromtimestamp(now_s)
    try:
        found = datetime.strptime(words, "%H:%M")
    except ValueError:
        found = datetime.fromisoformat(words)
        if len(words) <= len("2026-11-20"):
            raise ValueError("a day without a time") from None
    else:
        found = datetime.combine(now.date(), found.time())
        if found > now:
            found -= timedelta(days=1)
    moment = _of(found if found.tzinfo else found.astimezone())
    if moment.epoch_s > now_s:
        raise ValueError("still to come")
    return moment


def written_time(moment: LocalTime) -> str:
    """The moment in local time: `2026-11-20 03:10`."""
    return f"{moment.day.isoformat()} {clock_time(moment.minute)}"


def iso_time(moment: LocalTime) -> str:
    """The moment with its offset: `2026-11-20T03:10:00+01:00`."""
    sign = "-" if moment.offset_min < 0 else "+"
    hours, minutes = divmod(abs(moment.offset_min), 60)
    return (
        f"{moment.day.isoformat()}T{clock_time(moment.minute)}:"
        f"{moment.epoch_s % 60:02}{sign}{hours:02}:{minutes:02}"
    )


def from_iso(text: str) -> LocalTime:
    """The moment of an ISO time with an offset. Raises ValueError or OverflowError."""
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError("a time without its offset")
    moment = _of(found)
    _ = moment.night  # raises ValueError for an impossible date
    return moment


def today(now_s: float) -> date:
    """The date here, now."""
    return local_time(now_s).day


def _of(found: datetime) -> LocalTime:
    offset = found.utcoffset() or timedelta()
    return LocalTime(int(found.timestamp()), int(offset.total_seconds()) // 60)
