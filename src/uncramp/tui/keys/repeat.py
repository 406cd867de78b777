"""Tells a key that is held from one that is pressed again."""

HELD_S = 0.15
"""Nobody presses a key this soon again, but a held one repeats sooner."""


class KeyRepeat:
    """Lets through one press of a kind at a time; times are seconds of a clock never set."""

    def __init__(self) -> None:
        """Nothing was pressed yet."""
        self._seen: dict[str, float] = {}
        self._taken: dict[str, float] = {}

    def takes(
        self, kind: str, now: float, apart_s: float, held_apart_s: float | None = None
    ) -> bool:
        """Is this press at `now` to be obeyed, with `apart_s` since the last one that was?

        A held key is one press; with `held_apart_s` it is another one each time so long
        has passed.
        """
        is_held = now - self._seen.get(kind, float("-inf")) < HELD_S
        self._seen[kind] = now
        apart_s = (float("inf") if held_apart_s is None else held_apart_s) if is_held else apart_s
        if now - self._taken.get(kind, float("-inf")) < apart_s:
            return False
        self._taken[kind] = now
        return True
