"""Names as they are compared: however a person types them."""

import unicodedata

_DROPPED = str.maketrans("", "", " -_'")


def folded(name: str) -> str:
    """The name as it is compared: case, spaces, hyphens and tone marks aside."""
    if name.isascii():
        return name.translate(_DROPPED).lower()
    decomposed = unicodedata.normalize("NFKD", name)
    kept = (c for c in decomposed if not unicodedata.combining(c) and c not in " -_'’")
    return "".join(kept).casefold()
