from pathlib import Path

import pytest

from uncramp.system import paths, resources
from uncramp.system.files import private_folder


def test_naming_a_place_makes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    named = [
        paths.settings_file(),
        paths.routines_folder(),
        paths.history_folder(),
        paths.logs_folder(),
        paths.cache_folder(),
        paths.favourites_file(),
        paths.trash_folder(),
        paths.library_index_file(),
    ]
    assert all(place.is_relative_to(tmp_path) for place in named)
    assert len(set(named)) == len(named)
    assert not list(tmp_path.iterdir())


def test_a_folder_is_made_once_and_for_this_person_alone(tmp_path: Path) -> None:
    folder = tmp_path / "state" / "history"
    assert private_folder(private_folder(folder)) == folder
    assert folder.is_dir()
    assert folder.stat().st_mode & 0o077 == 0


def test_the_bundled_folders_are_the_checkout_s_own() -> None:
    root = Path(__file__).parents[2]
    assert resources.bundled_routines() == root / "routines"
    assert resources.bundled_sounds() == root / "sounds"
