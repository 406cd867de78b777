"""Folding names for comparison, so that it does not matter how a person types them."""

import unicodedata

_DROPPED = str.maketrans("", "", " -_'")


def folded(name: str) -> str:
    """The name without case, spaces, hyphens and tone marks, for comparison."""
    if name.isascii():
        return name.translate(_DROPPED).lower()
    decomposed = unicodedata.normalize("NFKD", name)
    kept = (c for c in decomposed if not unicodedata.combining(c) and c not in " -_'’")
    return "".join(kept).casefold()
