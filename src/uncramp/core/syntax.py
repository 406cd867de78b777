"""TOML's own mistakes in our words: what it looks like, and how to write it."""

import codecs

from uncramp.core.page import Page

LARGEST_FILE = 1024 * 1024
"""How many bytes a routine's file may have."""


def decoded(data: bytes, page: Page) -> str | None:
    """The text of the file, without its byte order mark; None where a problem was told."""
    if len(data) > LARGEST_FILE:
        page.error((), "file-too-big", "The file is larger than 1 MiB, the most a routine may be.")
        return None
    try:
        return data.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError:
        page.error((), "not-utf8", "The file is not UTF-8 text.")
        return None


def refuse_sequence(page: Page) -> bool:
    """Refuse, before TOML's reader sees it, what it would choke on."""
    return False


def tell_syntax(page: Page, error: Exception) -> None:
    """Tell what the error of TOML's reader means."""
    page.error((), "toml", f"The file is not TOML: {error}.")
