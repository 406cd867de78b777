"""What a conductor saves about its run, and how it resumes one."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.runs.made_runs import EVENING, NOW_S, ROLL, about_of
from tests.session.machine import Machine, follow
from uncramp.core.plan.plan import make_plan
from uncramp.core.routine.model import Routine
from uncramp.core.routine.points import Atlas
from uncramp.core.run.events import RunEnded, SpanBegan, WentOn
from uncramp.core.run.moves import Move, MoveKind, Phase
from uncramp.library.library import Library
from uncramp.runs.autosave import AutosaveFile
from uncramp.runs.checkpoint import Checkpoint, checkpoint_from
from uncramp.runs.history import History
from uncramp.runs.store import RunStore, StoredRuns
from uncramp.session.conductor import Conductor, LeaveResult, RunPace
from uncramp.session.ports import RunPorts
from uncramp.session.resuming import Resuming

PLAN = make_plan(EVENING)


def saved_in(file: Path, machine: Machine) -> AutosaveFile:
    return AutosaveFile(file, about_of, lambda: machine.steady_s, lambda: machine.wall_s)


@dataclass
class Stage:
    """A run that is kept in a file, on a machine whose clocks a test sets."""

    machine: Machine
    autosave: AutosaveFile
    run: Conductor

    def checkpoint(self) -> Checkpoint:
        assert self.autosave.settle(30)
        return checkpoint_from(self.autosave.file.read_bytes())


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    machine = Machine(wall_s=NOW_S)
    autosave = saved_in(tmp_path / "kept" / "run.json", machine)
    yield Stage(
        machine,
        autosave,
        Conductor(PLAN, machine.clocks(), machine, ports=RunPorts(autosave=autosave)),
    )
    autosave.close()


def test_nothing_is_kept_of_a_run_that_never_began(stage: Stage) -> None:
    stage.run.tick()
    assert stage.run.leave() is LeaveResult.NOTHING_TO_SAVE
    assert not stage.autosave.file.exists()


def test_at_any_second_what_is_kept_is_less_than_five_seconds_old(stage: Stage) -> None:
    stage.run.begin()
    for second in range(1, 125):
        follow(stage.run, stage.machine, 1)
        view = stage.run.view()
        assert 0 <= view.played_ms - stage.checkpoint().saved.played_ms < 5_000, second
    assert stage.run.record is None


def test_each_move_is_kept_at_once(stage: Stage) -> None:
    stage.run.begin()
    for kind in (MoveKind.NEXT, MoveKind.PAUSE, MoveKind.BACK, MoveKind.GO_ON, MoveKind.UNDO):
        stage.machine.pass_s(0.1)
        stage.run.move(Move(kind))
        now = stage.run.now()
        assert stage.checkpoint().saved == stage.run.run.saved(now), kind


def test_at_the_end_nothing_is_kept(stage: Stage) -> None:
    stage.run.begin()
    stage.checkpoint()
    stage.run.move(Move(MoveKind.END))
    stage.autosave.close()
    assert list(stage.autosave.file.parent.iterdir()) == []
    assert stage.run.leave() is LeaveResult.NOTHING_TO_SAVE


def test_a_run_that_is_left_is_kept_where_it_is_and_is_silent(stage: Stage) -> None:
    stage.run.begin()
    follow(stage.run, stage.machine, 7)
    stage.machine.pass_s(0.25)
    assert stage.run.leave() is LeaveResult.SAVED
    assert stage.checkpoint().saved.played_ms == 7_250
    assert all(at <= stage.machine.steady_s for _, _, at in stage.machine.played)
    assert stage.run.record is None


def test_a_run_that_is_left_twice_is_still_left(stage: Stage) -> None:
    # A window that closes is a signal, and the end of the terminal.
    stage.run.begin()
    follow(stage.run, stage.machine, 7)
    assert stage.run.leave() is LeaveResult.SAVED
    stage.machine.pass_s(0.25)
    assert stage.run.leave() is LeaveResult.SAVED
    assert stage.checkpoint().saved.played_ms == 7_000


def test_a_run_that_cannot_be_kept_cannot_be_left(stage: Stage) -> None:
    stage.autosave.file.parent.write_text("in the way")
    stage.run.begin()
    assert stage.run.leave() is LeaveResult.FAILED
    assert stage.run.allows(MoveKind.END)


def test_when_another_plan_begins_that_is_what_is_kept(stage: Stage) -> None:
    stage.run.begin()
    follow(stage.run, stage.machine, 20)
    other = make_plan(Routine("other", "Other", (ROLL,)))
    events = stage.run.change_to(other)
    assert any(isinstance(event, RunEnded) for event in events)
    checkpoint = stage.checkpoint()
    assert (checkpoint.about.title, checkpoint.saved.played_ms) == ("Other", 0)
    assert checkpoint.about.started_s == stage.machine.wall_s
    assert checkpoint.saved.fingerprint == other.fingerprint
    follow(stage.run, stage.machine, 200)
    stage.autosave.close()
    assert list(stage.autosave.file.parent.iterdir()) == []


def test_a_run_that_is_taken_up_tells_where_it_stands_and_goes_on_when_the_player_is_ready(
    stage: Stage,
) -> None:
    stage.run.begin()
    follow(stage.run, stage.machine, 40)
    stage.run.leave()
    saved = stage.checkpoint().saved
    machine = Machine()
    again = Conductor(PLAN, machine.clocks(), machine, saved=saved, pace=RunPace(lead_ms=1_500))
    stands, went_on, *_ = again.begin()
    assert isinstance(stands, SpanBegan)
    assert isinstance(went_on, WentOn)
    assert (stands.span.name, stands.from_ms, stands.played_ms) == ("Foot soak", 35_000, 40_000)
    assert again.begin() == ()
    machine.pass_s(1.5)
    again.tick()
    assert again.view().played_ms == 40_000
    follow(again, machine, 10)
    assert again.view().played_ms == 50_000
    again.move(Move(MoveKind.PAUSE))
    again.move(Move(MoveKind.GO_ON))
    machine.pass_s(1)
    assert again.view().played_ms == 51_000, "only its beginning waits for the player"
    assert again.run.phase is Phase.RUNNING


@dataclass
class BlockedHistory(Stage):
    """A run whose history cannot be written: a file is where its folder should be."""

    store: RunStore
    history: History
    obstacle: Path

    def look_for_runs(self) -> None:
        library = Library(self.store.folder, self.store.folder, Atlas(), ())
        Resuming(self.store, self.history, library, self.machine.clocks()).look()


def blocked_history(tmp_path: Path) -> BlockedHistory:
    machine = Machine(wall_s=NOW_S)
    store = RunStore(tmp_path / "unfinished", lambda: machine.wall_s)
    autosave = saved_in(store.new_file(), machine)
    obstacle = tmp_path / "state"
    obstacle.write_text("no folder")
    history = History(obstacle, lambda: machine.wall_s)
    ports = RunPorts(
        autosave=autosave,
        listeners=(history.listen,),
        is_recorded=lambda: history.problem is None,
    )
    run = Conductor(PLAN, machine.clocks(), machine, ports=ports)
    return BlockedHistory(machine, autosave, run, store, history, obstacle)


@pytest.mark.parametrize("is_complete", [True, False])
def test_a_run_that_the_history_cannot_take_waits_for_it(tmp_path: Path, is_complete: bool) -> None:
    blocked = blocked_history(tmp_path)
    run, machine = blocked.run, blocked.machine
    run.begin()
    if is_complete:
        run.end_open_steps()
        follow(run, machine, PLAN.total.length_ms // 1000 + 60)
    else:
        follow(run, machine, 9)
        run.move(Move(MoveKind.END))
    blocked.autosave.close()
    assert run.record is not None
    assert run.record.is_complete is is_complete
    assert blocked.autosave.has_record
    assert not blocked.autosave.is_left
    stored = blocked.store.look()
    assert (stored.unfinished, stored.running) == ((), ())
    assert [found.checkpoint.record for found in stored.stale] == [run.record]

    blocked.look_for_runs()
    assert len(blocked.store.look().stale) == 1, (
        "it stays for as long as the history cannot take it"
    )
    blocked.obstacle.unlink()
    blocked.look_for_runs()
    assert blocked.store.look() == StoredRuns()
    (line,) = blocked.history.file.read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["is_complete"] is is_complete
    assert json.loads(line)["steps_done"] == run.record.steps_done


def test_the_records_of_runs_that_others_followed_wait_for_the_history(tmp_path: Path) -> None:
    blocked = blocked_history(tmp_path)
    run = blocked.run
    run.begin()
    for title in ("Second", "Third"):
        follow(run, blocked.machine, 9)
        run.change_to(make_plan(Routine(title.lower(), title, (ROLL,))))
    run.move(Move(MoveKind.END))
    blocked.autosave.close()
    ended = [found.checkpoint.record.title for found in blocked.store.look().stale]
    assert sorted(ended) == sorted([EVENING.title, "Second", "Third"])

    blocked.obstacle.unlink()
    blocked.look_for_runs()
    assert blocked.store.look() == StoredRuns()
    assert len(blocked.history.file.read_text(encoding="utf-8").splitlines()) == 3


def test_the_history_takes_a_run_that_was_skipped_to_its_end_once_it_stays_ended(
    tmp_path: Path, stage: Stage
) -> None:
    history = History(tmp_path / "history", lambda: stage.machine.wall_s)
    ports = RunPorts(autosave=stage.autosave, listeners=(history.listen,))
    run = Conductor(PLAN, stage.machine.clocks(), stage.machine, ports=ports)
    run.begin()
    while run.record is None:
        stage.machine.pass_s(1)
        run.move(Move(MoveKind.NEXT))
    assert not history.file.exists(), "it can still be undone"
    assert stage.autosave.settle(30)
    assert stage.autosave.file.exists()
    run.move(Move(MoveKind.UNDO))
    assert run.record is None
    run.move(Move(MoveKind.NEXT))
    run.settle()
    assert len(history.file.read_text(encoding="utf-8").splitlines()) == 1
    stage.autosave.close()
    assert not stage.autosave.file.exists()
