"""What the reader promises for any input."""

import codecs

from uncramp.core.routine.reader import Reading

MOST_SECONDS = 2.0
MOST_BYTES = 200 * 2**20


def refuse_wrong_places(data: bytes, reading: Reading) -> None:
    """Raise AssertionError if a problem has no words or points outside the file."""
    lines = _text(data, reading).split("\n")
    assert reading.routine is not None or reading.problems
    for problem in reading.problems:
        assert problem.message.strip(), problem
        place = problem.place
        if place is None:
            continue
        assert 1 <= place.line <= place.end_line <= len(lines), problem
        assert (place.line, place.column) < (place.end_line, place.end_column), problem
        assert 1 <= place.column <= len(lines[place.line - 1]) + 1, problem
        assert 1 <= place.end_column <= len(lines[place.end_line - 1]) + 1, problem


def _text(data: bytes, reading: Reading) -> str:
    """What an editor shows; a byte that is not UTF-8 is one character."""
    if any(p.code == "not-utf8" and p.place is None for p in reading.problems):
        is_big = data.startswith(codecs.BOM_UTF16_BE) or data[::2].count(0) > data[1::2].count(0)
        is_big = is_big and not data.startswith(codecs.BOM_UTF16_LE)
        text = data.decode("utf-16-be" if is_big else "utf-16-le", "replace")
        return text.removeprefix("\ufeff")
    return data.removeprefix(codecs.BOM_UTF8).decode("utf-8", "surrogateescape")
