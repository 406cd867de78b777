"""The sums of a routine or a part of it, added up without expanding it."""

from uncramp.core.lazy.dataclass import dataclass
from uncramp.core.routine.model import Step


@dataclass(frozen=True, slots=True)
class Sums:
    """The sums of a part of a routine; open steps count up to their first prompt."""

    length_ms: int = 0
    spans: int = 0
    steps: int = 0
    """How many steps, with sides and rounds, without get-readies and rests."""
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


def step_sums(step: Step, time_ms: int) -> Sums:
    """The sums of one turn of a step that lasts `time_ms`, with its get-ready."""
    return Sums(
        length_ms=step.get_ready_ms + time_ms,
        spans=2 if step.get_ready_ms else 1,
        steps=1,
        open_steps=1 if step.is_open else 0,
    )
