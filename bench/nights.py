"""How often each answer of "does it help" is given, by simulation: the table in docs/history.md.

python bench/nights.py
"""

import random
from collections import Counter

from uncramp.core.history.comparison import Comparison, Share, Verdict

TRIES = 4_000
SHARES = ((0.3, 0.3), (0.1, 0.1), (0.4, 0.2), (0.5, 0.15))
NIGHTS = (10, 20, 40, 80)


def main() -> None:
    """Print the table."""
    chance = random.Random(7)

    def seen(share: float, nights: int) -> Share:
        return Share(sum(chance.random() < share for _ in range(nights)), nights)

    print("| without, with | nights on each side | fewer | more | no difference | too few |")
    print("| --- | --- | --- | --- | --- | --- |")
    for without, with_it in SHARES:
        for nights in NIGHTS:
            said = Counter(
                Comparison(seen(with_it, nights), seen(without, nights)).verdict
                for _ in range(TRIES)
            )
            order = (Verdict.LESS, Verdict.MORE, Verdict.NO_DIFFERENCE, Verdict.TOO_FEW)
            cells = " | ".join(f"{100 * said[verdict] / TRIES:.1f} %" for verdict in order)
            print(f"| {without:.0%}, {with_it:.0%} | {nights} | {cells} |")


if __name__ == "__main__":
    main()
