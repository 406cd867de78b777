"""From bytes to TOML values, before the keys are checked."""

import codecs
import tomllib
from typing import Any

from uncramp.core.lazy.pattern import lazy_pattern
from uncramp.core.toml.document import Document
from uncramp.core.toml.file_kind import LARGEST_FILE

MOST_KEY_PARTS = 32
"""How many parts a dotted key may have."""

_LOOKED_AT = 200
"""How many bytes say whether a file is UTF-16."""

_PART = r"""(?:[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')"""
_LONG_KEY = lazy_pattern(
    rf"(?<![A-Za-z0-9_\-\"']){_PART}(?:[ \t]*+\.[ \t]*+{_PART}){{{MOST_KEY_PARTS}}}"
)


def parse(document: Document) -> dict[str, Any] | None:
    """The document's TOML; None if nothing of it can be read.

    Sets the document's text. After a mistake that text has a repaired header or blanks in its
    place, and the document knows which lines were repaired and which tables have lost a key.
    """
    text = _decoded(document)
    if text is None:
        return None
    document.text = text
    if _has_endless_key(document):
        return None
    try:
        return tomllib.loads(text)
    except (RecursionError, ValueError) as error:
        # Hardly any file has a mistake, and what its words need takes long to load.
        from uncramp.core.toml.repair import read_on

        return read_on(document, error)


def _decoded(document: Document) -> str | None:
    """The text of the file, without its byte order mark; None if a problem was reported."""
    data = document.data
    if len(data) > LARGEST_FILE:
        message = f"The file is larger than 1 MiB, the most that {document.kind.name} may be."
        document.error((), "file-too-big", message)
        return None
    utf16 = _utf16_of(data)
    if utf16:
        document.error(
            (),
            "not-utf8",
            'The file is saved as UTF-16, which Windows calls "Unicode". Save it again as UTF-8.',
        )
        document.is_utf8 = False
        return data.decode(utf16, "replace").removeprefix("\ufeff")
    text = data.removeprefix(codecs.BOM_UTF8)
    try:
        return text.decode()
    except UnicodeDecodeError as error:
        from uncramp.core.toml.repair import decoded_otherwise

        return decoded_otherwise(document, text, error.start)


def _utf16_of(data: bytes) -> str | None:
    """The byte order of a file in UTF-16, with or without its mark; None for other files."""
    begin = data[:_LOOKED_AT]
    if begin.startswith(codecs.BOM_UTF16_LE) or _is_every_other_null(begin, 1):
        return "utf-16-le"
    if begin.startswith(codecs.BOM_UTF16_BE) or _is_every_other_null(begin, 0):
        return "utf-16-be"
    return None


def _is_every_other_null(data: bytes, first: int) -> bool:
    """Are nearly all bytes from `first` on, each second one, NUL, and nearly no other?"""
    nulls, others = data[first::2].count(0), data[1 - first :: 2].count(0)
    return nulls > len(data) * 0.4 and not others


def _has_endless_key(document: Document) -> bool:
    """Report a dotted key that would take TOML's reader minutes. Returns whether there is one."""
    # A pattern takes longer to compile than all lines do to be looked at.
    if all(line.count(".") < MOST_KEY_PARTS for line in document.text.split("\n")):
        return False
    long_key = _LONG_KEY.search(document.text)
    if not long_key:
        return False
    from uncramp.core.toml.repair import report
    from uncramp.core.toml.syntax_hints import Slip

    message = f"is a key with more than {MOST_KEY_PARTS} parts."
    report(document, document.text, Slip("too-deep", *long_key.span(), message))
    return True
