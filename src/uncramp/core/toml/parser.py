"""From bytes to TOML values, before the keys are checked.

The standard library's reader stops at the first mistake. This one reports it in words and reads
on, so that all mistakes are reported at once: a header is read as it was probably meant, any
other statement is blanked out. All other lines keep their places.
"""

import codecs
import re
import tomllib
from typing import Any

from uncramp.core.lazy.pattern import lazy_pattern
from uncramp.core.toml.document import Document
from uncramp.core.toml.file_kind import LARGEST_FILE
from uncramp.core.toml.positions import Locator, path_text
from uncramp.core.toml.problems import Place, Problem, Severity
from uncramp.core.toml.recovery import Statement, statement_at, statements
from uncramp.core.toml.refusals import stop_of
from uncramp.core.toml.syntax_hints import WHOLE_FILE, Slip, other_control_characters, slip_of

DEEPEST_VALUE = 64
"""How deeply lists and tables may be nested, even if TOML's reader could read more."""

MOST_KEY_PARTS = 32
"""How many parts a dotted key may have."""

_LOOKED_AT = 200
"""How many bytes say whether a file is UTF-16."""

_MOST_SLIPS = 20
_LARGEST_REPAIRED = 64 * 1024
"""A larger file is read only up to its first mistake: each one costs another pass."""

_PART = r"""(?:[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')"""
_LONG_KEY = lazy_pattern(
    rf"(?<![A-Za-z0-9_\-\"']){_PART}(?:[ \t]*+\.[ \t]*+{_PART}){{{MOST_KEY_PARTS}}}"
)
_LONG_NUMBER = lazy_pattern(r"\d[\d_]{4300}")
_BRACKET = lazy_pattern(
    r'"""(?:[^"\\]++|\\[\s\S]|"{1,2}(?!"))*+"""|\'\'\'(?:[^\']++|\'{1,2}(?!\'))*+\'\'\''
    r'|"(?:[^"\\\n]++|\\.)*+"|\'[^\'\n]*+\'|#[^\n]*+|[\[\]{}]'
)
_WHOLE_HEADER = lazy_pattern(r"\[\[[^\[\]\n]+\]\]|\[[^\[\]\n]+\]")


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
    original = text
    for _ in range(_MOST_SLIPS):
        try:
            return tomllib.loads(document.text)
        except RecursionError:
            _report_depth(document, original)
            return None
        except ValueError as error:
            blamed = _report_slip(document, original, error)
        if blamed is None or len(original) > _LARGEST_REPAIRED:
            return None
        statement, slip = blamed
        if statement.is_header or slip.code == "no-brackets":
            original = _with_header(document, original, statement, slip)
            continue
        document.lost.add(statement.table)
        if statement.is_pair:
            document.lost.add(statement.path[:-1])
        document.text = _blanked(document.text, statement.start, statement.end)
    return None


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
        return data.decode(utf16, "replace").removeprefix("\ufeff")
    text = data.removeprefix(codecs.BOM_UTF8)
    try:
        return text.decode()
    except UnicodeDecodeError as error:
        _report_encoding(document, text, error.start)
    # What has NULs in it was never a text.
    return None if b"\0" in text else _as_windows_wrote(text)


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


def _as_windows_wrote(data: bytes) -> str:
    """The text of `data` in UTF-8, with each byte that is not UTF-8 as Windows-1252 reads it."""
    text = data.decode("utf-8", "surrogateescape")
    return re.sub(
        "[\udc80-\udcff]",
        lambda match: bytes([ord(match[0]) - 0xDC00]).decode("cp1252", "replace"),
        text,
    )


def _report_encoding(document: Document, data: bytes, start: int) -> None:
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


def _has_endless_key(document: Document) -> bool:
    """Report a dotted key that would take TOML's reader minutes. Returns whether there is one."""
    long_key = _LONG_KEY.search(document.text)
    if not long_key:
        return False
    message = f"is a key with more than {MOST_KEY_PARTS} parts."
    _report(document, document.text, Slip("too-deep", *long_key.span(), message))
    return True


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
            _report(document, text, Slip("too-deep", token.start(), token.end(), message))
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
        _report(document, original, Slip("out-of-range", start, end, message))
        return None
    stop = stop_of(text, error)
    statement = statement_at(text, stop.offset)
    slip = slip_of(text, stop, statement, document.kind)
    if statement and not statement.start <= slip.start <= statement.end:
        statement = None
    if statement is None or not _is_in_repaired(document, statement):
        _report(document, original, slip, statement)
        if statement and slip.code == "control-character":
            for further in other_control_characters(original, slip, statement):
                _report(document, original, further, statement)
    if statement is None or slip.code in WHOLE_FILE:
        return None
    return statement, slip


def _is_in_repaired(document: Document, statement: Statement) -> bool:
    """Was the line reported before, and is it still wrong after its repair?"""
    return document.text.count("\n", 0, statement.start) + 1 in document.repaired


def _report(document: Document, text: str, slip: Slip, statement: Statement | None = None) -> None:
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
