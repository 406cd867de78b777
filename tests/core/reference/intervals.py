"""Writes intervals.csv: intervals of shares and of differences by SciPy and statsmodels.

    pip install statsmodels
    python tests/core/reference/intervals.py > tests/core/reference/intervals.csv

The tests only read what it wrote, because the two packages and what they need take 290 MB.
Columns: cramps and nights without the routine, cramps and nights with it; Wilson's interval of
the first share (SciPy, and the same by statsmodels, or it stops); Newcombe's of the difference
(statsmodels, method "newcomb"). 95 % each.
"""

import random

from scipy import __version__ as scipy_version
from scipy.stats import binomtest
from statsmodels import __version__ as statsmodels_version
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

ROWS = 400


def tables() -> list[tuple[int, int, int, int]]:
    """Tables of every size that a person has; at every size both edges of both shares too."""
    chance = random.Random(20261121)
    found = []
    for nights in (1, 2, 3, 7, 10, 21, 60, 183):
        for first in (0, nights):
            for second in (0, nights):
                found.append((first, nights, second, nights))
            found.append((first, nights, chance.randint(0, 30), 30))
    while len(found) < ROWS:
        sizes = [chance.choice((1, 2, 5, 9, 14, 30, 90, 183)) + chance.randint(0, 3) for _ in "ab"]
        found.append((chance.randint(0, sizes[0]), sizes[0], chance.randint(0, sizes[1]), sizes[1]))
    return found


def main() -> None:
    """Print the file."""
    print(f"# scipy {scipy_version}, statsmodels {statsmodels_version}")
    for first, nights, second, others in tables():
        low, high = binomtest(first, nights).proportion_ci(0.95, method="wilson")
        same = proportion_confint(first, nights, method="wilson")
        assert abs(low - same[0]) < 1e-12 and abs(high - same[1]) < 1e-12
        difference = confint_proportions_2indep(
            first, nights, second, others, method="newcomb", compare="diff"
        )
        values = ",".join(f"{value:.12f}" for value in (low, high, *difference))
        print(f"{first},{nights},{second},{others},{values}")


if __name__ == "__main__":
    main()
