"""The page at the end of a run: which runs are finished, and what can be undone there."""

from pathlib import Path

import pytest
from textual import events
from textual.app import ComposeResult
from textual.widgets import Input

from tests.recording_player import RecordingPlayer
from tests.tui.stage import PRESS, ROLL, library, routine, stage
from uncramp.core.plan.plan import Plan, make_plan
from uncramp.core.routine.model import Choices, Side
from uncramp.core.run.moves import Phase
from uncramp.session.conductor import Conductor
from uncramp.tui.base_screen import Dialog
from uncramp.tui.dialogs.prompt import PromptDialog
from uncramp.tui.run import after_run
from uncramp.tui.run.after_run import AfterRun
from uncramp.tui.run.end_dialog import EndDialog
from uncramp.tui.run.finish import FinishScreen
from uncramp.tui.run.screen import RunScreen
from uncramp.tui.widgets.answer_page import AnswerPage
from uncramp.tui.widgets.words import Words

TWO_STEPS = make_plan(routine(PRESS))


async def test_a_run_whose_steps_were_all_skipped_is_not_finished(tmp_path: Path) -> None:
    on = stage(tmp_path, TWO_STEPS)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.press(pilot, "n", "n")
        assert isinstance(on.app.screen, FinishScreen)
        assert on.app.screen.query_one("#heading", Words).text == "Ended"
        assert on.app.screen.query_one("#facts", Words).text.endswith("0 of 2 steps done")
        await on.press(pilot, "x")
    assert on.app.return_value == 1


@pytest.mark.slow
async def test_the_last_skip_is_undone_from_the_finish_page(tmp_path: Path) -> None:
    on = stage(tmp_path, TWO_STEPS)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.press(pilot, "n", "n")
        assert "undo" in on.app.screen.query_one(AnswerPage).answers
        await on.press(pilot, "u")
        assert isinstance(on.app.screen, RunScreen)
        assert on.run.conductor.run.phase is Phase.RUNNING
        assert on.says("note") == "Undone: the skip."
        while on.run.conductor.record is None:
            await on.after(pilot, 1)
        assert isinstance(on.app.screen, FinishScreen)
        assert on.app.screen.query_one("#heading", Words).text == "Finished"
        assert "undo" not in on.app.screen.query_one(AnswerPage).answers


async def test_ctrl_q_leaves_the_program_from_the_page_and_what_is_over_it(tmp_path: Path) -> None:
    for keys in ((), ("question_mark",)):
        on = stage(tmp_path, TWO_STEPS)
        async with on.app.run_test(size=(80, 24)) as pilot:
            await on.press(pilot, "n", "n", *keys, "ctrl+q")
        assert on.app.return_value == 1, "some of it was skipped"
    ended = stage(tmp_path, make_plan(routine(ROLL)))
    async with ended.app.run_test(size=(80, 24)) as pilot:
        await ended.after(pilot, 120)
        await ended.press(pilot, "ctrl+p", *"leave the program", "enter")
    assert ended.app.return_value == 0


async def test_ctrl_q_on_a_page_over_a_run_asks_as_the_run_does(tmp_path: Path) -> None:
    on = stage(tmp_path, TWO_STEPS)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.press(pilot, "i", "ctrl+q")
        assert isinstance(on.app.screen, EndDialog)
        await on.press(pilot, "ctrl+q", "n")
        assert isinstance(on.app.screen, RunScreen)
        assert on.run.conductor.run.phase is Phase.RUNNING


async def test_what_ran_out_by_itself_is_left_by_u_as_by_any_key(tmp_path: Path) -> None:
    on = stage(tmp_path, make_plan(routine(ROLL)))
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.after(pilot, 120)
        assert isinstance(on.app.screen, FinishScreen)
        await on.press(pilot, "u")
    assert on.app.return_value == 0


SHORT = make_plan(routine(ROLL))
TEXT = """title = "8 × 20 s"
[[steps]]
name = "Work"
time = "20s"
"""


class Question(Dialog[str]):
    """Stands for the history's question: its first key answers it."""

    def __init__(self, advice: str) -> None:
        super().__init__()
        self._advice = advice

    def compose(self) -> ComposeResult:
        yield Words("What happened?")

    def on_key(self, event: events.Key) -> None:
        event.stop()
        self.dismiss(self._advice)


async def test_again_starts_the_same_run_with_the_same_choices(tmp_path: Path) -> None:
    on = stage(tmp_path, make_plan(routine(ROLL), Choices(first_side=Side.RIGHT)))
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.after(pilot, 120)
        await on.press(pilot, "A")
        assert isinstance(on.app.screen, RunScreen)
        assert on.run.conductor.plan.choices.first_side is Side.RIGHT
        assert len(on.players) == 2
        await on.after(pilot, 120)
        # The rows are chosen by the arrows too: after leaving comes again.
        await on.press(pilot, "down", "enter")
        assert isinstance(on.app.screen, RunScreen)
        assert len(on.players) == 3


async def test_a_run_without_a_file_can_be_kept_as_a_routine(tmp_path: Path) -> None:
    def conductor(plan: Plan) -> Conductor:
        run = Conductor(plan, on.time.clocks(), RecordingPlayer())
        run.text = TEXT
        return run

    on = stage(tmp_path, SHORT, conductors=conductor)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.after(pilot, 120)
        await on.press(pilot, "k")
        assert isinstance(on.app.screen, PromptDialog)
        on.app.screen.query_one(Input).value = "My Tabata"
        await on.press(pilot, "enter")
        page = on.app.screen.query_one(AnswerPage)
        assert "Kept: uncramp run my-tabata" in page.text
        assert "keep" not in page.answers
    kept = library(tmp_path).find("my-tabata")
    assert kept is not None
    assert kept.title == "My Tabata"
    assert not kept.problems


async def test_a_run_that_has_a_file_is_not_offered_to_be_kept(tmp_path: Path) -> None:
    on = stage(tmp_path, SHORT)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.after(pilot, 120)
        assert on.app.screen.query_one(AnswerPage).answers == ("leave", "again")


@pytest.mark.parametrize("advice", ["", "Three nights in a week: see a doctor."])
async def test_what_is_due_is_asked_before_any_key_leaves(
    advice: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = AfterRun(lambda: Question(advice))
    monkeypatch.setattr(after_run, "after_run", lambda *_: found)
    on = stage(tmp_path, TWO_STEPS)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.press(pilot, "n", "n")
        finish = on.app.screen
        assert finish.query_one(AnswerPage).answers == ("tell", "leave", "again", "undo")
        assert on.run.conductor.can_undo_end
        await on.press(pilot, "x")
        assert isinstance(on.app.screen, Question)
        assert not on.run.conductor.can_undo_end, "the run is in the history"
        await on.press(pilot, "x")
        if advice:
            assert on.app.screen is finish
            assert finish.query_one("#advice", Words).text == advice
            assert finish.query_one(AnswerPage).answers == ("leave", "again")
            await on.press(pilot, "x")
    assert on.app.return_value == 1


async def test_a_key_in_the_first_second_was_meant_for_the_run(tmp_path: Path) -> None:
    on = stage(tmp_path, TWO_STEPS)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.press(pilot, "n", "n")
        for key in ("x", "a", "u", "enter", "escape"):
            await pilot.press(key)
            await pilot.pause()
            assert isinstance(on.app.screen, FinishScreen), key
