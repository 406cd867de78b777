"""The run during a cramp: what the person can choose meanwhile, and what comes after it."""

from pathlib import Path

import pytest

from tests.content.bundled import FOLDER, routine
from tests.recording_player import RecordingPlayer
from tests.tui.stage import Stage, seen, stage
from uncramp.atlas import load_atlas
from uncramp.core.plan.plan import Plan, make_plan
from uncramp.core.routine.model import Choices, Side
from uncramp.core.run.events import Event, RunEnded
from uncramp.core.run.moves import Phase
from uncramp.library.library import Library
from uncramp.session.conductor import Conductor
from uncramp.session.ports import RunPorts
from uncramp.tui.library.routine_screen import RoutineScreen
from uncramp.tui.library.screen import LibraryScreen
from uncramp.tui.run.cramp_screen import NowScreen
from uncramp.tui.run.finish import FinishScreen
from uncramp.tui.run.screen import RunScreen
from uncramp.tui.widgets.key_line import KeyLine
from uncramp.tui.widgets.words import Words

CALF = "Back of the calf: cramp now"


def in_pain(tmp_path: Path, *conditions: str, **own: str) -> Stage:
    """The run that `uncramp now` opens, for a person with these conditions."""
    plan = make_plan(routine("acute-calf"), Choices(conditions=frozenset(conditions)))
    on = stage(tmp_path, plan, files=own)
    on.app.library = Library(tmp_path / "own", FOLDER, load_atlas(), ())
    return on


def title(on: Stage) -> str:
    return on.run.conductor.plan.routine.title


def step(on: Stage) -> int:
    return on.run.conductor.view().span.step_number


def keys(on: Stage) -> str:
    return on.run.query_one(KeyLine).text


async def test_the_first_instruction_is_there_with_the_keys_that_say_more(tmp_path: Path) -> None:
    on = in_pain(tmp_path)
    async with on.app.run_test(size=(120, 24)) as pilot:
        await pilot.pause()
        assert isinstance(on.run, NowScreen)
        assert on.says("name") == "Toes up, knee straight"
        assert on.run.conductor.run.phase is Phase.RUNNING
        assert keys(on).startswith("Enter Done   S Still")
        assert "Q End   ? Keys" in keys(on)
        assert on.says("buttons").split("\n") == [
            "✓ 1 Back of calf   2 Curled under   3 Pulled up   4 Cannot reach",
            "L ◀ LEFT LEG   R RIGHT LEG ▶",
        ]


async def test_a_click_on_a_button_does_what_its_key_does(tmp_path: Path) -> None:
    on = in_pain(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        on.time.seconds += 1
        await pilot.click("#buttons", offset=(60, 4))
        assert on.says("buttons").endswith("L ◀ LEFT LEG   ✓ R RIGHT LEG ▶")
        on.time.seconds += 1
        await pilot.click("#buttons", offset=(25, 1))
        assert title(on) == "Foot or toes curled under: cramp now"
        assert on.run.conductor.run.phase is Phase.RUNNING


@pytest.mark.parametrize(
    ("key", "name"),
    [("2", "Toes up and hold"), ("3", "Foot down, toes bent"), ("4", "Stand up safely")],
)
async def test_another_cramp_begins_at_once_without_a_question(
    tmp_path: Path, key: str, name: str
) -> None:
    on = in_pain(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.after(pilot, 7)
        await on.press(pilot, key)
        assert on.app.screen is on.run
        assert on.says("name") == name
        view = on.run.conductor.view()
        assert (view.phase, view.position_ms, view.span.index) == (Phase.RUNNING, 0, 0)
        await on.press(pilot, "1")
        assert on.says("name") == "Toes up, knee straight"
        assert len(on.players) == 1, "the same sound goes on"


async def test_the_run_that_was_left_is_written_down_and_the_screen_stays(tmp_path: Path) -> None:
    on, told = in_pain(tmp_path), list[Event]()

    def listened(plan: Plan) -> Conductor:
        ports = RunPorts(listeners=(told.append,))
        return Conductor(plan, on.time.clocks(), RecordingPlayer(), ports=ports)

    on.app.make_conductor = listened
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.after(pilot, 7)
        await on.press(pilot, "2")
        ended = [event.record for event in told if isinstance(event, RunEnded)]
        assert [(r.routine_id, r.is_complete, r.played_ms) for r in ended] == [
            ("acute-calf", False, 8_000)
        ]
        assert title(on) == "Foot or toes curled under: cramp now"
        assert on.run.conductor.record is None


async def test_the_leg_is_said_at_the_same_step_and_time(tmp_path: Path) -> None:
    on = in_pain(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.press(pilot, "enter")
        await on.after(pilot, 14)
        assert "◆ CRAMPED LEG" in seen(on)
        before = on.run.conductor.view().position_ms
        await on.press(pilot, "l")
        assert "✓ L ◀ LEFT LEG" in seen(on)
        assert (step(on), on.run.conductor.view().position_ms) == (2, before + 1_000)
        assert "L Left" not in keys(on)
        await on.press(pilot, "r")
        assert "✓ R RIGHT LEG ▶" in seen(on)
        assert step(on) == 2


async def test_only_who_is_still_tight_is_led_to_the_second_hold(tmp_path: Path) -> None:
    on = in_pain(tmp_path)
    async with on.app.run_test(size=(120, 40)) as pilot:
        await on.after(pilot, 20)
        assert "if still tight" in on.says("state")
        await on.press(pilot, "s")
        assert on.says("name") == "Seated pull"
        assert step(on) == 1, "it belongs to the first step"
        await on.press(pilot, "u")
        assert on.says("name") == "Toes up, knee straight"
        await on.press(pilot, "enter")
        assert on.says("name") == "Quick rub"
        assert "S Still" not in keys(on)


async def test_who_cannot_reach_has_the_towel_in_both_holds(tmp_path: Path) -> None:
    on = in_pain(tmp_path, "cannot-reach-feet")
    async with on.app.run_test(size=(120, 40)) as pilot:
        await on.after(pilot, 5)
        assert on.says("name") == "Toes up, with a towel"
        await on.press(pilot, "s")
        assert on.says("name") == "Seated pull, with a towel"


async def test_the_leg_is_kept_when_it_is_another_cramp(tmp_path: Path) -> None:
    on = in_pain(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.press(pilot, "l", "2")
        assert on.says("name") == "Toes up and hold"
        assert "✓ L ◀ LEFT LEG" in seen(on)


async def test_this_step_again_has_another_key_here(tmp_path: Path) -> None:
    on = in_pain(tmp_path)
    async with on.app.run_test(size=(160, 40)) as pilot:
        await on.after(pilot, 20)
        assert "A Again" in keys(on)
        await on.press(pilot, "a")
        assert on.run.conductor.view().position_ms == 0


async def test_who_cannot_stand_is_told_so_and_the_run_goes_on(tmp_path: Path) -> None:
    on = in_pain(tmp_path, "cannot-stand", "cannot-reach-feet")
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.after(pilot, 7)
        await on.press(pilot, "4")
        assert title(on) == CALF
        assert on.run.conductor.view().position_ms == 8_000
        assert on.says("note").startswith("This is done standing.")
        assert "loop a towel round the ball of the foot" in on.says("note")


async def test_what_is_locked_for_a_person_says_why_and_the_run_goes_on(tmp_path: Path) -> None:
    on = in_pain(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        plan = on.run.conductor.plan
        clotted = Choices(conditions=frozenset({"clot-suspected"}))
        plan.choices = clotted
        await on.press(pilot, "2")
        assert title(on) == CALF
        assert "a clot in the leg is possible" in on.says("note")


async def test_a_broken_routine_of_ones_own_gives_way_to_the_bundled_one(tmp_path: Path) -> None:
    on = in_pain(tmp_path, acute_front="title = ")
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.press(pilot, "3")
        assert title(on) == "Foot or toes pulled up: cramp now"


async def test_afterwards_it_says_quietly_what_could_help_and_opens_it(tmp_path: Path) -> None:
    on = in_pain(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.after(pilot, 12)
        await on.press(pilot, "q", "y")
        await pilot.pause()
        shown = seen(on)
        assert on.app.screen.query_one("#heading", Words).text == "Ended"
        assert "1 Acupressure for a cramp" in shown
        assert "2 Warm compress after a cramp" in shown
        assert "The cramp is over or mostly over" in shown
        await on.press(pilot, "1", "2")
        screen = on.app.screen
        assert isinstance(screen, RoutineScreen), "it is opened, and not begun"
        await on.press(pilot, "escape")
        assert isinstance(on.app.screen, FinishScreen)
        await on.press(pilot, "2", "enter")
        assert title(on) == "Warm compress after a cramp"
        assert not isinstance(on.run, NowScreen)
        assert len([s for s in on.app.screen_stack if isinstance(s, RunScreen)]) == 1
        await on.press(pilot, "q", "y")
    assert on.app.return_value == 1


async def test_any_other_key_leaves_and_what_was_ended_early_is_no_success(tmp_path: Path) -> None:
    on = in_pain(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.after(pilot, 12)
        await on.press(pilot, "q", "y", "x")
    assert on.app.return_value == 1


async def test_who_leaves_at_once_is_asked_nothing_more(tmp_path: Path) -> None:
    on = in_pain(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.press(pilot, "q", "y")
    assert on.app.return_value == 1


async def test_what_is_locked_for_a_person_is_not_offered_to_them(tmp_path: Path) -> None:
    on = in_pain(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.after(pilot, 12)
        on.run.conductor.plan.choices = Choices(conditions=frozenset({"clot-suspected"}))
        await on.press(pilot, "q", "y")
        assert on.app.return_value == 1


async def test_a_plan_for_the_other_leg_is_at_the_same_place(tmp_path: Path) -> None:
    on = in_pain(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.press(pilot, "enter", "l")
        span = on.run.conductor.view().span
        assert span.side is Side.LEFT
        await on.press(pilot, "u")
        assert (step(on), on.run.conductor.view().span.side) == (1, Side.LEFT)


async def test_one_key_in_the_library_begins_at_once_whatever_is_typed(tmp_path: Path) -> None:
    on = stage(tmp_path, None)
    on.app.library = Library(tmp_path / "own", FOLDER, load_atlas(), ())
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.press(pilot, *"foot", "ctrl+n")
        assert isinstance(on.run, NowScreen)
        assert on.says("name") == "Toes up, knee straight"
        assert on.run.conductor.run.phase is Phase.RUNNING
        await on.after(pilot, 20)
        await on.press(pilot, "q", "y", "x")
        assert isinstance(on.app.screen, LibraryScreen)
