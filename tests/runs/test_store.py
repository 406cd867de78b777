"""The store tells runs that were cut off from runs that go on, and no file in it stops it."""

import errno
import os
import sys
from pathlib import Path

import pytest

from tests.runs.made_runs import NOW_S, checkpoint_at, put
from uncramp.runs.checkpoint import LARGEST_FILE
from uncramp.runs.resume_options import age_words
from uncramp.runs.store import OFFERED_FOR_S, URGENT_FOR_S, RunStore, StoredRuns
from uncramp.system.locks import FileLock


@pytest.fixture
def store(tmp_path: Path) -> RunStore:
    return RunStore(tmp_path / "unfinished", lambda: NOW_S)


def test_where_nothing_was_ever_kept_nothing_is_made(store: RunStore) -> None:
    assert store.look() == StoredRuns()
    assert not store.folder.exists()


def test_what_was_cut_off_is_found_the_latest_first(store: RunStore) -> None:
    for ago in (300, 20, 4_000):
        put(store, checkpoint_at(9_000, seen_s=NOW_S - ago))
    stored = store.look()
    assert [NOW_S - found.checkpoint.seen_s for found in stored.unfinished] == [20, 300, 4_000]
    assert all(found.is_sure for found in stored.unfinished)
    assert (stored.running, stored.stale, stored.troubles) == ((), (), ())


def test_what_goes_on_is_not_offered_however_long_nothing_was_written(store: RunStore) -> None:
    held = put(store, checkpoint_at(9_000, seen_s=NOW_S - 50_000), is_held=True)
    stored = store.look()
    assert len(stored.running) == 1
    assert stored.unfinished == stored.stale == ()
    assert isinstance(held, FileLock)
    assert store.claim(stored.running[0]) is None
    assert store.claim(stored.running[0]) is None
    held.release(remove=False)
    assert len(store.look().unfinished) == 1


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
    store: RunStore, is_urgent: bool, ago: float, is_offered: bool
) -> None:
    put(store, checkpoint_at(9_000, seen_s=NOW_S - ago, is_urgent=is_urgent))
    stored = store.look()
    assert (len(stored.unfinished), len(stored.stale)) == ((1, 0) if is_offered else (0, 1))


def test_one_takes_it_up_and_the_other_is_told(store: RunStore) -> None:
    put(store, checkpoint_at(9_000))
    found = store.look().unfinished[0]
    held = store.claim(found)
    assert held is not None
    assert store.claim(found) is None
    assert len(store.look().running) == 1
    held.release(remove=False)


def test_nothing_stays_of_a_run_that_was_killed_while_it_was_written(store: RunStore) -> None:
    put(store, checkpoint_at(9_000))
    (file,) = store.folder.glob("*.json")
    file.with_suffix(".half").write_bytes(b"{")
    (found,) = store.look().unfinished
    held = store.claim(found)
    assert held is not None
    store.remove(found, held)
    assert list(store.folder.iterdir()) == []


def test_what_is_gone_by_now_is_not_taken_up(store: RunStore) -> None:
    put(store, checkpoint_at(9_000))
    found = store.look().unfinished[0]
    held = store.claim(found)
    assert held is not None
    store.remove(found, held)
    assert store.claim(found) is None
    assert list(store.folder.iterdir()) == []


@pytest.mark.parametrize("data", [b"", b"{", b"\x00" * 4096, b"[" * 50_000, b'{"format":1}'])
def test_a_harmed_file_is_told_once_and_put_aside(store: RunStore, data: bytes) -> None:
    put(store, checkpoint_at(9_000))
    file = put(store, checkpoint_at(9_000))
    assert isinstance(file, Path)
    file.write_bytes(data)
    stored = store.look()
    assert len(stored.unfinished) == 1
    (told,) = stored.troubles
    assert told.startswith(f"{file} should hold a run that was cut off, but cannot be understood")
    assert told.endswith(f"It was renamed to {file.name}.aside.")
    assert file.with_name(f"{file.name}.aside").read_bytes() == data
    assert store.look().troubles == ()


def test_a_file_that_is_far_too_large_is_not_read_whole(store: RunStore) -> None:
    store.folder.mkdir()
    with (store.folder / "20261121-000000-00.json").open("wb") as large:
        large.truncate(50 * LARGEST_FILE)
    (told,) = store.look().troubles
    assert "far too large" in told


@pytest.mark.skipif(sys.platform == "win32", reason="it has no such pipes")
def test_a_pipe_in_place_of_a_file_holds_nothing_up(store: RunStore) -> None:
    if sys.platform == "win32":
        pytest.skip("Windows has no pipes among files")
    store.folder.mkdir()
    for name in ("20261121-000000-00.json", "20261121-000000-00.lock"):
        os.mkfifo(store.folder / name)
    assert len(store.look().troubles) == 1


def test_a_folder_or_a_lost_link_in_place_of_a_file_is_no_trouble(store: RunStore) -> None:
    store.folder.mkdir()
    (store.folder / "20261121-000000-00.json").mkdir()
    (store.folder / "20261121-000000-01.json").symlink_to("nowhere")
    (store.folder / "notes.txt").write_text("mine")
    assert len(store.look().troubles) == 1
    assert (store.folder / "notes.txt").exists()


def test_a_file_of_a_newer_program_is_left_to_it(store: RunStore) -> None:
    store.folder.mkdir()
    newer = store.folder / "20261121-000000-00.json"
    newer.write_text('{"format": 9}')
    (told,) = store.look().troubles
    assert "by a newer version of uncramp" in told
    assert newer.exists()


def test_a_file_in_place_of_the_folder_holds_no_runs(store: RunStore) -> None:
    store.folder.write_text("in the way")
    assert store.look() == StoredRuns()


@pytest.mark.skipif(sys.platform == "win32", reason="its locks are others")
def test_on_a_disk_without_locks_it_is_judged_by_when_it_was_seen(
    store: RunStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("fcntl.flock", refuse)
    put(store, checkpoint_at(9_000, seen_s=NOW_S - 4))
    put(store, checkpoint_at(9_000, seen_s=NOW_S - 60))
    stored = store.look()
    assert [NOW_S - found.checkpoint.seen_s for found in stored.running] == [4]
    assert [NOW_S - found.checkpoint.seen_s for found in stored.unfinished] == [60]
    assert not stored.running[0].is_sure
    assert store.claim(stored.unfinished[0]) is not None


def test_no_two_runs_have_the_same_file(store: RunStore) -> None:
    assert len({store.new_file() for _ in range(1_000)}) == 1_000


@pytest.mark.parametrize("then_s", [-86_400.0, 0.0, 86_400.0])
def test_a_clock_that_was_wrong_when_it_was_cut_off_hides_no_run(
    store: RunStore, then_s: float
) -> None:
    put(store, checkpoint_at(9_000, seen_s=then_s))
    stored = store.look()
    assert (len(stored.unfinished), stored.troubles) == (1, ())
    assert age_words(NOW_S - then_s) == "some time ago"
