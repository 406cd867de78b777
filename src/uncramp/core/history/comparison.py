"""Does it help: nights with a routine against nights without it.

Each share has Wilson's score interval (Wilson 1927, JASA 22:209-212), and the difference of
the two has Newcombe's hybrid score interval (Newcombe 1998, Statistics in Medicine 17:873-890,
method 10). Both keep near 95 % for the few nights that one person has, and both stay inside of
what is possible at 0 and at n, where the textbook (Wald) interval has no width.
"""

from enum import Enum
from math import ceil, sqrt

from uncramp.core.lazy.dataclass import dataclass

Z = 1.959963984540054
"""Standard normal deviate of a two-sided 95 % interval."""

FEWEST_NIGHTS = 7
"""The nights that each side needs before a difference is reported."""

SMALL = 0.2
"""A difference of shares below this is too small for a person to notice."""


class Verdict(Enum):
    """The conclusion from two shares."""

    TOO_FEW = "too-few"
    LESS = "less"
    """Fewer cramps with the routine, by more than chance usually causes."""
    MORE = "more"
    """More cramps with the routine, by more than chance usually causes."""
    NO_DIFFERENCE = "no-difference"
    """A difference of `SMALL` or more is unlikely."""


@dataclass(frozen=True, slots=True)
class Share:
    """The nights with a cramp among the known nights."""

    cramps: int
    nights: int

    def __post_init__(self) -> None:
        """Raise ValueError unless 0 <= cramps <= nights."""
        if not 0 <= self.cramps <= self.nights:
            raise ValueError("a share needs 0 <= cramps <= nights")

    @property
    def value(self) -> float:
        """The share, 0 to 1; 0 if there are no nights."""
        return self.cramps / self.nights if self.nights else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval, 0 to 1; all of it if there are no nights."""
        n = self.nights
        if not n:
            return 0.0, 1.0
        middle = (self.cramps + Z * Z / 2) / (n + Z * Z)
        half = Z * sqrt(self.value * (1 - self.value) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n)
        low = 0.0 if self.cramps == 0 else middle - half
        high = 1.0 if self.cramps == n else middle + half
        return low, high


@dataclass(frozen=True, slots=True)
class Comparison:
    """The nights with a routine against those without it."""

    with_it: Share
    without_it: Share

    @property
    def difference(self) -> float:
        """The share without the routine minus the share with it, -1 to 1."""
        return self.without_it.value - self.with_it.value

    @property
    def interval(self) -> tuple[float, float]:
        """Newcombe's 95 % interval of the difference, -1 to 1."""
        if not self.with_it.nights or not self.without_it.nights:
            return -1.0, 1.0
        p, q = self.without_it.value, self.with_it.value
        (p_low, p_high), (q_low, q_high) = self.without_it.interval, self.with_it.interval
        low = self.difference - sqrt((p - p_low) ** 2 + (q_high - q) ** 2)
        high = self.difference + sqrt((p_high - p) ** 2 + (q - q_low) ** 2)
        return low, high

    @property
    def verdict(self) -> Verdict:
        """The conclusion, by the rules in docs/history.md."""
        if min(self.with_it.nights, self.without_it.nights) < FEWEST_NIGHTS:
            return Verdict.TOO_FEW
        low, high = self.interval
        if low > 0:
            return Verdict.LESS
        if high < 0:
            return Verdict.MORE
        if max(-low, high) < SMALL:
            return Verdict.NO_DIFFERENCE
        return Verdict.TOO_FEW

    @property
    def nights_needed(self) -> int:
        """About how many more known nights are needed, half of them on each side.

        With these the observed difference, or `SMALL` if that is larger, would be found four
        times in five (normal approximation, two-sided 5 %). 0 unless there are too few.
        """
        if self.verdict is not Verdict.TOO_FEW:
            return 0
        difference = max(abs(self.difference), SMALL)
        # A share of 0 or 1 in a few nights is not certain: use the middle of Wilson's interval.
        shares = [sum(share.interval) / 2 for share in (self.with_it, self.without_it)]
        spread = sum(share * (1 - share) for share in shares)
        each = ceil((Z + _POWER_Z) ** 2 * spread / difference**2)
        return (
            sum(
                max(max(each, FEWEST_NIGHTS) - share.nights, 0)
                for share in (self.with_it, self.without_it)
            )
            or 1
        )


def fewest_against_none(nights: int) -> int:
    """Of `nights` without the routine, how many with a cramp make a difference.

    It is the fewest for which as many nights with the routine, none with a cramp, are LESS.
    Raises ValueError for fewer than `FEWEST_NIGHTS`.
    """
    for cramps in range(nights + 1):
        if Comparison(Share(0, nights), Share(cramps, nights)).verdict is Verdict.LESS:
            return cramps
    raise ValueError("so few nights never make a difference")


_POWER_Z = 0.8416212335729143
"""Standard normal deviate of a power of 80 %."""
