"""The shelf knows what was cut off from what goes on, and no file on it stops anything."""

import errno
import os
import sys
from pathlib import Path

import pytest

from tests.runs.made_runs import NOW_S, kept_at, put
from uncramp.runs.checkpoint import LARGEST_FILE
from uncramp.runs.resume_options import age_words
from uncramp.runs.store import OFFERED_FOR_S, URGENT_FOR_S, Finds, Shelf
from uncramp.system.locks import FileLock


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "unfinished", lambda: NOW_S)


def test_where_nothing_was_ever_kept_nothing_is_made(shelf: Shelf) -> None:
    assert shelf.look() == Finds()
    assert not shelf.folder.exists()


def test_what_was_cut_off_is_found_the_latest_first(shelf: Shelf) -> None:
    for ago in (300, 20, 4_000):
        put(shelf, kept_at(9_000, seen_s=NOW_S - ago))
    finds = shelf.look()
    assert [NOW_S - found.kept.seen_s for found in finds.unfinished] == [20, 300, 4_000]
    assert all(found.is_sure for found in finds.unfinished)
    assert (finds.running, finds.stale, finds.troubles) == ((), (), ())


def test_what_goes_on_is_not_offered_however_long_nothing_was_written(shelf: Shelf) -> None:
    held = put(shelf, kept_at(9_000, seen_s=NOW_S - 50_000), is_held=True)
    finds = shelf.look()
    assert len(finds.running) == 1
    assert finds.unfinished == finds.stale == ()
    assert isinstance(held, FileLock)
    assert shelf.claim(finds.running[0]) is None
    assert shelf.claim(finds.running[0]) is None
    held.release(remove=False)
    assert len(shelf.look().unfinished) == 1


@pytest.mark.parametrize(
    ("is_urgent", "ago", "is_offered"),
    [
        (False, OFFERED_FOR_S - 1, True),
        (False, OFFERED_FOR_S + 1, False),
        (True, URGENT_FOR_S - 1, True),
        (True, URGENT_FOR_S + 1, False),
    ],
)
def test_after_a_while_nobody_is_asked(
    shelf: Shelf, is_urgent: bool, ago: float, is_offered: bool
) -> None:
    put(shelf, kept_at(9_000, seen_s=NOW_S - ago, is_urgent=is_urgent))
    finds = shelf.look()
    assert (len(finds.unfinished), len(finds.stale)) == ((1, 0) if is_offered else (0, 1))


def test_one_takes_it_up_and_the_other_is_told(shelf: Shelf) -> None:
    put(shelf, kept_at(9_000))
    found = shelf.look().unfinished[0]
    held = shelf.claim(found)
    assert held is not None
    assert shelf.claim(found) is None
    assert len(shelf.look().running) == 1
    held.release(remove=False)


def test_what_is_gone_by_now_is_not_taken_up(shelf: Shelf) -> None:
    put(shelf, kept_at(9_000))
    found = shelf.look().unfinished[0]
    held = shelf.claim(found)
    assert held is not None
    shelf.remove(found, held)
    assert shelf.claim(found) is None
    assert list(shelf.folder.iterdir()) == []


@pytest.mark.parametrize("data", [b"", b"{", b"\x00" * 4096, b"[" * 50_000, b'{"format":1}'])
def test_a_harmed_file_is_told_once_and_put_aside(shelf: Shelf, data: bytes) -> None:
    put(shelf, kept_at(9_000))
    file = put(shelf, kept_at(9_000))
    assert isinstance(file, Path)
    file.write_bytes(data)
    finds = shelf.look()
    assert len(finds.unfinished) == 1
    (told,) = finds.troubles
    assert told.startswith(f"{file} should hold a run that was cut off, but cannot be understood")
    assert told.endswith(f"It was renamed to {file.name}.aside.")
    assert file.with_name(f"{file.name}.aside").read_bytes() == data
    assert shelf.look().troubles == ()


def test_a_file_that_is_far_too_large_is_not_read_whole(shelf: Shelf) -> None:
    shelf.folder.mkdir()
    with (shelf.folder / "20261121-000000-00.json").open("wb") as large:
        large.truncate(50 * LARGEST_FILE)
    (told,) = shelf.look().troubles
    assert "far too large" in told


@pytest.mark.skipif(sys.platform == "win32", reason="it has no such pipes")
def test_a_pipe_in_place_of_a_file_holds_nothing_up(shelf: Shelf) -> None:
    if sys.platform == "win32":
        pytest.skip("Windows has no pipes among files")
    shelf.folder.mkdir()
    for name in ("20261121-000000-00.json", "20261121-000000-00.lock"):
        os.mkfifo(shelf.folder / name)
    assert len(shelf.look().troubles) == 1


def test_a_folder_or_a_lost_link_in_place_of_a_file_is_no_trouble(shelf: Shelf) -> None:
    shelf.folder.mkdir()
    (shelf.folder / "20261121-000000-00.json").mkdir()
    (shelf.folder / "20261121-000000-01.json").symlink_to("nowhere")
    (shelf.folder / "notes.txt").write_text("mine")
    assert len(shelf.look().troubles) == 1
    assert (shelf.folder / "notes.txt").exists()


def test_a_file_of_a_newer_program_is_left_to_it(shelf: Shelf) -> None:
    shelf.folder.mkdir()
    newer = shelf.folder / "20261121-000000-00.json"
    newer.write_text('{"format": 9}')
    (told,) = shelf.look().troubles
    assert "by a newer version of uncramp" in told
    assert newer.exists()


def test_a_shelf_that_is_no_folder_is_empty(shelf: Shelf) -> None:
    shelf.folder.write_text("in the way")
    assert shelf.look() == Finds()


@pytest.mark.skipif(sys.platform == "win32", reason="its locks are others")
def test_on_a_disk_without_locks_it_is_judged_by_when_it_was_seen(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("fcntl.flock", refuse)
    put(shelf, kept_at(9_000, seen_s=NOW_S - 4))
    put(shelf, kept_at(9_000, seen_s=NOW_S - 60))
    finds = shelf.look()
    assert [NOW_S - found.kept.seen_s for found in finds.running] == [4]
    assert [NOW_S - found.kept.seen_s for found in finds.unfinished] == [60]
    assert not finds.running[0].is_sure
    assert shelf.claim(finds.unfinished[0]) is not None


def test_no_two_runs_have_the_same_file(shelf: Shelf) -> None:
    assert len({shelf.new_file() for _ in range(1_000)}) == 1_000


@pytest.mark.parametrize("then_s", [-86_400.0, 0.0, 86_400.0])
def test_a_clock_that_was_wrong_when_it_was_cut_off_hides_no_run(
    shelf: Shelf, then_s: float
) -> None:
    put(shelf, kept_at(9_000, seen_s=then_s))
    finds = shelf.look()
    assert (len(finds.unfinished), finds.troubles) == (1, ())
    assert age_words(NOW_S - then_s) == "some time ago"
