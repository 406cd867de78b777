"""Reports the mistakes in a file that TOML's reader refuses, and reads the rest of it.

The standard library's reader stops at the first mistake. This one reports it in words and reads
on, so that all mistakes are reported at once: a header is read as it was probably meant, any
other statement is blanked out. All other lines keep their places.
"""

import re
import tomllib
from typing import Any

from uncramp.core.lazy.pattern import lazy_pattern
from uncramp.core.toml.document import Document
from uncramp.core.toml.positions import Locator, path_text
from uncramp.core.toml.problems import Place, Problem, Severity
from uncramp.core.toml.recovery import Statement, statement_at, statements
from uncramp.core.toml.refusals import stop_of
from uncramp.core.toml.syntax_hints import Slip, ends_reading, other_control_characters, slip_of

DEEPEST_VALUE = 64
"""How deeply lists and tables may be nested, even if TOML's reader could read more."""

_MOST_SLIPS = 20
_LARGEST_REPAIRED = 64 * 1024
"""A larger file is read only up to its first mistake: each one costs another pass."""

_LONG_NUMBER = lazy_pattern(r"\d[\d_]{4300}")
_BRACKET = lazy_pattern(
    r'"""(?:[^"\\]++|\\[\s\S]|"{1,2}(?!"))*+"""|\'\'\'(?:[^\']++|\'{1,2}(?!\'))*+\'\'\''
    r'|"(?:[^"\\\n]++|\\.)*+"|\'[^\'\n]*+\'|#[^\n]*+|[\[\]{}]'
)
_WHOLE_HEADER = lazy_pattern(r"\[\[[^\[\]\n]+\]\]|\[[^\[\]\n]+\]")


def read_on(document: Document, error: ValueError | RecursionError) -> dict[str, Any] | None:
    """Report `error`, read past it, and so on; the document's TOML, or None."""
    original = document.text
    for _ in range(_MOST_SLIPS - 1):
        repaired = _read_past(document, original, error)
        if repaired is None:
            return None
        original = repaired
        try:
            return tomllib.loads(document.text)
        except (RecursionError, ValueError) as another:
            error = another
    _read_past(document, original, error)
    return None


def _read_past(document: Document, original: str, error: ValueError | RecursionError) -> str | None:
    """Report `error` and take it out of the document's text. None if that cannot be done.

    Otherwise returns `original` with the same change, if it was a header.
    """
    if isinstance(error, RecursionError):
        _report_depth(document, original)
        return None
    blamed = _report_slip(document, original, error)
    if blamed is None or len(original) > _LARGEST_REPAIRED:
        return None
    statement, slip = blamed
    if statement.is_header or slip.code == "no-brackets":
        return _with_header(document, original, statement, slip)
    document.lost.add(statement.table)
    if statement.is_pair:
        document.lost.add(statement.path[:-1])
    document.text = _blanked(document.text, statement.start, statement.end)
    return original


def decoded_otherwise(document: Document, data: bytes, start: int) -> str | None:
    """Report that the byte at `start` is not UTF-8; the text as Windows would read it, or None."""
    before = data[:start]
    line = before.count(b"\n") + 1
    column = len(before[before.rfind(b"\n") + 1 :].decode()) + 1
    document.problems.add(
        Problem(
            "not-utf8",
            f"The byte 0x{data[start]:02x} here is not UTF-8 text. "
            "Save the file again with the encoding UTF-8.",
            file=document.file,
            place=Place(line, column, line, column + 1),
        )
    )
    document.is_utf8 = False
    # What has NULs in it was never a text.
    return None if b"\0" in data else _as_windows_wrote(data)


def _as_windows_wrote(data: bytes) -> str:
    """The text of `data` in UTF-8, with each byte that is not UTF-8 as Windows-1252 reads it."""
    text = data.decode("utf-8", "surrogateescape")
    return re.sub(
        "[\udc80-\udcff]",
        lambda match: bytes([ord(match[0]) - 0xDC00]).decode("cp1252", "replace"),
        text,
    )


def _with_header(document: Document, original: str, statement: Statement, slip: Slip) -> str:
    """Read a header as it was probably meant, or else nothing of its table.

    The document's text and `original`, which is returned, get the same change.
    """
    start, end = statement.start, statement.end
    text = document.text
    number = text.count("\n", 0, start) + 1
    meant = slip.suggestion or _header_alone(text[start:end])
    if meant is None or number in document.repaired:
        document.lost |= {statement.path, statement.path[:-1]}
        headers = (s.start for s in statements(text) if s.is_header and s.start > start)
        document.text = _blanked(text, start, next(headers, len(text)))
        return original
    document.repaired[number] = Locator(original).line(number)
    if len(meant) < end - start:
        # The rest of the line is not read.
        document.lost.add(statement.path)
    document.text = text[:start] + meant + text[end:]
    return original[:start] + meant + original[end:]


def _header_alone(text: str) -> str | None:
    """The header without the rest of its line; None if it is not complete."""
    match = _WHOLE_HEADER.match(text)
    return match[0] if match else None


def _report_depth(document: Document, text: str) -> None:
    """Report the first bracket that is nested too deeply."""
    depth = 0
    for token in _BRACKET.finditer(text):
        if token[0] in "[{":
            depth += 1
        elif token[0] in "]}":
            depth = max(depth - 1, 0)
        if depth > DEEPEST_VALUE:
            message = f"is more than {DEEPEST_VALUE} brackets deep. Write it with fewer levels."
            report(document, text, Slip("too-deep", token.start(), token.end(), message))
            return
    document.error((), "too-deep", "The file has lists nested too deeply to be read.")


def _report_slip(
    document: Document, original: str, error: ValueError
) -> tuple[Statement, Slip] | None:
    """Report what the error of TOML's reader means. Returns the statement that causes it."""
    text = document.text
    if not isinstance(error, tomllib.TOMLDecodeError):
        number = _LONG_NUMBER.search(text)
        start, end = number.span() if number else (0, 0)
        message = "starts a number with too many digits to be read. Write fewer."
        report(document, original, Slip("out-of-range", start, end, message))
        return None
    stop = stop_of(text, error)
    statement = statement_at(text, stop.offset)
    slip = slip_of(text, stop, statement, document.kind)
    if statement and not statement.start <= slip.start <= statement.end:
        statement = None
    if statement is None or not _is_in_repaired(document, statement):
        report(document, original, slip, statement)
        if statement and slip.code == "control-character":
            for further in other_control_characters(original, slip, statement):
                report(document, original, further, statement)
    if statement is None or ends_reading(document.text, slip):
        return None
    return statement, slip


def _is_in_repaired(document: Document, statement: Statement) -> bool:
    """Was the line reported before, and is it still wrong after its repair?"""
    return document.text.count("\n", 0, statement.start) + 1 in document.repaired


def report(document: Document, text: str, slip: Slip, statement: Statement | None = None) -> None:
    """Report `slip`, which is in `statement` of `text`."""
    place = line = None
    if slip.end > slip.start:
        locator = Locator(text)
        place = locator.place(slip.start, max(slip.end, slip.start + 1))
        place, line = document.as_written(place, locator.line(place.line))
    key = path_text(statement.path) if statement and statement.path else None
    document.problems.add(
        Problem(
            slip.code,
            slip.message,
            Severity.ERROR,
            document.file,
            key or None,
            place,
            slip.suggestion,
            line,
            goes_on_from_text=place is not None,
        )
    )


def _blanked(text: str, start: int, end: int) -> str:
    return text[:start] + re.sub(r"[^\r\n]", " ", text[start:end]) + text[end:]
