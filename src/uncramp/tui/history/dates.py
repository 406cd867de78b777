"""The nights that a person types: a month, a night, or a range."""

from datetime import date, timedelta


def nights_in(words: str) -> tuple[date | None, date | None]:
    """The first and the last night of `2026-11`, `2026-11-20` or two of these.

    Both are None for an empty text. Raises ValueError.
    """
    parts = [part for part in words.replace("..", " ").split() if part not in ("to", "-")]
    if len(parts) > 2:
        raise ValueError("more than two nights")
    if not parts:
        return None, None
    first, last = _stretch(parts[0]), _stretch(parts[-1])
    if first[0] > last[1]:
        raise ValueError("they end before they begin")
    return first[0], last[1]


def problem_with_nights(words: str) -> str | None:
    """What is wrong with the text; None if nothing is."""
    try:
        nights_in(words)
    except ValueError:
        return "These are no nights. Write 2026-11, 2026-11-20, or 2026-11-01 2026-11-20."
    return None


def _stretch(part: str) -> tuple[date, date]:
    if len(part) == len("2026-11"):
        first = date.fromisoformat(f"{part}-01")
        if first >= date.max.replace(day=1):
            return first, date.max
        return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    night = date.fromisoformat(part)
    return night, night
