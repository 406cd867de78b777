from pathlib import Path

import pytest

from uncramp.library.trash import Deleted, empty, in_trash, put_back, throw_away
from uncramp.system.files import AlreadyThere, CannotWrite

NOW = 1_795_262_400.5


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "mine.toml").write_text("title = 1")
    return folder


@pytest.fixture
def trash(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "trash"


def test_what_is_thrown_away_comes_back_as_it_was(own: Path, trash: Path) -> None:
    file = own / "mine.toml"
    deleted = throw_away(file, trash, NOW)
    assert not file.exists()
    assert in_trash(trash) == (deleted,)
    assert (deleted.routine_id, deleted.deleted_s) == ("mine", 1_795_262_400)
    assert trash.stat().st_mode & 0o077 == 0
    assert put_back(deleted, own) == file
    assert file.read_text() == "title = 1"
    assert in_trash(trash) == ()


def test_two_of_one_name_in_one_second_are_both_kept(own: Path, trash: Path) -> None:
    for text in ("first", "second"):
        (own / "mine.toml").write_text(text)
        throw_away(own / "mine.toml", trash, NOW)
    (own / "mine.toml").write_text("third")
    throw_away(own / "mine.toml", trash, NOW + 5)
    assert [d.routine_id for d in in_trash(trash)] == ["mine"] * 3
    assert in_trash(trash)[0].file.read_text() == "third"
    assert sorted(d.file.read_text() for d in in_trash(trash)) == ["first", "second", "third"]


def test_nothing_is_put_back_over_another(own: Path, trash: Path) -> None:
    deleted = throw_away(own / "mine.toml", trash, NOW)
    (own / "mine.toml").write_text("new")
    with pytest.raises(AlreadyThere):
        put_back(deleted, own)
    assert (own / "mine.toml").read_text() == "new"
    assert in_trash(trash) == (deleted,)


@pytest.mark.parametrize("name", ["a.b", "x.123", "füße", "with space", "line\nbreak"])
def test_any_name_comes_back(own: Path, trash: Path, name: str) -> None:
    (own / f"{name}.toml").write_text("x")
    throw_away(own / f"{name}.toml", trash, NOW)
    (deleted,) = in_trash(trash)
    assert put_back(deleted, own) == own / f"{name}.toml"


def test_a_link_or_a_folder_goes_and_comes_back_as_it_is(own: Path, trash: Path) -> None:
    (own / "link.toml").symlink_to(own / "mine.toml")
    (own / "folder.toml").mkdir()
    (own / "folder.toml" / "in").write_text("x")
    for name in ("link.toml", "folder.toml"):
        put_back(throw_away(own / name, trash, NOW), own)
    assert (own / "link.toml").is_symlink()
    assert (own / "folder.toml" / "in").read_text() == "x"
    assert (own / "mine.toml").exists()
    throw_away(own / "folder.toml", trash, NOW)
    throw_away(own / "link.toml", trash, NOW)
    assert empty(trash) == 2
    assert (own / "mine.toml").exists(), "where a link led to is not what was deleted"


def test_what_is_not_ours_stays_in_the_folder(own: Path, trash: Path) -> None:
    throw_away(own / "mine.toml", trash, NOW)
    (trash / "notes.txt").write_text("x")
    assert empty(trash) == 1
    assert [path.name for path in trash.iterdir()] == ["notes.txt"]
    assert empty(trash) == 0


def test_where_it_cannot_be_moved_it_stays_and_that_is_told(own: Path, trash: Path) -> None:
    trash.parent.mkdir()
    trash.write_text("no folder")
    with pytest.raises(CannotWrite, match=r"moved to the trash: .*\. It was not deleted\."):
        throw_away(own / "mine.toml", trash, NOW)
    assert (own / "mine.toml").exists()
    with pytest.raises(CannotWrite, match="cannot be moved to"):
        put_back(Deleted("gone", 1, own / "nowhere.toml"), own)


def test_bringing_back_never_writes_over_what_appears_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "mine.toml").write_text("old")
    deleted = throw_away(own / "mine.toml", tmp_path / "trash", 1.0)
    (own / "mine.toml").write_text("new")
    # As when it appears after the look.
    monkeypatch.setattr("os.path.lexists", lambda _: False)
    with pytest.raises(AlreadyThere):
        put_back(deleted, own)
    assert (own / "mine.toml").read_text() == "new"
    assert deleted.file.read_text() == "old"
