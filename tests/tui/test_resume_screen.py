"""A run that was cut off is offered first: resume it, restart the step, or leave it."""

from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.tui.stage import EVENING, ROLL, SOAK, Stage, Time, library, notices, routine, seen, stage
from uncramp.audio.player import Silence
from uncramp.core.plan.plan import make_plan
from uncramp.core.routine.model import Choices, Routine
from uncramp.core.run.moves import Move, MoveKind, Phase
from uncramp.core.run.run import Run
from uncramp.core.run.saved import Saved
from uncramp.runs.checkpoint import About, Checkpoint, Location
from uncramp.runs.resume_options import Offer, offer_for
from uncramp.runs.unkept import NotLeft
from uncramp.session.conductor import Conductor
from uncramp.session.own_data import open_own_data
from uncramp.tui.app import StartNotices, UncrampApp
from uncramp.tui.library.resume_screen import ResumeScreen
from uncramp.tui.library.routine_screen import RoutineScreen
from uncramp.tui.library.screen import LibraryScreen
from uncramp.tui.run.screen import RunScreen
from uncramp.tui.widgets.key_line import KeyLine
from uncramp.tui.widgets.text_page import TextPage


def checkpoint(ms: int = 70_000, of: Routine = EVENING) -> Checkpoint:
    """A run as saved after some time."""
    plan = make_plan(of)
    run = Run(plan, lapse_after_ms=None)
    run.move(Move(MoveKind.START), 0)
    run.advance(ms)
    saved, span = run.saved(ms), run.view(ms).span
    about = About(
        of.id, of.title, "/home/me/evening.toml", False, Choices(), plan.total.length_ms,
        plan.total.steps, 0.0, Location("here", None, 1),
    )  # fmt: skip
    return Checkpoint(about, saved, span.name, span.step_number, span.side, span.round, 0.0)


@dataclass
class CutOff:
    """A run that was cut off, and what was done with it."""

    offer: Offer
    is_taken_elsewhere: bool = False
    done: list[str] = field(default_factory=list)

    def conduct(self, saved: Saved | None) -> Conductor | None:
        self.done.append("conduct")
        if self.is_taken_elsewhere:
            return None
        assert self.offer.plan is not None
        return Conductor(self.offer.plan, Time().clocks(), Silence(), saved=saved)

    def leave(self) -> NotLeft | None:
        self.done.append("leave")
        return None

    def bring_back(self) -> bool:
        self.done.append("bring-back")
        return not self.is_taken_elsewhere


def opened(tmp_path: Path, *cut_off: CutOff) -> Stage:
    on = stage(tmp_path, None)
    later = count(0.0, 2.0)  # each look at this clock is two seconds after the one before
    clocks = replace(on.time.clocks(), steady=lambda: next(later))
    data = replace(open_own_data(), clocks=clocks)
    notices = StartNotices(unfinished=cut_off)
    app = UncrampApp(library(tmp_path), None, on.app.make_conductor, notices=notices, data=data)
    return Stage(app, on.time, on.players)


def of_now(now: Routine | None = EVENING, ms: int = 70_000) -> CutOff:
    return CutOff(offer_for(checkpoint(ms), now, frozenset()))


def page(on: Stage) -> str:
    return on.app.screen.query_one(TextPage).text


def keys(on: Stage) -> str:
    return on.app.screen.query_one(KeyLine).text


async def pressed(pilot: Pilot[int], *names: str) -> None:
    await pilot.press(*names)
    await pilot.pause()


async def test_it_comes_before_the_library_and_says_where_it_stood(tmp_path: Path) -> None:
    on = opened(tmp_path, of_now())
    async with on.app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert isinstance(on.app.screen, ResumeScreen)
        assert "Evening" in page(on)
        assert "Foot soak, 1:10 of " in page(on)
        told = page(on)
        for key, words in (
            ("Enter", "continue from this moment"),
            ("2", "start this step again, Foot soak"),
            ("Del", "don't resume it; it stays"),
            ("Esc", "ask me another time"),
        ):
            assert f"{key}: {words}" in told
        assert "from its beginning" not in told


async def test_enter_goes_on_at_that_moment(tmp_path: Path) -> None:
    cut_off = of_now()
    on = opened(tmp_path, cut_off)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await pressed(pilot, "enter")
        view = on.run.conductor.view()
        assert (view.phase, view.played_ms, view.position_ms) == (Phase.RUNNING, 70_000, 60_000)
        assert cut_off.done == ["conduct"]
        await pressed(pilot, "q", "y")
        assert isinstance(on.app.screen, LibraryScreen), "the library is where one comes back to"


async def test_2_begins_this_step_again(tmp_path: Path) -> None:
    on = opened(tmp_path, of_now())
    async with on.app.run_test(size=(80, 24)) as pilot:
        await pressed(pilot, "2")
        view = on.run.conductor.view()
        assert (view.span.index, view.position_ms, view.phase) == (0, 0, Phase.RUNNING)


async def test_delete_leaves_it_and_the_next_one_is_offered(tmp_path: Path) -> None:
    one, other = of_now(), of_now(ms=20_000)
    on = opened(tmp_path, one, other)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await pressed(pilot, "delete", "y")
        assert one.done == ["leave"]
        assert "0:20 of " in page(on)
        await pressed(pilot, "delete", "y")
        assert other.done == ["leave"]
        assert isinstance(on.app.screen, LibraryScreen)


async def test_what_was_left_is_brought_back_in_the_library(tmp_path: Path) -> None:
    cut_off = of_now()
    on = opened(tmp_path, cut_off)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await pressed(pilot, "delete", "y")
        assert "Evening will not be resumed. Ctrl-G brings it back." in seen(on)
        await pressed(pilot, "ctrl+g")
        assert cut_off.done == ["leave", "bring-back"]
        assert isinstance(on.app.screen, ResumeScreen)
        await pressed(pilot, "enter")
        assert on.run.conductor.view().played_ms == 70_000


async def test_what_cannot_be_brought_back_is_told(tmp_path: Path) -> None:
    cut_off = of_now()
    cut_off.is_taken_elsewhere = True
    on = opened(tmp_path, cut_off)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await pressed(pilot, "delete", "y", "ctrl+g")
        assert isinstance(on.app.screen, LibraryScreen)
        assert "That run is in the history and cannot be brought back." in seen(on)


async def test_escape_leaves_all_for_later(tmp_path: Path) -> None:
    one, other = of_now(), of_now()
    on = opened(tmp_path, one, other)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await pressed(pilot, "escape")
        assert isinstance(on.app.screen, LibraryScreen)
        assert one.done == other.done == []


async def test_a_cramp_that_is_on_comes_before_it(tmp_path: Path) -> None:
    on = opened(tmp_path, of_now())
    bundled = on.app.library.bundled / "acute-calf.toml"
    bundled.write_text(
        'title = "Now"\nurgent = true\n[[steps]]\nname = "Pull"\ntime = "30s"\n', encoding="utf-8"
    )
    async with on.app.run_test(size=(80, 24)) as pilot:
        await pressed(pilot, "ctrl+n")
        await pilot.pause()
        assert on.run.conductor.plan.routine.title == "Now"


async def test_of_a_changed_routine_the_step_of_that_name_or_the_beginning(tmp_path: Path) -> None:
    changed = replace(EVENING, items=(replace(SOAK, time_ms=300_000), ROLL))
    on = opened(tmp_path, of_now(changed))
    async with on.app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "The routine has changed since." in page(on)
        assert "Enter: start this step again, Foot soak" in page(on)
        assert "3: start the routine over" in page(on)
        assert "at this moment" not in page(on)
        await pressed(pilot, "3")
        assert on.run.conductor.view().played_ms == 0
        assert on.run.conductor.plan.total.steps == 2


async def test_of_a_routine_without_that_step_only_the_beginning(tmp_path: Path) -> None:
    on = opened(tmp_path, of_now(routine(ROLL)))
    async with on.app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Enter: start the routine over" in page(on)
        assert "Enter Start over" in keys(on)
        await pressed(pilot, "2")
        assert isinstance(on.app.screen, ResumeScreen), "there is no such step"


async def test_a_lost_routine_can_only_be_left(tmp_path: Path) -> None:
    cut_off = CutOff(offer_for(checkpoint(), None, frozenset(), is_there=False))
    on = opened(tmp_path, cut_off)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Its file is no longer there: /home/me/evening.toml." in page(on)
        await pressed(pilot, "2", "3")
        assert isinstance(on.app.screen, ResumeScreen)
        await pressed(pilot, "delete", "n", "delete", "y")
        assert cut_off.done == ["leave"]


async def test_enter_never_throws_a_run_away(tmp_path: Path) -> None:
    cut_off = CutOff(offer_for(checkpoint(), None, frozenset(), is_there=False))
    on = opened(tmp_path, cut_off)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await pressed(pilot, "enter")
        assert isinstance(on.app.screen, LibraryScreen)
        assert cut_off.done == []


async def test_what_asks_first_by_now_asks_first(tmp_path: Path) -> None:
    asking = replace(EVENING, unless=("pregnant",))
    cut_off = CutOff(offer_for(checkpoint(of=asking), asking, frozenset({"pregnant"})))
    on = opened(tmp_path, cut_off)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await pressed(pilot, "enter")
        assert "you are pregnant" in page(on)
        assert cut_off.done == []
        await pressed(pilot, "y")
        assert isinstance(on.app.screen, RunScreen)


async def test_what_another_took_up_meanwhile_is_told(tmp_path: Path) -> None:
    cut_off = of_now()
    cut_off.is_taken_elsewhere = True
    on = opened(tmp_path, cut_off)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await pressed(pilot, "enter")
        assert isinstance(on.app.screen, LibraryScreen)
        (told,) = notices(on)
        assert "resumed somewhere else" in told


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 40)])
async def test_all_of_it_is_there_at_every_size(tmp_path: Path, size: tuple[int, int]) -> None:
    on = opened(tmp_path, of_now())
    async with on.app.run_test(size=size) as pilot:
        await pilot.pause()
        told = seen(on)
        for words in ("Evening", "Foot soak, 1:10 of", "Enter: continue from", "Del: don't resume"):
            assert words in told


async def test_a_run_that_is_begun_anew_says_on_its_screen_that_one_was_cut_off(
    tmp_path: Path,
) -> None:
    on = stage(tmp_path, problem="Evening was cut off just now.")
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.after(pilot, 1)
        assert on.says("note") == "Evening was cut off just now."
        assert "was cut off just now" in seen(on)


async def test_a_name_typed_to_search_for_it_does_nothing_to_the_run(tmp_path: Path) -> None:
    cut_off = of_now()
    on = opened(tmp_path, cut_off)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await pressed(pilot, *"light strong by SLB")
        assert isinstance(on.app.screen, ResumeScreen)
        assert cut_off.done == []


async def test_a_key_in_the_first_second_was_meant_for_something_else(tmp_path: Path) -> None:
    cut_off = of_now()
    on = stage(tmp_path, None)
    data = replace(open_own_data(), clocks=on.time.clocks())
    notices = StartNotices(unfinished=(cut_off,))
    app = UncrampApp(library(tmp_path), None, on.app.make_conductor, notices=notices, data=data)
    async with app.run_test(size=(80, 24)) as pilot:
        await pressed(pilot, "enter", "2", "delete")
        assert isinstance(app.screen, ResumeScreen)
        on.time.seconds += 1
        await pressed(pilot, "enter")
        assert cut_off.done == ["conduct"]


FILE = """
title = "Evening"
{extra}
[[steps]]
name = "Rub"
time = "30s"
get_ready = 0
"""


def about_to_start(tmp_path: Path, *waiting: CutOff, extra: str = "") -> Stage:
    """The library with the routine of `waiting`, each look at the clock two seconds later."""
    on = opened(tmp_path)
    on.app.library = library(tmp_path, evening=FILE.format(extra=extra))
    app = UncrampApp(
        on.app.library, None, on.app.make_conductor, data=on.app.data,
        waiting=lambda id_: waiting if id_ == "evening" else (),
    )  # fmt: skip
    return Stage(app, on.time, on.players)


@pytest.mark.parametrize(("key", "place"), [("enter", 70_000), ("2", None), ("3", 0)])
async def test_a_routine_that_waits_to_be_resumed_is_started_only_after_a_question(
    tmp_path: Path, key: str, place: int | None
) -> None:
    cut_off = of_now()
    on = about_to_start(tmp_path, cut_off)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await pressed(pilot, "enter", "enter")
        assert isinstance(on.app.screen, ResumeScreen)
        assert "3: start over; the interrupted run is kept for later" in page(on)
        assert "Esc: go back, and start nothing" in page(on)
        assert "Del" not in keys(on)
        await pressed(pilot, "delete", "ctrl+n", "escape")
        assert isinstance(on.app.screen, RoutineScreen)
        assert (cut_off.done, on.players) == ([], [])
        await pressed(pilot, "enter", key)
        assert isinstance(on.app.screen, RunScreen)
        assert cut_off.done == ([] if key == "3" else ["conduct"])
        assert on.says("name") == ("Rub" if key == "3" else "Foot soak")
        if place is not None:
            assert on.run.conductor.view().played_ms == place


async def test_a_cramp_is_helped_at_once_whatever_waits(tmp_path: Path) -> None:
    on = about_to_start(tmp_path, of_now(), extra="urgent = true")
    async with on.app.run_test(size=(80, 24)) as pilot:
        await pressed(pilot, "enter", "enter")
        assert isinstance(on.app.screen, RunScreen)


async def test_what_cannot_be_resumed_asks_nothing(tmp_path: Path) -> None:
    on = about_to_start(tmp_path, of_now(None))
    async with on.app.run_test(size=(80, 24)) as pilot:
        await pressed(pilot, "enter", "enter")
        assert on.says("name") == "Rub"
