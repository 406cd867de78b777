import os
import sys
from pathlib import Path

import pytest

from uncramp.atlas import load_atlas
from uncramp.library.library import Library, Origin

SHORT = 'title = "{title}"\n[[steps]]\nname = "Rub"\ntime = "30s"\n'


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "own"
    folder.mkdir()
    return folder


@pytest.fixture
def bundled(tmp_path: Path) -> Path:
    folder = tmp_path / "bundled"
    folder.mkdir()
    for name in ("bedtime", "acute-calf"):
        written(folder, name, f"Bundled {name}")
    return folder


@pytest.fixture
def library(own: Path, bundled: Path) -> Library:
    return Library(own, bundled, load_atlas(), ["start", "end"])


def written(folder: Path, routine_id: str, title: str = "Mine", more: str = "") -> Path:
    file = folder / f"{routine_id}.toml"
    file.write_text(SHORT.format(title=title) + more, encoding="utf-8")
    return file


def test_a_persons_own_stand_beside_the_bundled_ones_by_title(library: Library, own: Path) -> None:
    written(own, "zebra", "A first")
    assert [(row.title, row.is_own) for row in library.listings()] == [
        ("A first", True),
        ("Bundled acute-calf", False),
        ("Bundled bedtime", False),
    ]
    assert library.listings()[0].total_ms == 35_000
    assert library.file_of(library.listings()[0]) == own / "zebra.toml"


def test_ones_own_wins_over_a_bundled_one_of_the_same_id(library: Library, own: Path) -> None:
    file = written(own, "bedtime")
    entry = library.find("bedtime")
    assert entry is not None
    assert (entry.title, entry.origin, entry.file) == ("Mine", Origin.USER, file)
    assert entry.hides_bundled
    assert [(row.id, row.hides_bundled) for row in library.listings()] == [
        ("acute-calf", False),
        ("bedtime", True),
    ]


def test_a_broken_one_is_a_row_with_its_problems(library: Library, own: Path) -> None:
    (own / "bad.toml").write_text("title = 3")
    (own / "folder.toml").mkdir()
    (own / "latin.toml").write_bytes(b'title = "\xe9"')
    (own / "gone.toml").symlink_to(own / "nowhere.toml")
    broken = [row for row in library.listings() if not row.can_run]
    assert [row.id for row in broken] == ["bad", "folder", "gone", "latin"]
    assert all(row.errors and row.title == row.id and row.total_ms is None for row in broken)
    for row in broken:
        entry = library.find(row.id)
        assert entry and entry.routine is None and entry.problems


def test_a_file_that_vanishes_or_changes_is_seen_after_a_reload(
    library: Library, own: Path
) -> None:
    file = written(own, "mine")
    assert library.find("mine")
    file.unlink()
    assert library.find("mine")
    library.reload()
    assert library.find("mine") is None


def test_what_is_hidden_or_no_routine_is_no_entry(library: Library, own: Path) -> None:
    written(own, ".mine")
    (own / "notes.txt").write_text("x")
    assert [row.id for row in library.listings()] == ["acute-calf", "bedtime"]


@pytest.mark.parametrize("word", ["", ".", "..", "../bundled/bedtime", "a/b", "a\0b", "x" * 5_000])
def test_a_word_that_is_no_id_finds_nothing(library: Library, word: str) -> None:
    assert library.find(word) is None


def test_without_a_folder_of_ones_own_there_are_the_bundled_ones(
    bundled: Path, tmp_path: Path
) -> None:
    library = Library(tmp_path / "none", bundled, load_atlas(), [])
    assert library.ids() == ("acute-calf", "bedtime")


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("bedtme", ("bedtime",)),
        ("acute", ("acute-calf",)),
        ("Bundled bedtime", ("bedtime", "acute-calf")),
    ],
)
def test_the_nearest_ids(library: Library, word: str, near: tuple[str, ...]) -> None:
    assert library.nearest(word) == near


def test_nothing_is_near_to_a_riddle(library: Library) -> None:
    assert library.nearest("qqqq") == ()


def test_ones_own_urgent_routine_wins_unless_it_cannot_run(library: Library, own: Path) -> None:
    assert library.urgent().origin is Origin.BUNDLED
    file = written(own, "acute-calf")
    library.reload()
    assert library.urgent().origin is Origin.USER
    file.write_text("title = 3")
    library.reload()
    assert library.urgent().title == "Bundled acute-calf"


def codes(library: Library, path: Path) -> list[str]:
    entry = library.open_path(path)
    assert entry.origin is Origin.PATH
    assert entry.routine is None
    return [problem.code for problem in entry.problems]


def test_a_path_that_holds_no_routine_is_one_problem(library: Library, tmp_path: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("Windows has no pipes among files")
    pipe, big = tmp_path / "pipe.toml", tmp_path / "big.toml"
    os.mkfifo(pipe)
    big.write_bytes(b"# " + b"x" * 1024 * 1024)
    circle = tmp_path / "circle.toml"
    circle.symlink_to(circle)
    assert codes(library, pipe) == ["not-a-file"]
    assert codes(library, Path("/dev/zero")) == ["not-a-file"]
    assert codes(library, tmp_path) == ["is-folder"]
    assert codes(library, tmp_path / "none.toml") == ["no-such-file"]
    assert codes(library, circle) == ["not-readable"]
    assert codes(library, Path("a\0b.toml")) == ["not-readable"]
    assert codes(library, Path("x" * 300 + ".toml")) == ["not-readable"]
    assert codes(library, big) == ["file-too-big"]


def test_another_routine_is_used_from_beside_the_file_first(
    library: Library, tmp_path: Path
) -> None:
    written(tmp_path, "bedtime", "Beside")
    file = written(tmp_path, "whole", "Whole", '[[steps]]\nuse = "bedtime"\n')
    library_too = written(tmp_path, "other", "Other", '[[steps]]\nuse = "acute-calf"\n')
    routine, other = library.open_path(file).routine, library.open_path(library_too).routine
    assert routine is not None
    assert routine.items[1].name == "Beside"
    assert other is not None
    assert other.items[1].name == "Bundled acute-calf"


def test_a_circle_is_named_as_the_person_named_the_folder(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path, "a", "A", '[[steps]]\nuse = "b"\n')
    written(tmp_path, "b", "B", '[[steps]]\nuse = "a"\n')
    monkeypatch.chdir(tmp_path)
    (problem,) = library.open_path(Path("a.toml")).problems
    assert problem.file == "a.toml"
    assert "a -> b -> a" in problem.message
    assert str(tmp_path) not in problem.message


def test_neither_a_routine_nor_a_sound_leads_out_of_the_folder(
    library: Library, tmp_path: Path
) -> None:
    outside, folder = tmp_path / "outside", tmp_path / "folder"
    outside.mkdir()
    folder.mkdir()
    written(outside, "secret", "Secret")
    (outside / "secret.wav").write_bytes(b"RIFF")
    (folder / "secret.toml").symlink_to(outside / "secret.toml")
    (folder / "secret.wav").symlink_to(outside / "secret.wav")
    (folder / "bell.wav").write_bytes(b"RIFF")
    uses = written(folder, "uses", "U", '[[steps]]\nuse = "secret"\n')
    sounds = written(folder, "sounds", "S", '[cues]\nstart = "./secret.wav"\nend = "./no.wav"\n')
    fine = written(folder, "fine", "F", '[cues]\nstart = "./bell.wav"\n')
    assert codes(library, uses) == ["unknown-routine"]
    assert codes(library, sounds) == ["sound-file", "sound-file"]
    assert library.open_path(fine).routine is not None
