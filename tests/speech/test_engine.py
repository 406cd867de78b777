import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncramp.speech.engine import LONGEST_PHRASE, VoiceOptions, language_tags, plain_text


@pytest.mark.parametrize(
    ("language", "tags"),
    [
        ("en", ("en",)),
        ("de-CH", ("de-ch", "de")),
        ("pt_BR", ("pt-br", "pt")),
        ("zh-Hans", ("cmn", "zh-hans", "zh")),
        ("zh-Hant-HK", ("cmn", "zh-hant-hk", "zh-hant", "zh")),
        ("zh-HK", ("yue", "cmn", "zh-hk", "zh")),
        ("no", ("nb", "no")),
    ],
)
def test_a_language_is_asked_for_by_the_names_that_engines_have(
    language: str, tags: tuple[str, ...]
) -> None:
    assert language_tags(language) == tags
    assert VoiceOptions(language).voices == tags


def test_a_voice_by_name_is_asked_for_alone() -> None:
    assert VoiceOptions("de", "Anna").voices == ("Anna",)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("-f /etc/passwd", "-f /etc/passwd"),
        ("<speak><break time='9h'/>Rub</speak>", "speak break time='9h'/ Rub /speak"),
        ("Rub [[slnc 60000]] now", "Rub slnc 60000 now"),
        ("a\x00b\x1b[2Jc\r\nd\u2028", "a b 2Jc d"),
        ("Süß 38 °C, ½ & 你好!", "Süß 38 °C, ½ & 你好!"),
        ("\ud800x", "x"),
    ],
)
def test_nothing_is_left_that_an_engine_would_obey(text: str, plain: str) -> None:
    assert plain_text(text) == plain


@given(st.text())
def test_plain_text_is_one_line_of_text_that_any_stream_can_carry(text: str) -> None:
    plain = plain_text(text)
    plain.encode()
    assert len(plain) <= LONGEST_PHRASE
    assert not any(unicodedata.category(c) == "Cc" for c in plain)
    assert not set(plain) & set("[]<>")
