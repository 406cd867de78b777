"""A routine's title changed in its file, and every comment left where it was."""

import codecs

from uncramp.system.files import CannotWrite


def with_title(data: bytes, title: str) -> bytes:
    """The file's bytes with another title, and nothing else changed.

    Raises CannotWrite where they are not TOML.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    try:
        document = tomlkit.parse(data.removeprefix(mark))
        document["title"] = title
        return mark + tomlkit.dumps(document).encode()
    except (TOMLKitError, UnicodeDecodeError, RecursionError):
        words = "The routine is not TOML, so its title cannot be changed. uncramp check says why."
        raise CannotWrite(words) from None
