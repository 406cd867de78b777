from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from unittest.mock import Mock

import pytest
from textual.widget import Widget

from tests.content.bundled import IDS
from tests.content.bundled import routine as bundled
from tests.recording_player import RecordingPlayer
from tests.tui.stage import (
    DRY,
    EVENING,
    PRESS,
    ROLL,
    ROUNDS,
    WITHOUT_ROLL,
    FakeAutosave,
    Time,
    phase,
    right_first,
    routine,
    seen,
    stage,
)
from uncramp.audio.player import Silence
from uncramp.core.plan.plan import Plan, SpanKind, make_plan
from uncramp.core.run.events import Event
from uncramp.core.run.moves import IllegalMove, Move, MoveKind, Phase
from uncramp.core.run.run import Run
from uncramp.session.conductor import Conductor
from uncramp.session.ports import RunPorts
from uncramp.tui.dialogs.page import PageOver
from uncramp.tui.run.screen import RunScreen
from uncramp.tui.run.text import how_words
from uncramp.tui.widgets.big_time import BigTime
from uncramp.tui.widgets.key_line import KeyLine
from uncramp.tui.widgets.letter_shapes import letters_drawn
from uncramp.tui.widgets.text_page import TextPage


@pytest.fixture(autouse=True)
def in_utc(use_zone: Callable[[str], None]) -> None:
    use_zone("UTC")


async def test_it_says_what_to_do_where_how_long_and_what_comes(tmp_path: Path) -> None:
    on = stage(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.after(pilot, 10)
        assert on.says("name") == "Foot soak"
        assert on.says("how") == "Lower both feet in slowly and sit back."
        assert on.says("state") == "left of 20:00"
        assert on.says("next") == "Next  Dry and look · until done\nThen  KD3 Taixi · left · 0:30"
        screen = seen(on)
        assert column_of(screen, "◀ BOTH ▶") >= 0
        assert "Step 1 of 5" in screen
        assert "Ends about 12:24" in screen
        assert "0:10 of about 24:30" in screen


async def test_a_get_ready_says_what_comes_and_where_to_find_it(tmp_path: Path) -> None:
    on = stage(tmp_path, routine(PRESS))
    async with on.app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert on.says("state") == "GET READY · then for 0:30"
        assert on.says("name") == "KD3 Taixi"
        find = "Inner ankle: the hollow between ankle bone and Achilles tendon."
        assert on.says("how") == f"{find} Knead in small firm circles."
        assert on.says("care") == "Care: Not on broken skin. Lightly when pregnant."
        await on.press(pilot, "enter")
        assert on.says("how") == "Knead in small firm circles."


def column_of(screen: str, words: str) -> int:
    """Where `words` stand in large letters of five rows; -1 where they do not."""
    rows = letters_drawn(words, 5, is_narrow=True)
    found = {line.find(rows[2]) for line in screen.splitlines()} - {-1}
    return min(found) if all(row in screen for row in rows) and found else -1


async def test_left_stands_left_and_right_stands_right(tmp_path: Path) -> None:
    on = stage(tmp_path, routine(PRESS))
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.after(pilot, 1)
        assert 0 <= column_of(seen(on), "◀ LEFT") < 5
        await on.press(pilot, "right")
        assert column_of(seen(on), "RIGHT ▶") + 34 > 70


async def test_space_pauses_and_goes_on_and_the_time_stands_still_meanwhile(tmp_path: Path) -> None:
    on = stage(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.after(pilot, 20)
        await on.press(pilot, "space")
        assert phase(on) is Phase.PAUSED
        assert "PAUSED · Space continues" in seen(on)
        before = on.run.query_one(BigTime).shown
        await on.after(pilot, 3600)
        assert on.run.query_one(BigTime).shown == before
        await on.press(pilot, "space")
        assert phase(on) is Phase.RUNNING
        assert "PAUSED" not in seen(on)


async def test_a_step_goes_no_further_than_its_range_and_says_so(tmp_path: Path) -> None:
    on = stage(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.press(pilot, "enter", "plus")
        assert on.says("note") == "20:00 is the longest for this step."


async def test_an_open_step_counts_up_and_ends_with_enter(tmp_path: Path) -> None:
    on = stage(tmp_path, routine(DRY, ROLL))
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.after(pilot, 75)
        assert on.says("state") == "so far · press Enter when done"
        assert on.run.query_one(BigTime).shown.text == "1:15"
        await on.press(pilot, "enter")
        assert on.says("name") == "Calf roll"


async def test_unseen_for_a_while_it_stands_and_says_how_long(tmp_path: Path) -> None:
    on = stage(tmp_path)
    async with on.app.run_test(size=(40, 12)) as pilot:
        await on.after(pilot, 30)
        on.time.seconds += 720
        on.run.tick()
        await pilot.pause()
        shown = " ".join(seen(on).split())
        assert "INTERRUPTED FOR 12 minutes. Space continues from here" in shown
        assert "C catches up with the clock." in shown
        await on.press(pilot, "c")
        assert phase(on) is Phase.RUNNING
        assert on.run.conductor.view().position_ms == 740_000


@pytest.mark.parametrize(("key", "position_ms"), [("space", 20_000), ("r", 0)])
async def test_after_a_lapse_it_goes_on_here_or_from_the_beginning(
    tmp_path: Path, key: str, position_ms: int
) -> None:
    on = stage(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.after(pilot, 30)
        on.time.seconds += 720
        on.run.tick()
        await on.press(pilot, key)
        assert phase(on) is Phase.RUNNING
        assert on.run.conductor.view().position_ms == position_ms


class Wakings:
    """Takes the place of `call_after`: remembers what waits, and for how long."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.waits_s: list[float] = []
        monkeypatch.setattr("uncramp.tui.run.screen.call_after", self.call_after)

    def call_after(self, _: Widget, wait_s: float, do: Callable[[], None]) -> Mock:
        self.waits_s.append(wait_s)
        return Mock(cancel=lambda: self.waits_s.remove(wait_s))


async def test_the_run_wakes_by_itself_at_the_next_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wakings = Wakings(monkeypatch)
    on = stage(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert wakings.waits_s == [pytest.approx(1.0)]
        await on.press(pilot, "space")
        assert wakings.waits_s == [], "nothing changes while it is paused"


async def test_a_second_is_shown_before_it_is_saved(tmp_path: Path) -> None:
    # The thread that saves would compete with the drawing for the interpreter.
    saved_when: list[str] = []

    class Watching(FakeAutosave):
        def take(self, run: Run, now: int, *, has_events: bool, is_move: bool) -> None:
            if not is_move:
                saved_when.append(on.run.query_one(BigTime).shown.text)

    def conductor(of: Plan) -> Conductor:
        ports = RunPorts(autosave=Watching(can_keep=True))
        return Conductor(of, on.time.clocks(), RecordingPlayer(), ports=ports)

    on = stage(tmp_path, routine(ROLL), conductors=conductor)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.after(pilot, 2)
        assert saved_when[:2] == ["1:59", "1:58"]


async def test_what_a_step_prompts_is_shown_for_a_minute(tmp_path: Path) -> None:
    on = stage(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.after(pilot, 70)
        assert on.says("note") == "Does it feel comfortable?"
        assert "Does it feel comfortable?" in seen(on)
        await on.after(pilot, 60)
        assert on.says("note") == ""


async def test_what_is_left_out_is_said_at_the_beginning(tmp_path: Path) -> None:
    on = stage(tmp_path, make_plan(EVENING, WITHOUT_ROLL))
    async with on.app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert on.says("note") == "Left out: Calf roll (you have varicose veins)."
        await on.after(pilot, 12)
        assert on.says("note") == ""


async def test_rounds_are_counted(tmp_path: Path) -> None:
    on = stage(tmp_path, ROUNDS)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.press(pilot, "right")
        assert "Step 2 of 3 · Round 2 of 3" in seen(on)
        await on.after(pilot, 120)
        assert on.says("state") == "REST"
        await on.press(pilot, "enter")
        assert "Round 3 of 3" in seen(on)


async def test_all_that_is_known_of_a_step_opens_over_it(tmp_path: Path) -> None:
    on = stage(tmp_path, routine(PRESS))
    async with on.app.run_test(size=(40, 12)) as pilot:
        await on.press(pilot, "i")
        assert isinstance(on.app.screen, PageOver)
        text = on.app.screen.query_one(TextPage).text
        for words in ("Knead in small", KD3_FIND, "Great Ravine", "Not on broken skin."):
            assert words in text
        await on.press(pilot, "escape")
        assert isinstance(on.app.screen, RunScreen)


KD3_FIND = "Inner ankle: the hollow between ankle bone and Achilles tendon."


async def test_the_keys_of_the_place_can_be_read(tmp_path: Path) -> None:
    on = stage(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.press(pilot, "question_mark")
        assert isinstance(on.app.screen, PageOver)
        text = on.app.screen.query_one(TextPage).text
        assert "Pause or continue, also if the step waits for you.  P" in text
        assert "Give this step 15 seconds more.  +" in text


async def test_a_right_leg_can_come_first(tmp_path: Path) -> None:
    on = stage(tmp_path, right_first())
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.press(pilot, "right", "right")
        assert column_of(seen(on), "RIGHT ▶") > 30


async def test_a_run_that_was_saved_goes_on_where_it_was(tmp_path: Path) -> None:
    now, plan = Time(), make_plan(EVENING)
    before = Run(plan)
    before.move(Move(MoveKind.START), 0)
    before.advance(4_000)
    saved = before.saved(4_000)
    on = stage(
        tmp_path, plan, conductors=lambda p: Conductor(p, now.clocks(), Silence(), saved=saved)
    )
    async with on.app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert phase(on) is Phase.RUNNING
        assert on.run.query_one(BigTime).shown.text == "0:06"


async def test_where_how_is_cut_the_key_that_opens_all_of_it_is_offered(tmp_path: Path) -> None:
    long = replace(ROLL, how="Squeeze and roll the calf from the ankle up. " * 6)
    on = stage(tmp_path, routine(long))
    async with on.app.run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        assert "I Details" in on.run.query_one(KeyLine).text
        assert "…" in seen(on)
        await on.press(pilot, "i")
        assert long.how is not None
        assert long.how.strip() in on.app.screen.query_one(TextPage).text


async def test_cautions_of_the_whole_routine_can_be_read_during_it(tmp_path: Path) -> None:
    on = stage(tmp_path, replace(EVENING, cautions=("Never get into water that hurts.",)))
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.press(pilot, "i")
        assert "Never get into water that hurts." in on.app.screen.query_one(TextPage).text


@pytest.mark.parametrize("key", [(), ("space",)])
async def test_at_20_by_6_the_side_and_the_state_are_whole(
    tmp_path: Path, key: tuple[str, ...]
) -> None:
    on = stage(tmp_path, routine(PRESS))
    async with on.app.run_test(size=(20, 6)) as pilot:
        await on.after(pilot, 1)
        await on.press(pilot, *key)
        shown = " ".join(seen(on).split())
        assert "◀ LEFT" in shown
        assert ("PAUSED · Space continues" if key else "GET READY · then for 0:30") in shown
        assert on.run.query_one(KeyLine).text == "I 2 cautions Q End"


async def test_how_sound_is_played_can_be_read_in_full(tmp_path: Path) -> None:
    on = stage(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:
        await on.press(pilot, "i")
        page = on.app.screen.query_one(TextPage)
        assert "Sound: remembered, not played." in page.text


async def test_a_move_that_comes_a_moment_too_late_does_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wakings = Wakings(monkeypatch)
    on = stage(tmp_path)
    async with on.app.run_test(size=(80, 24)) as pilot:

        def too_late(move: Move) -> tuple[Event, ...]:
            raise IllegalMove("the get-ready is over")

        monkeypatch.setattr(on.run.conductor, "move", too_late)
        await on.press(pilot, "enter")
        assert len(wakings.waits_s) == 1, "the run goes on"
        assert on.says("name") == "Foot soak"


@pytest.mark.parametrize("routine_id", IDS)
def test_what_a_bundled_step_says_itself_of_its_place_is_not_said_twice(routine_id: str) -> None:
    for span in make_plan(bundled(routine_id)).spans():
        step = span.step
        if step and step.how and step.point and span.kind is SpanKind.GET_READY:
            assert how_words(span).endswith(step.how)
            assert len(how_words(span)) <= len(step.how) + len(step.point.title) + 2
