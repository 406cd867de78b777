"""From bytes to TOML: what a file must be before its keys can be looked at.

Where TOML's own reader gives up at the first slip, this one tells it in words and
reads on, so that the slips of a whole file are told at once: a header is read as it
was most likely meant, any other statement is blanked out. Either way every other
line stays where it was.
"""

import codecs
import re
import tomllib
from typing import Any

from uncramp.core.toml.document import Page
from uncramp.core.toml.positions import Locator, path_text
from uncramp.core.toml.problems import Place, Problem, Severity
from uncramp.core.toml.recovery import Statement, statement_at, statements
from uncramp.core.toml.syntax_hints import WHOLE_FILE, Slip, slip_of

LARGEST_FILE = 1024 * 1024
"""How many bytes a routine's file may have."""

DEEPEST_VALUE = 64
"""How many levels lists and tables may be written inside one another, whoever can read more."""

MOST_KEY_PARTS = 32
"""How many parts a dotted key may have."""

_MOST_SLIPS = 20
_LARGEST_MENDED = 64 * 1024
"""A larger file is read up to its first slip only: each one costs a reading."""

_PART = r"""(?:[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')"""
_LONG_KEY = re.compile(
    rf"(?<![A-Za-z0-9_\-\"']){_PART}(?:[ \t]*+\.[ \t]*+{_PART}){{{MOST_KEY_PARTS}}}"
)
_LONG_NUMBER = re.compile(r"\d[\d_]{4300}")
_BRACKET = re.compile(
    r'"""(?:[^"\\]++|\\[\s\S]|"{1,2}(?!"))*+"""|\'\'\'(?:[^\']++|\'{1,2}(?!\'))*+\'\'\''
    r'|"(?:[^"\\\n]++|\\.)*+"|\'[^\'\n]*+\'|#[^\n]*+|[\[\]{}]'
)
_WHOLE_HEADER = re.compile(r"\[\[[^\[\]\n]+\]\]|\[[^\[\]\n]+\]")
_LINE_AND_COLUMN = re.compile(r"\(at line (\d+), column (\d+)\)$")


def decoded(data: bytes, page: Page) -> str | None:
    """The text of the file, without its byte order mark; None where a problem was told."""
    if len(data) > LARGEST_FILE:
        page.error((), "file-too-big", "The file is larger than 1 MiB, the most that can be read.")
        return None
    text = data.removeprefix(codecs.BOM_UTF8)
    try:
        return text.decode()
    except UnicodeDecodeError as error:
        _tell_encoding(page, text, error.start)
        return None


def _tell_encoding(page: Page, data: bytes, start: int) -> None:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        page.error(
            (),
            "not-utf8",
            'The file is saved as UTF-16, which Windows calls "Unicode". Save it again as UTF-8.',
        )
        return
    before = data[:start]
    line = before.count(b"\n") + 1
    column = len(before[before.rfind(b"\n") + 1 :].decode()) + 1
    page.problems.add(
        Problem(
            "not-utf8",
            f"The byte 0x{data[start]:02x} here is not UTF-8 text. "
            "Save the file again with the encoding UTF-8.",
            file=page.source.file,
            place=Place(line, column, line, column + 1),
        )
    )


def parsed(page: Page) -> dict[str, Any] | None:
    """The TOML of the page's text; None where nothing of it can be read.

    Where a slip was told, the page's text has a mended header or blanks in its place,
    and the page knows which lines were mended and which tables have lost a key.
    """
    if _has_endless_key(page):
        return None
    original = page.text
    for _ in range(_MOST_SLIPS):
        try:
            return tomllib.loads(page.text)
        except RecursionError:
            _tell_depth(page, original)
            return None
        except ValueError as error:
            blamed = _tell_slip(page, original, error)
        if blamed is None or len(original) > _LARGEST_MENDED:
            return None
        statement, slip = blamed
        if statement.is_header or slip.code == "no-brackets":
            original = _with_header(page, original, statement, slip)
            continue
        page.lost.add(statement.table)
        if statement.is_pair:
            page.lost.add(statement.path[:-1])
        page.text = _blanked(page.text, statement.start, statement.end)
    return None


def _with_header(page: Page, original: str, statement: Statement, slip: Slip) -> str:
    """Read a header as it was most likely meant, or else nothing of its table.

    Both texts, of the page and the `original`, which is given back, get the same.
    """
    start, end = statement.start, statement.end
    number = page.text.count("\n", 0, start) + 1
    meant = slip.suggestion or _header_alone(page.text[start:end])
    if meant is None or number in page.mended:
        page.lost |= {statement.path, statement.path[:-1]}
        headers = (s.start for s in statements(page.text) if s.is_header and s.start > start)
        page.text = _blanked(page.text, start, next(headers, len(page.text)))
        return original
    page.mended[number] = Locator(original).line(number)
    if len(meant) < end - start:
        # What stood behind it is not read.
        page.lost.add(statement.path)
    page.text = page.text[:start] + meant + page.text[end:]
    return original[:start] + meant + original[end:]


def _header_alone(text: str) -> str | None:
    """The header without what stands behind it on its line; None where it is not whole."""
    match = _WHOLE_HEADER.match(text)
    return match[0] if match else None


def _has_endless_key(page: Page) -> bool:
    """Tell of a dotted key over which TOML's reader would take minutes."""
    long_key = _LONG_KEY.search(page.text)
    if not long_key:
        return False
    message = f"is a key with more than {MOST_KEY_PARTS} parts."
    _tell(page, page.text, Slip("too-deep", *long_key.span(), message))
    return True


def _tell_depth(page: Page, text: str) -> None:
    """Tell of the bracket that is the first too deep inside others."""
    depth = 0
    for token in _BRACKET.finditer(text):
        if token[0] in "[{":
            depth += 1
        elif token[0] in "]}":
            depth = max(depth - 1, 0)
        if depth > DEEPEST_VALUE:
            message = f"is more than {DEEPEST_VALUE} brackets deep. Write it with fewer levels."
            _tell(page, text, Slip("too-deep", token.start(), token.end(), message))
            return
    page.error((), "too-deep", "The file has lists nested too deeply to be read.")


def _tell_slip(page: Page, original: str, error: ValueError) -> tuple[Statement, Slip] | None:
    """Tell what the error of TOML's reader means, and which statement to blame for it."""
    text = page.text
    if not isinstance(error, tomllib.TOMLDecodeError):
        number = _LONG_NUMBER.search(text)
        start, end = number.span() if number else (0, 0)
        message = "starts a number with too many digits to be read. Write fewer."
        _tell(page, original, Slip("out-of-range", start, end, message))
        return None
    offset = _offset(text, error)
    statement = statement_at(text, offset)
    slip = slip_of(text, offset, statement, _words(error))
    if statement and not statement.start <= slip.start <= statement.end:
        statement = None
    if statement is None or not _is_of_mended(page, statement):
        _tell(page, original, slip, statement)
    if statement is None or slip.code in WHOLE_FILE:
        return None
    return statement, slip


def _is_of_mended(page: Page, statement: Statement) -> bool:
    """Is it a line that was told already, and is still wrong as it was mended?"""
    return page.text.count("\n", 0, statement.start) + 1 in page.mended


def _tell(page: Page, text: str, slip: Slip, statement: Statement | None = None) -> None:
    place = line = None
    if slip.end > slip.start:
        locator = Locator(text)
        place = locator.place(slip.start, max(slip.end, slip.start + 1))
        place, line = page.as_written(place, locator.line(place.line))
    key = path_text(statement.path) if statement and statement.path else None
    page.problems.add(
        Problem(
            slip.code,
            slip.message,
            Severity.ERROR,
            page.source.file,
            key or None,
            place,
            slip.suggestion,
            line,
        )
    )


def _blanked(text: str, start: int, end: int) -> str:
    return text[:start] + re.sub(r"[^\r\n]", " ", text[start:end]) + text[end:]


def _words(error: ValueError) -> str:
    """What TOML's reader says, without the place."""
    return re.sub(r" \(at [^()]*\)$", "", str(error))


def _offset(text: str, error: ValueError) -> int:
    """Where TOML's reader stood when it gave up."""
    line, column = getattr(error, "lineno", None), getattr(error, "colno", None)
    if line is None or column is None:
        match = _LINE_AND_COLUMN.search(str(error))
        if not match:
            return len(text)
        line, column = int(match[1]), int(match[2])
    # TOML's reader has made one character of the two that end a line on Windows.
    start = 0
    for _ in range(line - 1):
        start = text.index("\n", start) + 1
    return min(start + column - 1, len(text))
