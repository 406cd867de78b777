"""Control characters are written out."""

import pytest

from uncramp.core.text.safe_text import shown, shown_with_style, unseen_in


@pytest.mark.parametrize(
    "character",
    ["\x1b", "\x07", "\x9b", "\u061c", "\u200b", "\u200e", "\u200f", "\u202e", "\U000e0020",
     "\U000e007f", "\udcff"],
)  # fmt: skip
def test_what_steers_or_hides_is_written_out(character: str) -> None:
    assert unseen_in(f"a{character}b", may_break=True) == f"U+{ord(character):04X}"
    for written in (shown(f"a{character}b"), shown_with_style(f"a{character}b")):
        assert character not in written
        assert written.isprintable()


def test_letters_emoji_and_their_joiners_stay() -> None:
    honest = "é 足 नमस्ते می\u200cخواهم 👩\u200d⚕️ a\u00adb"
    assert shown(honest) == shown_with_style(honest) == honest


def test_only_our_own_style_stays() -> None:
    assert shown_with_style("\x1b[1mBold\x1b[0m\nnext") == "\x1b[1mBold\x1b[0m\nnext"
    assert shown_with_style("\x1b[8mhidden\x1b[2J") == "\\x1b[8mhidden\\x1b[2J"
