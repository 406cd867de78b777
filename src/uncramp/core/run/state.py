"""The state of a run: one frozen value from which everything else follows."""

from uncramp.core.lazy.dataclass import dataclass
from uncramp.core.plan.plan import Span
from uncramp.core.run.moves import Phase
from uncramp.core.run.saved import RunProgress
from uncramp.core.text.durations import MINUTE_MS

LONG_CRAMP_MS = 10 * MINUTE_MS
"""A cramp that lasts this long needs medical advice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State(RunProgress):
    """Where a run is. While it runs, its position is `base_ms + (now - since)`."""

    phase: Phase
    base_ms: int = 0
    since: int = 0
    played_before_ms: int = 0
    """How much had been played when the position in this span was 0."""
    seen: int = 0
    """When the run was last updated."""
    gap_ms: int = 0
    """After a lapse, how long it was not updated."""
    cramp_since: int | None = None
    """When the cramp of an urgent run began; None before the start."""
    has_warned: bool = False
    """Has the person been told that the cramp lasts long?"""

    def position(self, now: int) -> int:
        """How far into its span the run is at `now`."""
        # A run may have been started for a future moment.
        return self.base_ms + (max(now - self.since, 0) if self.phase is Phase.RUNNING else 0)

    def played(self, now: int) -> int:
        """How long the run had lasted at `now`, without pauses."""
        return self.played_before_ms + self.position(now)

    def cramp_ms(self, now: int) -> int:
        """How long the cramp has lasted at `now`, whatever the run did meanwhile."""
        return 0 if self.cramp_since is None else max(now - self.cramp_since, 0)

    @property
    def long_cramp_at_ms(self) -> int | None:
        """Where in the present span the cramp becomes a long one; None if that was said."""
        if self.has_warned or self.cramp_since is None:
            return None
        at_ms = self.cramp_since + LONG_CRAMP_MS - self.since + self.base_ms
        return max(at_ms, self.heard_ms + 1)

    def counts_up(self, span: Span) -> bool:
        """Does `span`, the present one, wait for a person to say that it is done?"""
        return span.is_open and not self.ends_open_steps

    def end_ms(self, span: Span) -> int | None:
        """Where `span`, the present one, ends by itself; None where only a person ends it."""
        return span.ends_ms if self.counts_up(span) else self.length_ms
