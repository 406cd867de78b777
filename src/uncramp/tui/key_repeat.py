"""Tells a key that is held from one that is pressed again."""

HELD_S = 0.15
"""Nobody presses a key this soon again, but a held one repeats sooner."""


class KeyRepeat:
    """Lets through one press of a kind at a time; times are seconds of a clock never set."""

    def __init__(self) -> None:
        """Nothing was pressed yet."""
        self._seen: dict[str, float] = {}
        self._taken: dict[str, float] = {}

    def takes(self, kind: str, now: float, apart_s: float) -> bool:
        """Is this press at `now` to be obeyed, with `apart_s` since the last one that was?"""
        is_held = now - self._seen.get(kind, float("-inf")) < HELD_S
        self._seen[kind] = now
        if is_held or now - self._taken.get(kind, float("-inf")) < apart_s:
            return False
        self._taken[kind] = now
        return True
