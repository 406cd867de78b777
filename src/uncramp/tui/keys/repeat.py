"""Tells a held key from one that is pressed again."""

HELD_S = 0.15
"""Nobody presses a key again this soon, but a held key repeats sooner."""


class KeyRepeat:
    """Lets only single presses through; times are seconds of a steady clock."""

    def __init__(self) -> None:
        """Begin with no press."""
        self._seen: dict[str, float] = {}
        self._taken: dict[str, float] = {}

    def takes(
        self, kind: str, now: float, apart_s: float, held_apart_s: float | None = None
    ) -> bool:
        """Does this press at `now` count? It must come `apart_s` after the last one that did.

        A held key counts as one press; with `held_apart_s` it counts again after that time.
        """
        is_held = now - self._seen.get(kind, float("-inf")) < HELD_S
        self._seen[kind] = now
        apart_s = (float("inf") if held_apart_s is None else held_apart_s) if is_held else apart_s
        if now - self._taken.get(kind, float("-inf")) < apart_s:
            return False
        self._taken[kind] = now
        return True
