import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncramp.speech.pronunciation import number_words, read_out


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Rub. Left side. 30 seconds.", "Rub. Left side. thirty seconds."),
        ("Hold 30 s, then 1 min.", "Hold thirty seconds, then one minute."),
        ("90s", "ninety seconds"),
        ("38 to 40 °C (100 to 104 °F)", "thirty-eight to forty degrees Celsius "
         "(one hundred to one hundred and four degrees Fahrenheit)"),
        ("38–40 °C.", "thirty-eight to forty degrees Celsius."),
        ("5-10 min", "five to ten minutes"),
        ("Turn 45°. 1.5 kg. 2 × each.", "Turn forty-five degrees. one point five kilos. "
         "two times each."),
        ("Press KD3, then BL-60.", "Press K D three, then B L sixty."),
        ("ST36 Zusanli", "S T thirty-six Zusanli"),
        ("Round 2 of 4", "Round two of four"),
        ("1,000 steps", "one thousand steps"),
        ("At 10:30, on 5/10, v1.2.3", "At 10:30, on 5/10, v1.2.3"),
        ("1234567 and 3rd and B12a", "1234567 and 3rd and B12a"),
        ("2 m of rope", "two m of rope"),
    ],
)  # fmt: skip
def test_amounts_and_codes_are_words(written: str, read: str) -> None:
    assert read_out(written, {}) == read


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("0", "zero"), ("19", "nineteen"), ("20", "twenty"), ("99", "ninety-nine"),
        ("100", "one hundred"), ("101", "one hundred and one"), ("1000", "one thousand"),
        ("1001", "one thousand and one"), ("12345", "twelve thousand three hundred and forty-five"),
        ("0.25", "zero point two five"), ("007", "zero zero seven"), ("1000000", "1000000"),
    ],
)  # fmt: skip
def test_numbers_are_words(number: str, words: str) -> None:
    assert number_words(number) == words


def test_another_language_is_left_to_its_engine() -> None:
    assert read_out("30 s. KD3.", {"kd3": "ka de drei"}, is_english=False) == "30 s. ka de drei."


def test_a_persons_own_words_go_before_ours_whole_longest_first_whatever_the_case() -> None:
    said_as = {"KD3": "kay dee three", "taixi": "tie she", "kd3 TAIXI": "the great stream 1"}
    assert read_out("KD3 Taixi, then kd3 and KD30.", said_as) == (
        "the great stream 1, then kay dee three and K D thirty."
    )
    assert read_out("Taixi's taixis", said_as) == "tie she's taixis"


def test_an_entry_that_is_blank_or_odd_does_no_harm() -> None:
    assert read_out("A (b) 3.", {"": "x", " ": "y", "(b)": "bee", "İ": "dotted"}) == "A bee three."
    assert read_out("i̇ İ", {"İ": "dotted"}).endswith("dotted")


@given(st.text(), st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=3))
def test_any_text_is_read_without_a_slip(text: str, said_as: dict[str, str]) -> None:
    read_out(text, said_as)


@given(st.integers(0, 999_999))
def test_number_words_hold_no_digit(number: int) -> None:
    assert re.fullmatch(r"[a-z -]+", number_words(str(number)))
