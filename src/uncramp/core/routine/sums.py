"""How much a routine or a part of it holds, added up without expanding it."""

from uncramp.core.lazy.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Sums:
    """How much a part of a routine holds; open steps count at their first prompt."""

    length_ms: int = 0
    spans: int = 0
    steps: int = 0
    """Sides and rounds counted; get-readies and rests not."""
    open_steps: int = 0

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(
            self.length_ms + other.length_ms,
            self.spans + other.spans,
            self.steps + other.steps,
            self.open_steps + other.open_steps,
        )

    def __mul__(self, times: int) -> "Sums":
        return Sums(
            self.length_ms * times,
            self.spans * times,
            self.steps * times,
            self.open_steps * times,
        )
