"""A run is saved whole and soon, without delaying it; its file is deleted at its end."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.runs.made_runs import EVENING, NOW_S, about_of, run_at
from uncramp.core.plan.plan import make_plan
from uncramp.core.run.run import Run
from uncramp.runs.autosave import APART_S, HALF_SUFFIX, HEARTBEAT_S, LOCK_SUFFIX, AutosaveFile
from uncramp.runs.checkpoint import Checkpoint, checkpoint_from
from uncramp.runs.save_status import save_words
from uncramp.runs.store import RunStore


class Keeper:
    """Keeps a run by a clock that a test sets, and waits for what it wrote."""

    def __init__(self, folder: Path) -> None:
        self.seconds = 100.0
        self.plan = make_plan(EVENING)
        self.file = RunStore(folder, lambda: NOW_S).new_file()
        self.autosave = AutosaveFile(
            self.file, about_of, lambda: self.seconds, lambda: NOW_S + self.seconds
        )

    def take(self, ms: int, *, has_events: bool = False, is_move: bool = False) -> None:
        self.autosave.take(run_at(ms, self.plan), ms, has_events=has_events, is_move=is_move)

    def settled(self) -> Checkpoint | None:
        """What the file holds once everything is written that was to be."""
        assert self.autosave.settle(30), "the writing never came to an end"
        return checkpoint_from(self.file.read_bytes()) if self.file.exists() else None


@pytest.fixture
def keeper(tmp_path: Path) -> Keeper:
    return Keeper(tmp_path / "unfinished")


def played(checkpoint: Checkpoint | None) -> int:
    assert checkpoint is not None
    return checkpoint.saved.played_ms


def test_a_move_is_written_at_once_and_what_happens_by_itself_once_a_second(keeper: Keeper) -> None:
    keeper.take(0, is_move=True)
    assert played(keeper.settled()) == 0
    keeper.seconds += 0.1
    keeper.take(100, is_move=True)
    assert played(keeper.settled()) == 100
    keeper.seconds += 0.1
    keeper.take(200, has_events=True)
    assert played(keeper.settled()) == 100
    keeper.seconds += APART_S
    keeper.take(1_200)
    assert played(keeper.settled()) == 1_200, "what came too soon is written when it may be"


def test_where_nothing_happens_it_is_written_every_few_seconds(keeper: Keeper) -> None:
    keeper.take(0, is_move=True)
    seen = set()
    for second in range(1, 31):
        keeper.seconds += 1
        keeper.take(second * 1_000)
        at = played(keeper.settled())
        assert second * 1_000 - at < 5_000 - 1_000
        seen.add(at)
    assert len(seen) <= 1 + 30 / HEARTBEAT_S


def test_the_file_says_what_is_needed_to_take_it_up(keeper: Keeper) -> None:
    keeper.take(70_000, is_move=True)
    checkpoint = keeper.settled()
    assert checkpoint is not None
    assert (checkpoint.step, checkpoint.step_number, checkpoint.side) == ("Calf roll", 2, "left")
    assert checkpoint.seen_s == NOW_S + keeper.seconds
    again = Run.restored(make_plan(EVENING, checkpoint.about.choices), checkpoint.saved)
    assert again.view(0).position_ms == 5_000


def test_when_it_is_over_nothing_of_it_is_left(keeper: Keeper) -> None:
    keeper.take(0, is_move=True)
    keeper.settled()
    keeper.autosave.finish()
    keeper.autosave.close()
    assert list(keeper.file.parent.iterdir()) == []
    keeper.take(1_000, is_move=True)
    assert list(keeper.file.parent.iterdir()) == []
    assert not keeper.autosave.is_left


def test_a_run_that_is_left_stays_with_its_very_last_moment(keeper: Keeper) -> None:
    keeper.take(0, is_move=True)
    keeper.seconds += 0.5
    assert keeper.autosave.leave(run_at(500, keeper.plan), 500)
    assert played(checkpoint_from(keeper.file.read_bytes())) == 500
    stored = RunStore(keeper.file.parent, lambda: NOW_S + 200).look()
    assert [f.file for f in stored.unfinished] == [keeper.file]
    assert keeper.autosave.is_left


def test_while_it_is_kept_it_counts_as_running(keeper: Keeper) -> None:
    keeper.take(0, is_move=True)
    keeper.settled()
    stored = RunStore(keeper.file.parent, lambda: NOW_S + 200).look()
    assert (len(stored.running), stored.unfinished) == (1, ())
    keeper.autosave.close()


def test_a_disk_that_takes_for_ever_holds_up_nothing(
    keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_go, entered = threading.Event(), threading.Event()

    def slow(_: int) -> None:
        entered.set()
        let_go.wait(30)

    monkeypatch.setattr(os, "fsync", slow)
    keeper.take(0, is_move=True)
    assert entered.wait(30)
    run = run_at(1_000, keeper.plan)
    before = time.perf_counter()
    for _ in range(1_000):
        keeper.autosave.take(run, 1_000, has_events=True, is_move=True)
    took_ms = (time.perf_counter() - before) * 1000
    let_go.set()
    assert took_ms < 15_000, "a thousand moves, while the disk takes none"
    assert played(keeper.settled()) == 1_000
    keeper.autosave.close()


def test_a_disk_that_cannot_be_written_is_told_once_and_once_that_it_can_again(
    keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = keeper.file.parent
    folder.parent.mkdir(exist_ok=True)
    folder.write_text("in the way")
    assert save_words(keeper.autosave.status) == ""
    keeper.take(0, is_move=True)
    keeper.settled()
    told = save_words(keeper.autosave.status)
    assert told.startswith(f"This run goes on, but it cannot be saved in {folder}: ")
    keeper.seconds += HEARTBEAT_S
    keeper.take(3_000)
    keeper.settled()
    assert save_words(keeper.autosave.status) == told
    folder.unlink()
    keeper.seconds += HEARTBEAT_S
    keeper.take(6_000)
    assert played(keeper.settled()) == 6_000
    assert save_words(keeper.autosave.status) == "This run is being saved again."
    keeper.autosave.close()


def test_a_move_is_safe_from_a_kill_before_the_disk_has_taken_it(
    keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    entered, let_go = threading.Event(), threading.Event()

    def slow(_: int) -> None:
        entered.set()
        let_go.wait(30)

    monkeypatch.setattr(os, "fsync", slow)
    keeper.take(1_000, is_move=True)
    assert entered.wait(30)
    assert played(checkpoint_from(keeper.file.read_bytes())) == 1_000
    let_go.set()
    keeper.autosave.close()


def test_where_it_never_could_be_kept_it_is_not_left(keeper: Keeper) -> None:
    keeper.file.parent.write_text("in the way")
    keeper.take(0, is_move=True)
    assert not keeper.autosave.leave(run_at(10, keeper.plan), 10)
    assert not keeper.autosave.is_left


def test_a_failed_write_leaves_what_was_there_whole(
    keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper.take(0, is_move=True)
    keeper.settled()

    def refuse(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", refuse)
        keeper.seconds += HEARTBEAT_S
        keeper.take(70_000)
        assert played(keeper.settled()) == 0
        assert "the disk is full" in save_words(keeper.autosave.status)
    keeper.take(72_000, is_move=True)
    assert played(keeper.settled()) == 72_000
    keeper.autosave.close()


def test_where_nothing_happens_the_disk_is_seldom_waited_for_and_no_file_is_made(
    keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper.take(6_000, is_move=True)
    keeper.settled()
    first, wait = keeper.file.stat().st_ino, os.fsync
    synced: list[int] = []

    def counted(file: int) -> None:
        synced.append(file)
        wait(file)

    monkeypatch.setattr(os, "fsync", counted)
    for beat in range(1, 9):
        keeper.seconds += HEARTBEAT_S
        ms = 6_000 + round(beat * HEARTBEAT_S * 1_000)
        keeper.take(ms)
        found = keeper.settled()
        assert found is not None
        assert found.saved == run_at(ms, keeper.plan).saved(ms)
        assert found.seen_s == NOW_S + keeper.seconds
    assert len(synced) == 2
    assert keeper.file.stat().st_ino == first
    keeper.take(70_000, is_move=True)
    assert played(keeper.settled()) == 70_000
    keeper.autosave.close()


def test_a_file_that_was_deleted_is_made_again_at_the_next_beat(keeper: Keeper) -> None:
    keeper.take(2_000, is_move=True)
    keeper.settled()
    keeper.file.unlink()
    keeper.seconds += HEARTBEAT_S
    keeper.take(6_000)
    assert played(keeper.settled()) == 6_000
    keeper.autosave.close()


# In a separate process, which can be limited.

_FULL = """
import resource, sys, time
from pathlib import Path
from tests.runs.test_autosave import Keeper
from uncramp.runs.save_status import save_words
keeper = Keeper(Path(sys.argv[1]))
keeper.take(0, is_move=True)
keeper.settled()
resource.setrlimit(resource.RLIMIT_FSIZE, (100, resource.RLIM_INFINITY))
keeper.take(1_000, is_move=True)
print(keeper.settled().saved.played_ms, save_words(keeper.autosave.status))
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
keeper.take(2_000, is_move=True)
print(keeper.settled().saved.played_ms, save_words(keeper.autosave.status))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="it has no such limit")
def test_a_file_that_may_not_grow_leaves_the_one_before(tmp_path: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-c", _FULL, str(tmp_path)], capture_output=True, text=True, check=True,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip
    full, recovered = told.stdout.splitlines()
    assert full.startswith("0 This run goes on, but it cannot be saved")
    assert "the disk is full" in full
    assert recovered == "2000 This run is being saved again."


def test_a_kill_between_lock_and_file_is_swept_up(tmp_path: Path) -> None:
    folder = tmp_path / "unfinished"
    folder.mkdir()
    for suffix in (LOCK_SUFFIX, HALF_SUFFIX):
        left = folder / f"20261121-000000-aa{suffix}"
        left.touch()
        os.utime(left, (NOW_S - 3600, NOW_S - 3600))
    fresh = folder / f"20261121-000000-bb{LOCK_SUFFIX}"
    fresh.touch()
    os.utime(fresh, (NOW_S - 1, NOW_S - 1))
    RunStore(folder, lambda: NOW_S).look()
    assert [file.name for file in folder.iterdir()] == [fresh.name]


def test_a_machine_without_threads_ends_no_run(
    keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(threading.Thread, "start", _none)
    keeper.take(1_000, is_move=True)
    assert "this machine starts no more threads" in save_words(keeper.autosave.status)
    assert keeper.autosave.leave(run_at(2_000, keeper.plan), 2_000)
    assert played(checkpoint_from(keeper.file.read_bytes())) == 2_000


def test_a_machine_without_threads_takes_the_file_of_a_run_that_is_over_away(
    keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper.file.parent.mkdir(parents=True)
    keeper.file.write_text("{}")
    monkeypatch.setattr(threading.Thread, "start", _none)
    keeper.autosave.finish()
    assert not keeper.file.exists()


def _none(_: threading.Thread) -> None:
    raise RuntimeError("can't start new thread")
