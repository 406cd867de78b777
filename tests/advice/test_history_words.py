"""What is said while there are too few nights: true by the rules, and no reason to give up."""

import pytest

from uncramp.advice.history_words import comparison_words
from uncramp.core.history.comparison import Comparison, Share


@pytest.mark.parametrize(
    ("with_it", "without_it", "told"),
    [
        (Share(0, 0), Share(0, 0), "with the routine, and on 4 of 7 without it. A month can show"),
        (Share(0, 1), Share(1, 40), "each side needs 7 of which you say whether a cramp came."),
        (Share(3, 12), Share(4, 12), "With about 152 more nights a difference of 20 points would"),
        (
            Share(2, 10),
            Share(5, 10),
            "With about 60 more nights the difference would probably show",
        ),
    ],
)
def test_too_few_nights_are_told_with_what_more_can_show(
    with_it: Share, without_it: Share, told: str
) -> None:
    words = " ".join(comparison_words(Comparison(with_it, without_it), 0))
    assert "Too few nights to tell yet" in words
    assert told in words
