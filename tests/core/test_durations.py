import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncramp.core.text.durations import LONGEST_MS, NotALength, clock, parse_length, spoken, written


@pytest.mark.parametrize(
    ("text", "length_ms"),
    [
        (90, 90_000),
        (0.5, 500),
        ("90s", 90_000),
        ("1m30s", 90_000),
        (" 1m 30s ", 90_000),
        ("20m", 1_200_000),
        ("1h", 3_600_000),
        ("1:30", 90_000),
        ("1:02:30", 3_750_000),
        ("90:00", 5_400_000),
        ("2.5s", 2_500),
        ("24h", LONGEST_MS),
    ],
)
def test_lengths_that_people_write(text: object, length_ms: int) -> None:
    assert parse_length(text) == length_ms


@pytest.mark.parametrize(
    "wrong",
    [
        "", " ", "90", "90 secs", "1m30", "-5s", "m", "1:5", "1:60", "1:60:00", "0s", 0, -1,
        float("nan"), float("inf"), float("-inf"), True, None, [], "25h", 10**400, "9" * 5_000,
        "१s", "1e3s", "30s1m", "24h1s",
    ],
)  # fmt: skip
def test_what_is_no_length_is_told_in_a_sentence(wrong: object) -> None:
    with pytest.raises(NotALength, match=r"^is .+\.$"):
        parse_length(wrong)


@given(st.integers(1, LONGEST_MS))
def test_what_is_written_is_read_back(length_ms: int) -> None:
    assert parse_length(written(length_ms)) == length_ms


def test_lengths_as_they_are_shown_and_said() -> None:
    assert [clock(ms) for ms in (0, 5_999, 90_000, 3_750_000)] == [
        "0:00",
        "0:05",
        "1:30",
        "1:02:30",
    ]
    assert spoken(90_000) == "1 minute 30 seconds"
    assert spoken(3_600_000) == "1 hour"
    assert spoken(400) == "0 seconds"
