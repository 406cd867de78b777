from pathlib import Path

from uncramp.library.favourites import read_favourites, write_favourites


def test_what_is_written_is_read(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "favourites.txt"
    assert read_favourites(file) == frozenset()
    ids = frozenset({"bedtime", "füße", "x\udcff"})
    assert write_favourites(file, ids) is None
    assert read_favourites(file) == ids
    assert write_favourites(file, ids - {"bedtime"}) is None
    assert read_favourites(file) == ids - {"bedtime"}
    assert [path.name for path in file.parent.iterdir()] == ["favourites.txt"]


def test_where_it_cannot_be_read_or_written_nothing_breaks(tmp_path: Path) -> None:
    folder = tmp_path / "favourites.txt"
    folder.mkdir()
    assert read_favourites(folder) == frozenset()
    words = write_favourites(folder, {"bedtime"})
    assert words is not None
    assert words.startswith(f"The favourite could not be saved in {folder}: ")


def test_a_star_put_into_a_link_lands_where_it_leads(tmp_path: Path) -> None:
    real, link = tmp_path / "real.txt", tmp_path / "link.txt"
    real.write_text("a\n")
    link.symlink_to(real)
    assert write_favourites(link, {"b"}) is None
    assert (real.read_text(), link.is_symlink()) == ("b\n", True)
