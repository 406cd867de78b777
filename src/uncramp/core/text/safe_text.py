"""What text in a routine may contain: visible text, with nothing that deceives."""

import re

from uncramp.core.lazy.pattern import lazy_pattern

_UNSEEN_CHARACTERS = (
    "\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
    "\ufff9-\ufffb\U000e0001\U000e0020-\U000e007f\ud800-\udfff"
)
_UNSEEN = lazy_pattern(f"[{_UNSEEN_CHARACTERS}]")
"""Characters that control a terminal, or that reverse, hide or split text.

They do not include those that join letters or emoji, nor the marks and soft hyphens that
ordinary text needs.
"""

_BREAKS = lazy_pattern(r"[\t\r\n]+")


def unseen_in(text: str, *, may_break: bool) -> str | None:
    """The first character of `text` that is not allowed, such as `U+001B`; None if all are.

    Line breaks and tabs are allowed if it `may_break`.
    """
    return next(iter(all_unseen_in(text, may_break=may_break)), None)


def all_unseen_in(text: str, *, may_break: bool) -> list[str]:
    """Like `unseen_in`, but each different character that is not allowed, in their order."""
    if (text.replace("\n", "") if may_break else text).isprintable():
        return []
    allowed = "\t\r\n" if may_break else ""
    signs = dict.fromkeys(match[0] for match in _UNSEEN.finditer(text))
    return [f"U+{ord(sign):04X}" for sign in signs if sign not in allowed]


def on_one_line(text: str) -> str:
    """The text with its line breaks and tabs as single spaces, and none at its ends."""
    parts = (part.strip() for part in _BREAKS.split(text))
    return " ".join(part for part in parts if part)


def shown(text: str) -> str:
    """The text with each control character written out: `\\x1b`."""
    if text.isprintable():
        return text
    return _UNSEEN.sub(_written_out, text)


def plain_line(text: str) -> str:
    """The text on one line, with each control character written out."""
    return shown(on_one_line(text))


_OUR_STYLE = lazy_pattern(r"\x1b\[(?:0|1|2|31|33|35|1;31)?m")
_OUR_STYLE_OR_UNSEEN = lazy_pattern(rf"({_OUR_STYLE.pattern})|[{_UNSEEN_CHARACTERS}]")


def shown_with_style(text: str) -> str:
    """The text as `shown`, but with its line breaks and our own bold and colours.

    For the last step before a terminal: a name from a file can at most be coloured there.
    """
    if text.isprintable():
        return text
    return _OUR_STYLE_OR_UNSEEN.sub(_kept_or_written_out, text)


def _kept_or_written_out(match: re.Match[str]) -> str:
    return match[0] if match[1] or match[0] == "\n" else _written_out(match)


def _written_out(match: re.Match[str]) -> str:
    number = ord(match[0])
    if number < 0x100:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def kebab(text: str) -> str:
    """The text as a kebab-case word: `Blood thinners` is `blood-thinners`."""
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")


def is_kebab(text: str) -> bool:
    """Is it a kebab-case word, such as `blood-thinners`?"""
    return re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text, re.ASCII) is not None
