"""Pictures of the screens: what each shows is said above it. Look before you take one over."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.tui.looks import SCENES
from tests.tui.stage import EVENING, Stage, settled, stage
from tests.tui.test_library_screen import FILES
from tests.tui.test_now_screen import in_pain
from uncramp.core.plan.plan import make_plan
from uncramp.core.routine.model import Choices

pytestmark = pytest.mark.slow

Snap = Callable[..., bool]
SIZES = [(40, 12), (80, 24), (120, 40)]


@pytest.fixture(autouse=True)
def in_utc(use_zone: Callable[[str], None]) -> None:
    use_zone("UTC")


def doing(on: Stage, *what: str | int) -> Callable[[Pilot[int]], Awaitable[None]]:
    """Press keys, and let seconds pass where there is a number."""

    async def do(pilot: Pilot[int]) -> None:
        for each in what:
            if isinstance(each, int):
                await on.after(pilot, each)
            else:
                await on.press(pilot, each)
        await pilot.pause()

    return do


@pytest.mark.parametrize("size", SIZES)
def test_a_step_on_the_left(snap_compare: Snap, tmp_path: Path, size: tuple[int, int]) -> None:
    """KD3 on the left: the side at the left edge, 0:22 large, how, care, next, both bars."""
    on = stage(tmp_path)
    run_before = doing(on, "right", "enter", 18)
    assert snap_compare(on.app, terminal_size=size, run_before=run_before)


@pytest.mark.parametrize("size", SIZES)
def test_getting_ready_on_the_right(
    snap_compare: Snap, tmp_path: Path, size: tuple[int, int]
) -> None:
    """GET READY under a quieter time, the side at the right edge, all of how to find the place."""
    on = stage(tmp_path)
    run_before = doing(on, "right", "enter", "right", 4)
    assert snap_compare(on.app, terminal_size=size, run_before=run_before)


@pytest.mark.parametrize("size", [(40, 12), (80, 24)])
def test_paused(snap_compare: Snap, tmp_path: Path, size: tuple[int, int]) -> None:
    """PAUSED on a bar, and Space goes on."""
    on = stage(tmp_path)
    assert snap_compare(on.app, terminal_size=size, run_before=doing(on, 60, "space"))


@pytest.mark.parametrize("size", SIZES)
def test_a_soak_that_has_grown_still(
    snap_compare: Snap, tmp_path: Path, size: tuple[int, int]
) -> None:
    """The time as large as can be, what it is of, what comes next, when it all ends."""
    on = stage(tmp_path)
    assert snap_compare(on.app, terminal_size=size, run_before=doing(on, "enter", 130))


@pytest.mark.parametrize("size", [(40, 12), (80, 24)])
def test_the_last_seconds(snap_compare: Snap, tmp_path: Path, size: tuple[int, int]) -> None:
    """LAST SECONDS on a bar."""
    on = stage(tmp_path)
    run_before = doing(on, "right", "enter", "enter", 28)
    assert snap_compare(on.app, terminal_size=size, run_before=run_before)


@pytest.mark.parametrize("size", [(40, 12), (80, 24)])
def test_all_steps_to_jump_to(snap_compare: Snap, tmp_path: Path, size: tuple[int, int]) -> None:
    """Each step with its side and length, the present one marked, the third chosen."""
    on = stage(tmp_path)
    run_before = doing(on, "enter", "j", "down", "down", 0)
    assert snap_compare(on.app, terminal_size=size, run_before=run_before)


@pytest.mark.parametrize("size", SIZES)
def test_a_cramp_now(snap_compare: Snap, tmp_path: Path, size: tuple[int, int]) -> None:
    """The first instruction, the time that counts up, and the keys that say more."""
    on = in_pain(tmp_path)
    assert snap_compare(on.app, terminal_size=size, run_before=doing(on, 5))


@pytest.mark.parametrize("size", [(40, 12), (80, 24)])
def test_after_a_cramp(snap_compare: Snap, tmp_path: Path, size: tuple[int, int]) -> None:
    """What could help next, each with its number and when it is for."""
    on = in_pain(tmp_path)
    assert snap_compare(on.app, terminal_size=size, run_before=doing(on, 12, "q", "y"))


def test_unseen_for_a_while(snap_compare: Snap, tmp_path: Path) -> None:
    """How long it was unseen, and the three ways on."""
    on = stage(tmp_path)

    async def away(pilot: Pilot[int]) -> None:
        await on.after(pilot, 30)
        on.time.seconds += 720
        on.run.tick()
        await pilot.pause()

    assert snap_compare(on.app, terminal_size=(80, 24), run_before=away)


def test_an_open_step_on_paper(snap_compare: Snap, tmp_path: Path) -> None:
    """The light theme; the time counts up, and says so."""
    on = stage(tmp_path)
    on.app.theme = "paper"
    assert snap_compare(on.app, terminal_size=(80, 24), run_before=doing(on, "right", 75))


def test_asking_before_the_end(snap_compare: Snap, tmp_path: Path) -> None:
    """A small question over the run, which stays in sight."""
    on = stage(tmp_path)
    assert snap_compare(on.app, terminal_size=(80, 24), run_before=doing(on, "enter", 5, "q"))


def test_all_of_a_step(snap_compare: Snap, tmp_path: Path) -> None:
    """The page with everything about a step, over the run."""
    on = stage(tmp_path)
    run_before = doing(on, "right", "enter", "i")
    assert snap_compare(on.app, terminal_size=(80, 24), run_before=run_before)


def test_the_end(snap_compare: Snap, tmp_path: Path) -> None:
    """Quiet: finished, how long, how much, what was left out."""
    plan = make_plan(EVENING, Choices(conditions=frozenset({"varicose-veins"})))
    on = stage(tmp_path, plan)

    async def to_the_end(pilot: Pilot[int]) -> None:
        await on.press(pilot, "right", "enter", "right")
        for _ in range(40):
            on.time.seconds += 1
            on.run.tick()
        await pilot.pause()

    assert snap_compare(on.app, terminal_size=(80, 24), run_before=to_the_end)


@pytest.mark.parametrize("size", SIZES)
def test_a_routine(snap_compare: Snap, tmp_path: Path, size: tuple[int, int]) -> None:
    """What it is for, when, the steps with their sides and times, cautions, total."""
    on = stage(tmp_path, None, files=FILES)
    run_before = doing(on, *"foot", "enter")
    assert snap_compare(on.app, terminal_size=size, run_before=run_before)


def test_a_broken_file(snap_compare: Snap, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each problem with its line, the line itself, and what to write instead."""
    monkeypatch.chdir(tmp_path)
    on = stage(Path(), None, files={"evening": FILES["evening"]})
    assert snap_compare(on.app, terminal_size=(80, 24), run_before=doing(on, "enter"))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("look", ["paper", "night"])
@pytest.mark.parametrize("name", ["on the left", "the library", "a routine", "the end"])
def test_by_day_and_by_night(
    snap_compare: Snap, tmp_path: Path, name: str, look: str, size: tuple[int, int]
) -> None:
    """The same in dark ink on paper, and in red on black with nothing bright."""
    on = SCENES[name].staged(tmp_path)
    on.app.theme = look

    async def play(pilot: Pilot[int]) -> None:
        await SCENES[name].played(on, pilot)
        await settled(on, pilot)

    assert snap_compare(on.app, terminal_size=size, run_before=play)
