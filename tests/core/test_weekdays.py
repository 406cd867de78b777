"""Days of the week and times of the day, as people write them."""

import pytest

from uncramp.core.text.weekdays import clock_time, minute_in, weekday_words, weekdays_in


@pytest.mark.parametrize(
    ("text", "days", "words"),
    [
        ("mon-fri", (0, 1, 2, 3, 4), "Mon-Fri"),
        ("Mon,Wed, saturday", (0, 2, 5), "Mon, Wed, Sat"),
        ("sat-mon", (0, 5, 6), "Mon, Sat, Sun"),
        ("sun-sat", (0, 1, 2, 3, 4, 5, 6), "every day"),
        ("daily", (0, 1, 2, 3, 4, 5, 6), "every day"),
        ("weekend", (5, 6), "Sat, Sun"),
        ("th", (3,), "Thu"),
        ("tue-thu,fri,fri", (1, 2, 3, 4), "Tue-Fri"),
    ],
)
def test_days(text: str, days: tuple[int, ...], words: str) -> None:
    assert weekdays_in(text) == days
    assert weekday_words(days) == words


@pytest.mark.parametrize("text", ["", "t", "mon-", "-fri", "mon,,tue", "moonday", "0-4", "s"])
def test_what_names_no_days_says_what_to_write(text: str) -> None:
    with pytest.raises(ValueError, match="Write mon-fri"):
        weekdays_in(text)


def test_times() -> None:
    for minute in range(24 * 60):
        assert minute_in(clock_time(minute)) == minute
    assert minute_in(" 9:05 ") == 9 * 60 + 5


@pytest.mark.parametrize("text", ["24:00", "21:60", "21", "9 pm", "", "-1:30", "21:3", "２１:30"])
def test_what_is_no_time_says_what_to_write(text: str) -> None:
    with pytest.raises(ValueError, match="Write one such as 21:30"):
        minute_in(text)
