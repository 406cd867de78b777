import os
from pathlib import Path

import pytest

from uncramp.core.routine.points import Atlas
from uncramp.core.suitability.listing import Listing
from uncramp.library.index import Index
from uncramp.library.library import Library
from uncramp.system.routine_file import read_routine_file

SHORT = 'title = "{title}"\n[[steps]]\nname = "Rub"\ntime = "30s"\n'
LONG_AGO_NS = 1_500_000_000_000_000_000


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "own"
    folder.mkdir()
    return folder


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were read, in order."""
    names: list[str] = []

    def watched(path: Path, named: str) -> bytes:
        names.append(path.name)
        return read_routine_file(path, named)

    monkeypatch.setattr("uncramp.system.routine_file.read_routine_file", watched)
    return names


def written(folder: Path, routine_id: str, title: str = "Mine", more: str = "") -> Path:
    file = folder / f"{routine_id}.toml"
    file.write_text(SHORT.format(title=title) + more, encoding="utf-8")
    return file


def library(own: Path, sounds: tuple[str, ...] = ()) -> Library:
    return Library(own, own.parent / "bundled", Atlas(), sounds, index=index_file(own))


def index_file(own: Path) -> Path:
    return own.parent / "cache" / "library-index"


def settle(own: Path) -> None:
    """Have the index written long after the files."""
    later_ns = max(state.stat().st_ctime_ns for state in own.iterdir()) + 10_000_000_000
    os.utime(index_file(own), ns=(later_ns, later_ns))


def listed(own: Path, sounds: tuple[str, ...] = ()) -> list[tuple[str, str, int | None]]:
    rows = library(own, sounds).listings()
    return [(row.id, row.title, row.total_ms) for row in rows]


def test_what_was_read_once_is_not_read_again(own: Path, read: list[str]) -> None:
    written(own, "a", "A")
    (own / "bad.toml").write_text("title = 3")
    first = listed(own)
    assert read == ["a.toml", "bad.toml"]
    settle(own)
    assert listed(own) == first == [("a", "A", 35_000), ("bad", "bad", None)]
    assert len(read) == 2


def test_only_what_changed_is_read_again(own: Path, read: list[str]) -> None:
    written(own, "a", "A")
    written(own, "b", "B")
    gone = written(own, "c", "C")
    listed(own)
    settle(own)
    read.clear()
    gone.unlink()
    written(own, "b", "Another")
    assert [title for _, title, _ in listed(own)] == ["A", "Another"]
    assert read == ["b.toml"]


def test_a_file_changed_with_its_time_and_size_put_back_is_read_again(
    own: Path, read: list[str]
) -> None:
    file = written(own, "a", "A")
    os.utime(file, ns=(LONG_AGO_NS, LONG_AGO_NS))
    listed(own)
    settle(own)
    written(own, "a", "B")
    os.utime(file, ns=(LONG_AGO_NS, LONG_AGO_NS))
    assert listed(own) == [("a", "B", 35_000)]


def test_a_file_that_changed_just_before_the_index_was_written_is_read_again(
    own: Path, read: list[str]
) -> None:
    written(own, "a", "A")
    listed(own)
    listed(own)
    assert read == ["a.toml", "a.toml"]


def test_one_that_uses_another_is_read_again_when_that_one_changes_comes_or_goes(
    own: Path, read: list[str]
) -> None:
    written(own, "a", "A")
    written(own, "whole", "Whole", '[[steps]]\nuse = "a"\n')
    written(own, "bell", "Bell", '[cues]\nstart = "./bell.wav"\n')
    (own / "bell.wav").write_bytes(b"RIFF")
    assert {i: ms for i, _, ms in listed(own)} == {
        "a": 35_000,
        "whole": 70_000,
        "bell": 35_000,
    }
    settle(own)
    read.clear()
    listed(own)
    assert read == []
    (own / "a.toml").write_text(SHORT.format(title="A").replace("30s", "90s"), encoding="utf-8")
    (own / "bell.wav").unlink()
    assert {i: ms for i, _, ms in listed(own)} == {
        "a": 95_000,
        "whole": 130_000,
        "bell": None,
    }


def test_with_other_sounds_nothing_that_was_read_counts(own: Path, read: list[str]) -> None:
    written(own, "a", more='[cues]\nstart = "gong"\n')
    assert listed(own, ("gong",)) == [("a", "Mine", 35_000)]
    settle(own)
    assert listed(own, ("bell",)) == [("a", "a", None)]


@pytest.mark.parametrize(
    "harm",
    [
        lambda data: b"",
        lambda data: data[:-20],
        lambda data: data.replace(b"a.toml", b"b.toml"),
        lambda data: b"\xff" * 200,
        lambda data: b"uncramp index\n[[[[",
        lambda data: bytes(len(data)),
    ],
)
def test_a_harmed_index_is_made_again_in_silence(own: Path, read: list[str], harm: object) -> None:
    written(own, "a", "A")
    first = listed(own)
    assert callable(harm)
    whole = index_file(own).read_bytes()
    index_file(own).write_bytes(harm(whole))
    settle(own)
    assert listed(own) == first
    assert read == ["a.toml", "a.toml"]
    assert index_file(own).read_bytes() == whole


def test_where_it_cannot_be_written_the_list_is_there_all_the_same(own: Path) -> None:
    index_file(own).parent.write_text("no folder")
    written(own, "a", "A")
    assert listed(own) == [("a", "A", 35_000)]
    index_file(own).parent.unlink()
    index_file(own).mkdir(parents=True)
    assert listed(own) == [("a", "A", 35_000)]
    assert [path.name for path in index_file(own).parent.iterdir()] == ["library-index"]


def test_what_is_kept_comes_back_as_it_was(tmp_path: Path) -> None:
    listing = Listing(
        "a", "Ä [b]", 1, 2, 3, "Words.", ("tag",), ("Rub",), ("KI3",), ("pregnant",), True, True,
        4, 5, True, True,
    )  # fmt: skip
    stamp = (1, 2, 3, 4)
    others = {"/x": None, "/y": (5, 6, 7, 8)}
    index = Index(tmp_path / "index")
    index.keep("/a\udcff", stamp, listing, others)
    index.save(["/a\udcff", "/gone"])
    again = Index(tmp_path / "index")
    assert again.find("/a\udcff", stamp, others.get) == listing
    assert again.find("/a\udcff", (1, 2, 3, 5), others.get) is None
    assert again.find("/a\udcff", stamp, {"/x": stamp, "/y": (5, 6, 7, 8)}.get) is None


def test_a_routine_to_run_is_read_from_its_file_however_the_index_has_it(own: Path) -> None:
    file = written(own, "a", "A")
    listed(own)
    settle(own)
    index = index_file(own)
    on_disk = library(own)
    assert on_disk.listings()[0].title == "A"
    index.unlink()
    file.write_text(SHORT.format(title="B"), encoding="utf-8")
    entry = on_disk.find("a")
    assert entry and entry.title == "B"


def test_reading_goes_on_in_slices(own: Path) -> None:
    for word in "abc":
        written(own, word, word.upper())
    sliced = library(own)
    assert sorted((row.title, row.can_run, row.errors) for row in sliced.known()) == [
        ("a", False, 0),
        ("b", False, 0),
        ("c", False, 0),
    ]
    assert not sliced.read_on(lambda: True)
    assert [row.title for row in sliced.known() if row.can_run] == ["A"]
    assert sliced.read_on(lambda: False)
    assert sorted(row.title for row in sliced.known()) == ["A", "B", "C"]


def test_lines_are_made_again_only_when_something_that_they_depend_on_has_changed(
    own: Path,
) -> None:
    written(own, "a", "A")
    written(own, "whole", "Whole", '[[steps]]\nuse = "a"\n')
    lines_file = index_file(own).with_name("library-index-lines")
    made: list[str] = []

    def lines(*made_for: str) -> list[str]:
        on_disk = library(own)

        def make() -> list[str]:
            made.append("made")
            return [f"{at.title} {at.total_ms}" for at in on_disk.listings()]

        return on_disk.lines(made_for, make)

    def age() -> None:
        settle(own)
        os.utime(lines_file, ns=(index_file(own).stat().st_mtime_ns,) * 2)

    first = lines()
    assert lines() == first == ["A 35000", "Whole 70000"]
    assert len(made) == 2, "what has changed just now may change again unseen"
    age()
    assert lines() == first
    assert len(made) == 2
    assert lines("pregnant") == first
    assert len(made) == 3
    age()
    lines("pregnant")
    assert len(made) == 3
    written(own, "a", "Another")
    assert lines("pregnant")[0] == "Another 35000"
    age()
    lines("pregnant")
    lines_file.write_bytes(lines_file.read_bytes()[:-9])
    age()
    assert lines("pregnant")[0] == "Another 35000"
    assert len(made) == 5
    if os.name == "posix":
        assert lines_file.stat().st_mode & 0o777 == 0o600
