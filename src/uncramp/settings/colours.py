"""The person's own colours, and how readable one is on another."""

import re

from uncramp.core.lazy.pattern import lazy_pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

READABLE = 4.5
"""The least contrast of text: WCAG 2.2, 1.4.3."""

DARK = {
    "background": "#15120E", "surface": "#1F1A14", "text": "#E9DFD0", "primary": "#E3A95C",
    "accent": "#8FB8A8", "warning": "#E8B75A", "error": "#E07F66",
}  # fmt: skip
LIGHT = {
    "background": "#F8F3EA", "surface": "#EFE7D9", "text": "#2A231A", "primary": "#8A4B0F",
    "accent": "#2F6B5A", "warning": "#8A5A00", "error": "#A6331B",
}  # fmt: skip
OCEAN = {
    "background": "#0E1620", "surface": "#162231", "text": "#DCE6F0", "primary": "#7FB8E6",
    "accent": "#7FD1C1", "warning": "#E6C36A", "error": "#F08C86",
}  # fmt: skip
MEADOW = {
    "background": "#F1F6EC", "surface": "#E3ECDA", "text": "#1D2A1A", "primary": "#2C6A2F",
    "accent": "#1F5F7A", "warning": "#7A5200", "error": "#A12A1F",
}  # fmt: skip

GROUNDS = ("background", "surface")
"""The backgrounds of the other colours."""

_HEX = lazy_pattern(r"#([0-9a-f]{3}|[0-9a-f]{6})", re.ASCII | re.IGNORECASE)

NAMED = {
    "black": "#000000", "silver": "#C0C0C0", "gray": "#808080", "grey": "#808080",
    "white": "#FFFFFF", "maroon": "#800000", "red": "#FF0000", "purple": "#800080",
    "fuchsia": "#FF00FF", "green": "#008000", "lime": "#00FF00", "olive": "#808000",
    "yellow": "#FFFF00", "navy": "#000080", "blue": "#0000FF", "teal": "#008080",
    "aqua": "#00FFFF", "orange": "#FFA500",
}  # fmt: skip
"""The names of HTML 4 and CSS 2.1, which people know."""


def colour_in(text: str) -> str | None:
    """The colour named by `#e3a95c`, `#ea5` or `teal`, as `#E3A95C`; None if unknown."""
    text = text.strip()
    match = _HEX.fullmatch(text)
    if match is None:
        return NAMED.get(text.casefold())
    digits = match[1].upper()
    return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))


def whole(colours: "Mapping[str, str]") -> dict[str, str]:
    """A look with these colours; missing ones come from our dark or light look."""
    base = DARK if _takes_bright_text(colours.get("background", DARK["background"])) else LIGHT
    return {**base, **colours}


def is_dark(look: "Mapping[str, str]") -> bool:
    """Does the look have bright text on a dark background?"""
    return luminance(look["text"]) > luminance(look["background"])


def luminance(colour: str) -> float:
    """How bright `#RRGGBB` is, from 0 to 1: the relative luminance of WCAG 2.2."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (value / 255 for value in _parts(colour))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21, by WCAG 2.2."""
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


def mixed(one: str, other: str, share: float) -> str:
    """The colour between two, `share` of the way from the first, 0 to 1, to the other."""
    pairs = zip(_parts(one), _parts(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)


def faint(colours: "Mapping[str, str]") -> "Iterator[tuple[str, float, str, str]]":
    """Which of a person's colours are hard to read.

    Each with its contrast, the other colour, and the nearest colour that is readable.
    """
    look = whole(colours)
    inks = [name for name in look if name not in GROUNDS]
    for name in inks:
        if name in colours:
            least = min(GROUNDS, key=lambda ground: contrast(look[name], look[ground]))
            found = contrast(look[name], look[least])
            if found < READABLE:
                yield name, found, least, _readable(look[name], [look[g] for g in GROUNDS])
    for ground in GROUNDS:
        if ground in colours:
            ours = [name for name in inks if name not in colours]
            least = min(ours, key=lambda ink: contrast(look[ink], look[ground]), default="")
            if least and contrast(look[least], look[ground]) < READABLE:
                found = contrast(look[least], look[ground])
                yield ground, found, least, _readable(look[ground], [look[n] for n in ours])


def _readable(colour: str, others: list[str]) -> str:
    """The nearest colour, lighter or darker, that is readable with all of `others`."""
    for percent in range(1, 101):
        for end in ("#FFFFFF", "#000000"):
            tried = mixed(colour, end, percent / 100)
            if all(contrast(tried, other) >= READABLE for other in others):
                return tried
    return ""


def _takes_bright_text(background: str) -> bool:
    return contrast(background, "#FFFFFF") >= contrast(background, "#000000")


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
