"""The end question: keep the run for later, end it, or continue."""

from pathlib import Path

from tests.recording_player import RecordingPlayer
from tests.tui.stage import EVENING, FakeAutosave, Time, library
from uncramp.core.plan.plan import Plan, make_plan
from uncramp.session.conductor import Conductor
from uncramp.session.ports import RunPorts
from uncramp.tui.app import UncrampApp


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
