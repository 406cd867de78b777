"""The program's own files: read up to a limit, whatever is in their place, and private."""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from uncramp import instant
from uncramp.advice.seen import SeenCautions
from uncramp.audio.lateness import read_lateness, write_lateness
from uncramp.core.routine.model import Routine
from uncramp.core.run.record import Record
from uncramp.library.favourites import read_favourites, turn_star
from uncramp.library.index import Index
from uncramp.library.trash import throw_away
from uncramp.runs.file_names import FILE_NAME
from uncramp.runs.history import History, uses_in
from uncramp.system.files import NotAFile, private_folder, put_file, read_file

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="it has no such files")

RECORD = Record("bedtime", "B", "f00d", False, 61_000, 90_000, 1, 3)
CAREFUL = Routine("r", "R", (), cautions=("Mind the cat.",))


def index_of(file: Path) -> object:
    return Index(file).find("a", (1, 1, 1, 1), lambda _: None)


READERS: dict[str, tuple[Callable[[Path], object], object]] = {
    "library-index": (index_of, None),
    "lateness.json": (read_lateness, {}),
    "favourites.txt": (read_favourites, frozenset()),
    FILE_NAME: (lambda file: uses_in(file.parent), ()),
    "seen-cautions.txt": (lambda file: SeenCautions(file).are_new(CAREFUL), True),
}


@pytest.fixture(params=["pipe", "endless", "folder", "deep"])
def in_its_place(request: pytest.FixtureRequest) -> Callable[[Path], None]:
    """Puts something odd in place of one of our files."""
    if sys.platform == "win32":
        pytest.skip("Windows has no pipes among files, and no endless ones")

    def put(file: Path) -> None:
        match request.param:
            case "pipe":
                os.mkfifo(file)
            case "endless":
                file.symlink_to("/dev/zero")
            case "folder":
                file.mkdir()
            case _:
                file.write_text("[" * 200_000)

    return put


@pytest.mark.parametrize("name", READERS)
def test_whatever_stands_in_a_files_place_is_as_if_it_were_not_there(
    name: str, tmp_path: Path, in_its_place: Callable[[Path], None]
) -> None:
    read, nothing = READERS[name]
    in_its_place(tmp_path / name)
    found = read(tmp_path / name)
    if name == "favourites.txt":
        assert isinstance(found, frozenset)
    else:
        assert found == nothing


def test_the_first_words_are_not_waited_for(
    monkeypatch: pytest.MonkeyPatch, in_its_place: Callable[[Path], None]
) -> None:
    from uncramp.system import paths

    monkeypatch.setattr(os, "isatty", lambda _: True)
    monkeypatch.setenv("TERM", "xterm")
    shown: list[bytes] = []
    monkeypatch.setattr(os, "write", lambda _, data: shown.append(data))
    in_its_place(private_folder(paths.cache_folder()) / "first-words")
    instant.show_kept()
    assert shown == []


def test_a_history_is_not_written_into_a_device(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).symlink_to("/dev/null")
    assert History(tmp_path, lambda: 0.0).append(RECORD, 0, 1) is not None


def test_a_file_is_read_to_one_byte_more_than_it_may_have(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    assert read_file(tmp_path / "a", 3) == b"1234"
    assert read_file(tmp_path / "a", 5) == b"12345"
    if sys.platform == "win32":
        return
    os.mkfifo(tmp_path / "b")
    with pytest.raises(NotAFile):
        read_file(tmp_path / "b", 3)


def test_every_folder_and_file_of_ours_is_for_this_person_alone(tmp_path: Path) -> None:
    old = os.umask(0o022)
    try:
        state = tmp_path / "state" / "uncramp"
        (tmp_path / "old").mkdir()
        loose = tmp_path / "old" / "seen"
        loose.write_text("x\n")
        loose.chmod(0o644)
        SeenCautions(state / "seen").note(CAREFUL)
        SeenCautions(loose).note(CAREFUL)
        turn_star(state / "stars" / "favourites", "r")
        put_file(state / "index" / "a", b"")
        write_lateness(state / "late" / "lateness.json", {"bell": 9.0})
        History(state / "history", lambda: 0.0).append(RECORD, 0, 1)
        (tmp_path / "own.toml").write_text("")
        throw_away(tmp_path / "own.toml", state / "trash", 1.0)
        private_folder(state / "logs" / "deep")
    finally:
        os.umask(old)
    wide = [
        str(path)
        for path in (tmp_path / "state").rglob("*")
        if path.stat().st_mode & 0o077 and path.name != "own.1.toml"
    ]
    assert wide == []
    assert (tmp_path / "state").stat().st_mode & 0o077 == 0
    assert loose.stat().st_mode & 0o077 == 0


def test_a_line_that_was_cut_off_does_not_swallow_the_next(tmp_path: Path) -> None:
    history = History(tmp_path, lambda: 0.0)
    history.file.write_bytes(b'{"routine_id": "bed')
    assert history.append(RECORD, 1_700_000_000, 1_700_000_060) is None
    assert [use.routine_id for use in uses_in(tmp_path)] == ["bedtime"]
    assert history.append(RECORD, 1_700_000_000, 1_700_000_060) is None
    assert len(history.file.read_bytes().splitlines()) == 3


def test_a_clock_that_was_set_back_ends_no_run_before_it_began(tmp_path: Path) -> None:
    history = History(tmp_path, lambda: 0.0)
    history.append(RECORD, 1_700_000_000, 1_600_000_000)
    line = json.loads(history.file.read_text())
    assert line["started"] < line["ended"]
