"""Changes a routine's title in its file, and leaves every other character alone."""

import codecs
import tomllib

from uncramp.core.toml.positions import Locator
from uncramp.system.files import CannotWrite


def with_title(data: bytes, title: str) -> bytes:
    """The file's bytes with another title, and nothing else changed.

    Raises CannotWrite if they are not TOML.
    """
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    try:
        text = data.removeprefix(mark).decode()
        if "title" in tomllib.loads(text):
            return mark + _replaced(text, title).encode()
        return mark + _added(text, title).encode()
    except (ValueError, RecursionError):
        words = "The routine is not TOML, so its title cannot be changed. uncramp check says why."
        raise CannotWrite(words) from None


def _replaced(text: str, title: str) -> str:
    """The text with another value for its title; tomlkit would take 14 s for a large file."""
    from tomlkit import string

    place = Locator(text).value(("title",))
    assert place is not None
    lines = text.split("\n")
    start = sum(len(line) + 1 for line in lines[: place.line - 1]) + place.column - 1
    end = sum(len(line) + 1 for line in lines[: place.end_line - 1]) + place.end_column - 1
    return text[:start] + string(title).as_string() + text[end:]


def _added(text: str, title: str) -> str:
    import tomlkit

    document = tomlkit.parse(text)
    document["title"] = title
    return tomlkit.dumps(document)
