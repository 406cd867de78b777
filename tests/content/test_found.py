"""A bundled routine is found by the place on the body, and by its point's code."""

import pytest

from tests.content.bundled import IDS, routine
from uncramp.atlas import load_atlas
from uncramp.core.suitability.search import finder
from uncramp.core.suitability.summary import listed


@pytest.mark.parametrize("words", ["inner ankle", "KD3", "taixi", "KI3"])
def test_place_code_and_name_find_the_same_routine(words: str) -> None:
    listings = [listed(routine(routine_id)) for routine_id in IDS]
    found = finder(listings, load_atlas()).found(words)
    assert "bedtime" in [listing.id for listing in found]
