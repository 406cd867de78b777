"""What the voice says about a point leads to its place, and away from what its cautions name."""

import re

import pytest

from uncramp.atlas import load_atlas
from uncramp.core.routine.points import Point

PLACES = {
    "KD1": ("sole", "dip"),
    "KD3": ("inner", "ankle", "hollow"),
    "BL40": ("knee", "middle", "crease"),
    "BL56": ("calf", "fullest"),
    "BL57": ("back", "midline", "end"),
    "BL60": ("outer", "ankle", "hollow"),
    "GB34": ("outer leg", "dip", "in front of", "below"),
    "ST36": ("outer dimple", "kneecap", "shin"),
    "LI4": ("back of the hand",),
    "Shimian": ("middle", "heel"),
    "Big-toe base zone": ("inner", "big"),
}
"""Words for the place that are both in a point's position and in what the voice says."""

AWAY_FROM = {
    # The nerve winds round the bone just below the knob.
    "GB34": r"(?<!in front of and )below the knob|just below",
    # The muscle is pressed, not the ridge.
    "ST36": r"ridge|on the shin|inside the shin",
    # The tendon may be sore, and is not the place.
    "BL60": r"on the tendon",
}
"""What a caution warns of, as words that would guide there."""


@pytest.mark.parametrize("point", load_atlas().points, ids=lambda point: point.label)
def test_what_is_said_of_a_point_is_where_it_lies(point: Point) -> None:
    for word in PLACES[point.label]:
        assert word in point.cue.casefold(), (point.label, word)
        assert word in point.where.casefold(), (point.label, word)


@pytest.mark.parametrize("point", load_atlas().points, ids=lambda point: point.label)
def test_what_is_said_of_a_point_does_not_lead_to_what_its_cautions_name(point: Point) -> None:
    if point.label in AWAY_FROM:
        assert not re.search(AWAY_FROM[point.label], point.cue, re.IGNORECASE)


def test_the_cue_that_led_to_the_nerve_would_be_found() -> None:
    assert re.search(AWAY_FROM["GB34"], "Outer knee, dip below the knob")
