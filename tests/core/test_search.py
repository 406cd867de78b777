import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncramp.atlas import load_atlas
from uncramp.core.suitability.listing import Listing, why_not_for
from uncramp.core.suitability.search import (
    DAY_MIN,
    NEAR_MIN,
    RECENT_S,
    Finder,
    Moment,
    Use,
    finder,
    is_of_this_hour,
    ranked,
)

NOW = Moment(2_000_000_000.0, 23 * 60)

BEDTIME = Listing(
    "bedtime",
    "Strong bedtime routine",
    total_ms=1,
    summary="A foot soak, then points.",
    tags=("evening", "soak"),
    names=("Foot soak", "KD3 Taixi"),
    points=("KI3", "BL60"),
)
CALF = Listing("calf-rub", "Calf rub", total_ms=1, summary="Rub the calf before bed.")
FEET = Listing("fusse", "Füße hoch", total_ms=1, tags=("rest",))
KNEE = Listing("knee", "Knee", total_ms=1, summary="For sore feet after a soak.", points=("ST36",))
ALL = (BEDTIME, CALF, FEET, KNEE)

LISTINGS = st.lists(
    st.builds(
        Listing,
        id=st.sampled_from("abcdefghij"),
        title=st.sampled_from(["Bath", "bath", "Ärm", "Calf", "Zebra"]),
        total_ms=st.sampled_from([None, 1]),
        unless=st.sampled_from([(), ("cannot-stand",)]),
        is_urgent=st.booleans(),
        is_for_a_leg=st.booleans(),
    ),
    unique_by=lambda listing: listing.id,
)
USES = st.lists(
    st.builds(
        lambda word, ago, minute: Use(word, Moment(NOW.epoch_s - ago, minute)),
        st.sampled_from("abcdefghijk"),
        st.integers(-1000, 2 * RECENT_S),
        st.integers(0, DAY_MIN - 1),
    )
)
FAVOURITES = st.frozensets(st.sampled_from("abcdefghijk"))
CONDITIONS = st.frozensets(st.sampled_from(["cannot-stand", "clot-suspected"]))


def made() -> Finder:
    return finder(ALL, load_atlas())


@pytest.mark.parametrize(
    ("sought", "ids"),
    [
        ("taixi", ["bedtime"]),
        ("KD3", ["bedtime"]),
        ("ki-3", ["bedtime"]),
        ("太溪", ["bedtime"]),
        ("tài xī", ["bedtime"]),
        ("kunlun", ["bedtime"]),
        ("FUSSE", ["fusse"]),
        ("füsse", ["fusse"]),
        ("soak", ["bedtime", "knee"]),
        ("routine strong", ["bedtime"]),
        ("bed", ["bedtime", "calf-rub"]),
        ("footsoak", ["bedtime"]),
        ("calf knee", []),
        ("(.*", []),
        ("zzz", []),
        ("st36 knee", ["knee"]),
    ],
)
def test_what_is_found(sought: str, ids: list[str]) -> None:
    assert [listing.id for listing in made().found(sought)] == ids


def test_where_nothing_is_sought_all_stand_as_they_stood() -> None:
    assert made().found("  ") == ALL


@given(st.lists(st.sampled_from(["soak", "bed", "calf", "ki3", "e", "rub"]), max_size=4))
def test_the_order_of_the_words_is_nothing_and_each_word_more_finds_no_more(
    words: list[str],
) -> None:
    found = made().found(" ".join(words))
    assert found == made().found(" ".join(reversed(words)))
    assert set(found) <= set(made().found(" ".join(words[:-1])))


def test_a_better_match_stands_first() -> None:
    title = Listing("a", "Soak")
    begins = Listing("b", "Soaking")
    tag = Listing("c", "Bath", tags=("soak",))
    summary = Listing("d", "Bath", summary="A soak.")
    inside = Listing("e", "Bath", summary="Presoaked.")
    named = Listing("soak", "Tub", tags=("rest",))
    listings = [title, begins, tag, named, summary, inside]
    assert finder(listings[2:4], load_atlas()).found("soak") == (tag, named)
    listings.remove(named)
    for _ in range(5):
        shuffled = random.Random(7).sample(listings, len(listings))
        assert list(finder(shuffled, load_atlas()).found("soak")) == listings


@given(LISTINGS, USES, FAVOURITES, CONDITIONS)
def test_ranked_keeps_every_routine_and_depends_on_no_order(
    listings: list[Listing], uses: list[Use], favourites: frozenset[str], conditions: frozenset[str]
) -> None:
    order = ranked(listings, uses, NOW, favourites, conditions, "a")
    assert sorted(x.id for x in order) == sorted(x.id for x in listings)
    assert order == ranked(listings[::-1], uses[::-1], NOW, favourites, conditions, "a")


@given(LISTINGS, USES, FAVOURITES)
def test_no_use_and_no_star_moves_an_urgent_one(
    listings: list[Listing], uses: list[Use], favourites: frozenset[str]
) -> None:
    order = ranked(listings, uses, NOW, favourites, frozenset(), "a")
    urgent = [listing for listing in order if listing.is_urgent]
    assert list(order[: len(urgent)]) == urgent
    assert urgent == list(ranked(urgent, (), NOW, frozenset(), frozenset(), "a"))
    assert not any(listing.id == "a" for listing in urgent[1:])


@given(LISTINGS, USES, FAVOURITES, CONDITIONS)
def test_what_is_not_for_this_person_stands_last(
    listings: list[Listing], uses: list[Use], favourites: frozenset[str], conditions: frozenset[str]
) -> None:
    order = ranked(listings, uses, NOW, favourites, conditions)
    barred = [why_not_for(listing, conditions) is not None for listing in order]
    assert barred == sorted(barred)


def calm(routine_id: str) -> Listing:
    return Listing(routine_id, routine_id.upper(), total_ms=1)


def used(routine_id: str, hours_ago: float, minute: int) -> Use:
    return Use(routine_id, Moment(NOW.epoch_s - hours_ago * 3600, minute))


def test_this_hour_then_the_last_used_then_favourites_then_titles() -> None:
    listings = [calm(word) for word in "abcdefg"] + [calm("z")._replace(is_urgent=True)]
    uses = [
        used("g", 1, 22 * 60),
        used("d", 24, NOW.minute),
        used("e", 48, NOW.minute + NEAR_MIN - DAY_MIN),
        used("f", 9, 14 * 60),
        used("b", 24 * 40, NOW.minute),
    ]
    order = ranked(listings, uses, NOW, frozenset({"c", "z"}))
    assert [listing.id for listing in order] == ["z", "g", "d", "e", "f", "c", "a", "b"]


@given(st.integers(0, DAY_MIN - 1), st.integers(0, DAY_MIN - 1))
def test_this_hour_is_the_same_from_both_ends_and_over_midnight(then: int, now: int) -> None:
    assert is_of_this_hour(then, now) is is_of_this_hour(now, then)
    assert is_of_this_hour(then, now) is is_of_this_hour(
        (then + 720) % DAY_MIN, (now + 720) % DAY_MIN
    )
    assert is_of_this_hour(then, (then + NEAR_MIN) % DAY_MIN)
    assert not is_of_this_hour(then, (then + NEAR_MIN + 1) % DAY_MIN)


def test_the_start_of_an_id_finds_that_routine_before_longer_ones() -> None:
    ids = ("bedtime-warm-soak", "bedtime-stretch", "bedtime")
    listings = [BEDTIME._replace(id=id_, title="Bedtime") for id_ in ids]
    found = finder(listings, load_atlas()).found("bed")
    assert [listing.id for listing in found] == ["bedtime", "bedtime-stretch", "bedtime-warm-soak"]
