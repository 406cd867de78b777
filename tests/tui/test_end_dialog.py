"""The end question: keep the run for later, end it, or continue."""

from pathlib import Path

from tests.recording_player import RecordingPlayer
from tests.tui.stage import EVENING, Time, library
from uncramp.core.plan.plan import Plan, make_plan
from uncramp.core.run.record import Record
from uncramp.core.run.run import Run
from uncramp.runs.save_status import SaveStatus
from uncramp.session.conductor import Conductor
from uncramp.session.ports import RunPorts
from uncramp.tui.app import UncrampApp


class FakeAutosave:
    """Keeps a run, or cannot."""

    def __init__(self, *, can_keep: bool) -> None:
        self.can_keep = can_keep
        self.done: list[str] = []
        self.status = SaveStatus()

    def start_new_run(self) -> None:
        self.done.append("start-new-run")

    def set_aside(self, run: Run, now: int, record: Record) -> None:
        self.done.append("aside")

    def take(self, run: Run, now: int, *, has_events: bool, is_move: bool) -> None: ...

    def finish(self) -> None:
        self.done.append("finish")

    def finish_unrecorded(self, run: Run, now: int, record: Record) -> None:
        self.done.append("finish-unrecorded")

    def leave(self, run: Run, now: int) -> bool:
        self.done.append("leave")
        return self.can_keep


def app_with(autosave: FakeAutosave, time: Time, tmp_path: Path) -> UncrampApp:
    def conductor(of: Plan) -> Conductor:
        return Conductor(of, time.clocks(), RecordingPlayer(), ports=RunPorts(autosave=autosave))

    return UncrampApp(library(tmp_path), make_plan(EVENING), conductor)


async def test_k_keeps_the_run(tmp_path: Path) -> None:
    autosave, time = FakeAutosave(can_keep=True), Time()
    app = app_with(autosave, time, tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        time.seconds += 2
        await pilot.press("q")
        await pilot.pause()
        await pilot.press("k")
        await pilot.pause()
    assert autosave.done == ["leave"]
    assert app.last_record is None
    assert app.return_value == 1


async def test_a_run_that_cannot_be_kept_is_over_and_recorded(tmp_path: Path) -> None:
    autosave, time = FakeAutosave(can_keep=False), Time()
    app = app_with(autosave, time, tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        time.seconds += 2
        await pilot.press("q")
        await pilot.pause()
        await pilot.press("k")
        await pilot.pause()
    assert autosave.done == ["leave", "finish"]
    assert app.last_record is not None
    assert not app.last_record.is_complete
