"""The nearest known spelling of an unknown word."""

from collections.abc import Iterable

from uncramp.core.text.folding import folded

_LONGEST = 60
"""A longer word is not a typing error."""


def nearest(word: str, known: Iterable[str], cutoff: float = 0.65) -> str | None:
    """The one of `known` that `word` was probably meant to be; None if none is close."""
    if len(word) > _LONGEST:
        return None
    by_fold: dict[str, str] = {}
    for name in known:
        by_fold.setdefault(folded(name), name)
    plain = folded(word)
    if plain in by_fold:
        return by_fold[plain]
    # It is seldom needed, and slow to load.
    from difflib import get_close_matches

    close = get_close_matches(plain, by_fold, n=1, cutoff=cutoff)
    return by_fold[close[0]] if close else None


def listed(words: Iterable[str], last: str = "or") -> str:
    """The words as a sentence lists them, each in quotes: `"left", "right" or "both"`."""
    quoted = [f'"{word}"' for word in words]
    if len(quoted) < 2:
        return "".join(quoted)
    return f"{', '.join(quoted[:-1])} {last} {quoted[-1]}"


def counted(number: int, word: str) -> str:
    """`1 step`, `2 steps`."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"
