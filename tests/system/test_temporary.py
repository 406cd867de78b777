"""Temporary folders, and those that a killed program left."""

import os
import tempfile
from pathlib import Path

import pytest

from uncramp.system.temporary import HOUR_S, make_folder, temporary_folder

LEAD = "uncramp-test-"


@pytest.fixture(autouse=True)
def temp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def aged(folder: Path, seconds: float) -> Path:
    """The same folder, made with a file in it so long ago."""
    folder.mkdir()
    (folder / "phrase.wav").write_bytes(b"x")
    then = folder.stat().st_mtime - seconds
    os.utime(folder, (then, then))
    return folder


def test_it_is_private_and_gone_at_the_end(temp: Path) -> None:
    with temporary_folder(LEAD) as folder:
        (folder / "phrase.wav").write_bytes(b"x")
        assert folder.parent == temp
        if os.name == "posix":
            assert folder.stat().st_mode & 0o077 == 0
    assert list(temp.iterdir()) == []


def test_what_a_killed_program_left_is_deleted(temp: Path) -> None:
    aged(temp / f"{LEAD}old", HOUR_S + 60)
    young = aged(temp / f"{LEAD}young", HOUR_S - 60)
    of_others = aged(temp / "uncramp-other-old", 10 * HOUR_S)
    with temporary_folder(LEAD):
        pass
    assert sorted(temp.iterdir()) == sorted([young, of_others])


@pytest.mark.skipif(os.name == "nt", reason="Windows lets few people make links")
def test_a_link_leads_to_no_deletion(temp: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    mine = tmp_path_factory.mktemp("mine")
    (mine / "kept").write_text("kept")
    link = temp / f"{LEAD}link"
    link.symlink_to(mine)
    os.utime(link, (0, 0), follow_symlinks=False)
    make_folder(LEAD, swept_after_s=HOUR_S)
    assert (mine / "kept").read_text() == "kept"
