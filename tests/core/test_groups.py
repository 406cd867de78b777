from datetime import datetime

import pytest

from uncramp.core.suitability.groups import RoutineGroup, group_of, grouped
from uncramp.core.suitability.listing import Listing
from uncramp.core.suitability.search import Moment, Use

NOW, EVENING, AFTER, OWN, BARRED = RoutineGroup

LISTINGS = (
    Listing("acute", "Acute", 1, is_urgent=True),
    Listing("stand", "Stand", 1, is_urgent=True, unless=("cannot-stand",)),
    Listing("soak", "Soak", 1, tags=("soak", "evening")),
    Listing("rub", "Rub", 1),
    Listing("mine", "Mine", 1, is_own=True, tags=("evening",)),
)
DAY_S = 24 * 60 * 60


def at(hour: int, days_ago: int = 0) -> Moment:
    noon_s = datetime(2026, 11, 21, 12).timestamp()
    return Moment(noon_s + (hour - 12) * 3600 - days_ago * DAY_S, hour * 60)


@pytest.mark.parametrize(
    ("listing", "group"),
    [
        (LISTINGS[0], NOW),
        (Listing("own", "Own", is_urgent=True, is_own=True), NOW),
        (LISTINGS[1], BARRED),
        (LISTINGS[2], EVENING),
        (LISTINGS[3], AFTER),
        (LISTINGS[4], OWN),
    ],
)
def test_a_routine_stands_in_one_group(listing: Listing, group: RoutineGroup) -> None:
    assert group_of(listing, frozenset({"cannot-stand"})) is group


@pytest.mark.parametrize(
    ("now", "uses", "order"),
    [
        (at(3), [], [NOW, EVENING, AFTER, OWN, BARRED]),
        (at(12), [], [NOW, EVENING, AFTER, OWN, BARRED]),
        (at(17), [], [EVENING, NOW, AFTER, OWN, BARRED]),
        (at(22), [], [NOW, EVENING, AFTER, OWN, BARRED]),
        (at(20), [Use("mine", at(21, 3))], [OWN, NOW, EVENING, AFTER, BARRED]),
        (at(20), [Use("acute", at(21, 3))], [NOW, EVENING, AFTER, OWN, BARRED]),
        (at(20), [Use("mine", at(21, 40))], [EVENING, NOW, AFTER, OWN, BARRED]),
        (at(20), [Use("mine", at(9, 1))], [EVENING, NOW, AFTER, OWN, BARRED]),
        (at(20), [Use("mine", at(20, 5)), Use("rub", at(20, 4))],
         [AFTER, NOW, EVENING, OWN, BARRED]),
        (at(20), [Use("stand", at(20, 5))], [NOW, EVENING, AFTER, OWN, BARRED]),
        (at(20), [Use("gone", at(20, 5))], [EVENING, NOW, AFTER, OWN, BARRED]),
        (at(9), [Use("mine", at(10, 5))], [NOW, OWN, EVENING, AFTER, BARRED]),
    ],
)  # fmt: skip
def test_the_usual_group_is_first_in_the_evening_and_second_else(
    now: Moment, uses: list[Use], order: list[RoutineGroup]
) -> None:
    groups = list(grouped(LISTINGS, uses, now, frozenset({"cannot-stand"})))
    assert [group for group, _ in groups] == order
    assert sorted(listing.id for _, inside in groups for listing in inside) == sorted(
        listing.id for listing in LISTINGS
    )


def test_a_group_keeps_the_order_of_its_routines_and_an_empty_one_is_not_there() -> None:
    two = (Listing("b", "B", 1), Listing("a", "A", 1))
    assert list(grouped(two, (), at(12))) == [(AFTER, list(two))]
