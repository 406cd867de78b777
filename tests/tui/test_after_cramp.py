"""After a run for a cramp: asked once, each answer a key, each to be left out; then kept."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.content.bundled import routine as bundled
from tests.recording_player import RecordingPlayer
from tests.tui.made_history import kept, urgent, write_history
from tests.tui.stage import ROLL, Stage, routine, seen, stage
from uncramp.core.history.entries import CrampEntry, CrampPlace, Leg, RunEntry
from uncramp.core.plan.plan import Plan, make_plan
from uncramp.core.routine.model import Routine
from uncramp.runs.file_names import DATABASE_NAME, FILE_NAME
from uncramp.runs.history import History
from uncramp.session.conductor import Conductor
from uncramp.session.ports import RunPorts
from uncramp.system import paths
from uncramp.system.files import private_folder
from uncramp.tui.dialogs.page import PageOver
from uncramp.tui.history.cramp_dialog import CrampDialog
from uncramp.tui.library.routine_screen import RoutineScreen
from uncramp.tui.run.finish import FinishScreen

CRAMP = bundled("acute-calf")
WARM = """title = "A warm compress"
[[steps]]
name = "Warm"
time = "5m"
"""


@pytest.fixture(autouse=True)
def in_utc(use_zone: Callable[[str], None]) -> None:
    use_zone("UTC")


def staged(
    tmp_path: Path,
    of: Routine = CRAMP,
    *,
    is_rehearsal: bool = False,
    files: dict[str, str] | None = None,
) -> Stage:
    """The app about to run `of`, with a history that takes it in."""

    def conductor(plan: Plan) -> Conductor:
        history = History(paths.history_folder(), on.time.wall)
        kept = RunPorts(listeners=(history.listen,), kept_run=lambda: history.last)
        ports = RunPorts() if is_rehearsal else kept
        return Conductor(plan, on.time.clocks(), RecordingPlayer(), ports=ports)

    plan = make_plan(of)
    on = stage(tmp_path, plan, files=files, conductors=conductor, has_stage_clocks=True)
    return on


async def finish(on: Stage, pilot: Pilot[int]) -> None:
    """One step of the routine done, then it is ended."""
    await on.press(pilot, "right")
    await on.after(pilot, 40)
    await on.press(pilot, "q", "y")
    await pilot.pause()
    on.time.seconds += 2


async def test_what_was_said_is_kept_with_its_run(tmp_path: Path) -> None:
    on = staged(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await finish(on, pilot)
        assert isinstance(on.app.screen, FinishScreen)
        await on.press(pilot, "x")
        assert isinstance(on.app.screen, CrampDialog)
        await on.press(pilot, "r", "f", "t", "a", "1", "w", "enter")
    assert on.app.return_value == 1
    said, ran = sorted(kept(), key=lambda entry: isinstance(entry, RunEntry))
    assert isinstance(said, CrampEntry) and isinstance(ran, RunEntry)
    assert said == CrampEntry(
        ran.began, Leg.RIGHT, CrampPlace.FOOT, 10, 60, (said.helped[0], "walking"),
        run_id=ran.id, id=said.id,
    )  # fmt: skip
    assert said.helped[0] not in ("walking", "other")


async def test_escape_leaves_out_each_and_nothing_is_written(tmp_path: Path) -> None:
    on = staged(tmp_path)
    async with on.app.run_test(size=(40, 12)) as pilot:
        await finish(on, pilot)
        await on.press(pilot, "x", *["escape"] * 5)
    assert on.app.return_value == 1
    assert [type(entry) for entry in kept()] == [RunEntry]


async def test_it_is_asked_once(tmp_path: Path) -> None:
    on = staged(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await finish(on, pilot)
        await on.press(pilot, "w", "q")
        assert isinstance(on.app.screen, FinishScreen)
        assert "Say what happened" not in seen(on)
        await on.press(pilot, "x")
    assert on.app.return_value == 1


@pytest.mark.parametrize("keys", [("1",), ("down", "down", "down", "enter")])
async def test_it_is_asked_before_a_routine_that_may_help_next(
    tmp_path: Path, keys: tuple[str, ...]
) -> None:
    on = staged(tmp_path, files={"warm_compress": WARM})
    async with on.app.run_test(size=(80, 24)) as pilot:
        await finish(on, pilot)
        await on.press(pilot, *keys)
        assert isinstance(on.app.screen, CrampDialog)
        await on.press(pilot, "l", "q")
        assert isinstance(on.app.screen, RoutineScreen)
        await on.press(pilot, "escape", "1")
        assert isinstance(on.app.screen, RoutineScreen), "it is asked once"
        await on.press(pilot, "escape", "x")
    assert on.app.return_value == 1
    assert [entry.leg for entry in kept() if isinstance(entry, CrampEntry)] == [Leg.LEFT]


@pytest.mark.parametrize("is_rehearsal", [True, False])
async def test_nobody_is_asked_after_another_run_or_a_rehearsal(
    tmp_path: Path, is_rehearsal: bool
) -> None:
    of = CRAMP if is_rehearsal else routine(ROLL)
    on = staged(tmp_path, of, is_rehearsal=is_rehearsal)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.press(pilot, "right")
        while on.run.conductor.record is None:
            await on.press(pilot, "right")
        on.time.seconds += 2
        await on.press(pilot, "x")
    assert on.app.return_value is not None
    assert not (paths.history_folder() / DATABASE_NAME).exists()


@pytest.mark.slow
async def test_a_reason_to_see_a_doctor_is_said_once_and_calmly(tmp_path: Path) -> None:
    write_history((urgent(1.4), urgent(2.4)))
    on = staged(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await finish(on, pilot)
        assert "three nights or more within a week" in " ".join(seen(on).split())
        await on.press(pilot, "f1")
        assert isinstance(on.app.screen, PageOver)
        await on.press(pilot, "escape", "x", "l", "escape", "escape", "e")
        await on.press(pilot, "escape")
        # The answer for this cramp: it lasted a quarter of an hour.
        assert "more than ten minutes" in " ".join(seen(on).split())
        assert "three nights" not in seen(on)
        await on.press(pilot, "x")
    again = staged(tmp_path)
    async with again.app.run_test(size=(80, 24)) as pilot:
        await finish(again, pilot)
        assert "doctor" not in seen(again)


async def test_a_history_that_is_locked_holds_nobody_up(tmp_path: Path) -> None:
    """What is said waits in the lines, and is there when the lock is gone."""
    write_history((urgent(1.4),))
    file = paths.history_folder() / DATABASE_NAME
    on = staged(tmp_path)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        async with on.app.run_test(size=(80, 24)) as pilot:
            await finish(on, pilot)
            await on.press(pilot, "x", "b", "q")
    assert on.app.return_value == 1
    assert (paths.history_folder() / FILE_NAME).read_bytes().count(b"\n") == 2
    assert [entry.leg for entry in kept() if isinstance(entry, CrampEntry)] == [Leg.BOTH]


async def test_a_folder_that_takes_nothing_is_told_and_nothing_breaks(tmp_path: Path) -> None:
    folder = private_folder(paths.history_folder())
    (folder / FILE_NAME).mkdir()
    on = staged(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await finish(on, pilot)
        await on.press(pilot, "x", "l", "q")
        assert "could not be added to the history" in " ".join(seen(on).split())
        await on.press(pilot, "x")
    assert on.app.return_value == 1
