"""What the reader promises for any input."""

from uncramp.core.routine.reader import Reading

MOST_SECONDS = 2.0
MOST_BYTES = 200 * 2**20


def refuse_wrong_places(data: bytes, reading: Reading) -> None:
    """Raise AssertionError if a problem has no words or points outside the file."""
    lines = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace").split("\n")
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
