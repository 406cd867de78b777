"""The library's first picture is kept until its order changes, and no longer."""

import pytest

from uncramp.cli.first_picture import LOOK_S, LOOKS_AHEAD, holds_until

EVENING_S = 5 * 3600


@pytest.mark.parametrize(
    ("begin_s", "expected_s"),
    [
        (0, EVENING_S - LOOK_S),
        (EVENING_S - LOOK_S, EVENING_S - LOOK_S),
        (EVENING_S - 1, EVENING_S - 1),
        (EVENING_S, EVENING_S + LOOK_S * LOOKS_AHEAD),
    ],
)
def test_it_holds_until_the_order_changes_or_a_day(begin_s: int, expected_s: int) -> None:
    assert holds_until(lambda at_s: at_s >= EVENING_S, begin_s) == expected_s
