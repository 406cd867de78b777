"""A file is written whole or not at all: over links, on a full disk, through a kill."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from uncramp.system.files import AlreadyThere, CannotWrite, replace_file, write_new_file

OLD = b'title = "Old"\n'
NEW = b'title = "New"\n'


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_replaced_and_keeps_its_permissions(tmp_path: Path) -> None:
    file = tmp_path / "evening.toml"
    file.write_bytes(OLD)
    file.chmod(0o640)
    replace_file(file, NEW)
    assert file.read_bytes() == NEW
    assert file.stat().st_mode & 0o777 == 0o640
    assert names_in(tmp_path) == ["evening.toml"]


def test_a_link_is_followed_and_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "dotfiles").mkdir()
    file = tmp_path / "dotfiles/evening.toml"
    file.write_bytes(OLD)
    link = tmp_path / "evening.toml"
    link.symlink_to("dotfiles/evening.toml")
    replace_file(link, NEW)
    assert link.is_symlink()
    assert file.read_bytes() == NEW
    assert names_in(file.parent) == ["evening.toml"]


def test_a_circle_of_links_is_told(tmp_path: Path) -> None:
    one, other = tmp_path / "one.toml", tmp_path / "other.toml"
    one.symlink_to(other)
    other.symlink_to(one)
    with pytest.raises(CannotWrite, match="cannot be written"):
        replace_file(one, NEW)


def test_what_is_no_file_is_not_replaced(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="not a file"):
        replace_file(tmp_path, NEW)
    with pytest.raises(CannotWrite, match="there is no such file"):
        replace_file(tmp_path / "gone.toml", NEW)
    assert names_in(tmp_path) == []


def test_a_file_that_is_locked_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "evening.toml"
    file.write_bytes(OLD)
    # The superuser may write everything, so the answer is given here.
    monkeypatch.setattr(os, "access", lambda _path, mode: mode != os.W_OK)
    with pytest.raises(CannotWrite, match="you are allowed to change"):
        replace_file(file, NEW)
    assert file.read_bytes() == OLD


def test_a_new_file_is_written(tmp_path: Path) -> None:
    write_new_file(tmp_path / "evening.toml", NEW)
    assert (tmp_path / "evening.toml").read_bytes() == NEW
    assert names_in(tmp_path) == ["evening.toml"]


@pytest.mark.parametrize("kind", ["file", "folder", "link to nothing"])
def test_nothing_that_is_there_is_written_over(tmp_path: Path, kind: str) -> None:
    place = tmp_path / "evening.toml"
    match kind:
        case "file":
            place.write_bytes(OLD)
        case "folder":
            place.mkdir()
        case _:
            place.symlink_to(tmp_path / "nowhere")
    with pytest.raises(AlreadyThere, match="already exists"):
        write_new_file(place, NEW)
    assert not place.is_file() or place.read_bytes() == OLD
    assert names_in(tmp_path) == ["evening.toml"]


def test_a_disk_without_hard_links_is_written_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(self: Path, _target: Path) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM), str(self))

    monkeypatch.setattr(Path, "hardlink_to", no_links)
    file = tmp_path / "evening.toml"
    write_new_file(file, NEW)
    assert file.read_bytes() == NEW
    with pytest.raises(AlreadyThere):
        write_new_file(file, OLD)
    assert file.read_bytes() == NEW
    assert names_in(tmp_path) == ["evening.toml"]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.EROFS, "the disk is read-only"),
        (errno.EACCES, "you are not allowed to"),
        (errno.ENOSPC, "the disk is full"),
    ],
)
def test_where_nothing_can_be_written_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, words: str
) -> None:
    file = tmp_path / "evening.toml"
    file.write_bytes(OLD)

    def refuse(*_: object) -> int:
        raise OSError(code, os.strerror(code))

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", refuse)
        with pytest.raises(CannotWrite, match=f"{words}. The file is unchanged."):
            replace_file(file, NEW)
        with pytest.raises(CannotWrite, match=f"{words}. Nothing was written."):
            write_new_file(tmp_path / "other.toml", NEW)
    assert file.read_bytes() == OLD
    assert names_in(tmp_path) == ["evening.toml"]


# In a separate process, which can be limited and killed.

_FULL = """
import resource, sys
from pathlib import Path
from uncramp.system.files import CannotWrite, replace_file, write_new_file
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
for write, name in ((replace_file, "evening.toml"), (write_new_file, "other.toml")):
    try:
        write(Path(sys.argv[1]) / name, b"#" * 5000)
    except CannotWrite as error:
        print(error)
"""


def test_a_write_that_stops_half_way_leaves_the_old_file_whole(tmp_path: Path) -> None:
    (tmp_path / "evening.toml").write_bytes(OLD)
    told = subprocess.run(
        [sys.executable, "-c", _FULL, tmp_path], capture_output=True, text=True, check=True
    )
    assert told.stdout.count("cannot be written") == 2
    assert (tmp_path / "evening.toml").read_bytes() == OLD
    assert names_in(tmp_path) == ["evening.toml"]


_STOPPED = """
import os, sys
from pathlib import Path
from uncramp.system.files import replace_file
def stop(*_):
    print("stopped", flush=True)
    sys.stdin.read()
if sys.argv[2] == "written":
    os.fsync = stop
else:
    Path.replace = stop
replace_file(Path(sys.argv[1]), b"#" * 100_000)
"""


@pytest.mark.parametrize("moment", ["written", "safe on the disk"])
def test_a_kill_leaves_the_old_file_whole(tmp_path: Path, moment: str) -> None:
    file = tmp_path / "evening.toml"
    file.write_bytes(OLD)
    with subprocess.Popen(
        [sys.executable, "-c", _STOPPED, file, moment],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as writing:
        assert writing.stdout is not None
        assert writing.stdout.readline() == "stopped\n"
        writing.kill()
    assert writing.returncode == (1 if sys.platform == "win32" else -9)
    assert file.read_bytes() == OLD
    left = [name for name in names_in(tmp_path) if name != "evening.toml"]
    # What is left is hidden and not a routine: the library ignores it.
    assert len(left) == 1
    assert left[0].startswith(".evening.toml.")
    assert left[0].endswith(".tmp")


def test_what_a_killed_writing_left_behind_is_taken_away_by_a_later_one(tmp_path: Path) -> None:
    path = tmp_path / "evening.toml"
    old = tmp_path / ".evening.toml.0123456789ab.tmp"
    of_another = tmp_path / ".morning.toml.0123456789ab.tmp"
    of_the_person = tmp_path / ".evening.toml.notes.tmp"
    under_way = tmp_path / ".evening.toml.ba9876543210.tmp"
    for file in (old, of_another, of_the_person, under_way):
        file.write_bytes(b"half")
    for file in (old, of_another, of_the_person):
        os.utime(file, (1, 1))
    write_new_file(path, b"whole")
    assert {*tmp_path.iterdir()} == {path, of_another, of_the_person, under_way}
