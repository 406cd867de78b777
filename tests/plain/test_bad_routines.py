"""Every wrong routine of the collection, and the full messages about it.

Each `NAME.toml` in `tests/bad_routines` has its `NAME.txt` beside it. To write them
again after a change of words, run `python -m tests.plain.test_bad_routines`, and then
read every one that changed: it is read by a person who is stuck.
"""

from pathlib import Path

import pytest

from tests.core.surroundings import FOOT_SOAK, Shelf
from uncramp.core.routine.reader import Reading, Source, read
from uncramp.core.toml.problems import Severity
from uncramp.plain.problem_lines import problems_text

FOLDER = Path(__file__).parents[1] / "bad_routines"
FILES = sorted(FOLDER.glob("*.toml"))

USED = 'title = "Used"\n[[steps]]\nuse = "{}"\n'
SHELF = Shelf(
    {
        "foot-soak": FOOT_SOAK,
        "broken": 'title = "Broken"\n[[steps]]\nname = "Soak"\ntime = "long"\n',
        "round-and-round": USED.format("use-circle"),
        "many": 'title = "Many"\n[[steps]]\nrepeat = 900\n'
        '[[steps.steps]]\nname = "Tap"\ntime = 1\nget_ready = 0\n',
        **{f"deep-{n}": USED.format(f"deep-{n + 1}") for n in range(1, 9)},
        "deep-9": FOOT_SOAK,
        "use-itself": USED.format("use-itself"),
        "use-circle": USED.format("round-and-round"),
    }
)


def read_bad(file: Path) -> Reading:
    source = Source(file.stem, file.read_bytes(), file.name, "/routines")
    return read(source, SHELF)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_what_a_person_is_told(file: Path) -> None:
    expected = file.with_suffix(".txt").read_text("utf-8")
    assert problems_text(read_bad(file).problems) == expected


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_only_an_error_keeps_it_from_running(file: Path) -> None:
    reading = read_bad(file)
    has_error = any(problem.severity is Severity.ERROR for problem in reading.problems)
    assert reading.problems
    assert (reading.routine is None) is has_error


def test_each_has_its_words_and_each_words_their_file() -> None:
    assert {file.stem for file in FILES} == {file.stem for file in FOLDER.glob("*.txt")}
    assert len(FILES) >= 100


def test_what_is_told_never_blames_and_never_speaks_of_the_program() -> None:
    told = "\n".join(file.read_text("utf-8") for file in FOLDER.glob("*.txt"))
    for word in ("invalid", "Invalid", "illegal", "Traceback", "dict", "NoneType", "tomllib"):
        assert word not in told


def _write_all() -> None:
    for file in FILES:
        words = problems_text(read_bad(file).problems)
        file.with_suffix(".txt").write_text(words, "utf-8")


if __name__ == "__main__":
    _write_all()
