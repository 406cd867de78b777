import json
from collections.abc import Callable

import pytest

from tests.listening.fake_ear import FakeEar
from tests.plain.stage import Asleep, Stage
from tests.recording_player import CancelCall, RecordingPlayer
from uncramp.audio.player import SoundStatus
from uncramp.core.plan.plan import make_plan
from uncramp.core.routine.model import Group, Routine, Sides, Step
from uncramp.core.run.events import Event
from uncramp.core.run.moves import Move, MoveKind
from uncramp.listening.ear import LISTENS
from uncramp.listening.ear_status import EarStatus
from uncramp.plain.output import OutputClosed
from uncramp.plain.run_input import Arrival, AskedElsewhere, InputEnded, InputKind, Stopped, Typed

RUB = Step("steps[0]", "Rub", 30_000, get_ready_ms=5_000, how="With the fist.")
HOLD = Step("steps[1]", "Hold", 60_000, is_open=True)
ROLL = Step("steps[2]", "Roll", 60_000, sides=Sides.EACH)
PLAN = make_plan(Routine("r", "Evening", (RUB, HOLD, ROLL)))
LONE = make_plan(Routine("r", "Evening", (Step("steps[0]", "Rub", 30_000),)))


def keys(*pressed: tuple[float, str]) -> list[tuple[float, Typed]]:
    return [(at, Typed(key)) for at, key in pressed]


def test_a_run_is_told_a_line_a_moment() -> None:
    stage = Stage(PLAN, keys((100, "enter")))
    assert stage.follow() == 0
    assert stage.lines == [
        " 0:00  Start: Evening. 4 steps, 3 minutes 35 seconds. "
        "1 step lasts until you say so, counted up to its first prompt.",
        " 0:00  Get ready, 5 seconds. Then: Rub, 30 seconds. With the fist.",
        " 0:05  Begin: Rub, 30 seconds.",
        " 0:35  Done: Rub.",
        " 0:35  Begin: Hold, until you say so. Press Enter when it is done.",
        " 1:35  1 minute.",
        " 1:40  Done: Hold.",
        " 1:40  Begin: Roll, left side, 1 minute.",
        " 2:10  Halfway.",
        " 2:25  Next: Roll, right side.",
        " 2:40  Done: Roll.",
        " 2:40  Change to the right side. Begin: Roll, right side, 1 minute.",
        " 3:10  Halfway.",
        " 3:40  Done: Roll.",
        " 3:40  Finished: Evening. 4 of 4 steps done, 3 minutes 40 seconds.",
    ]


def test_where_nobody_can_be_asked_an_open_step_ends_at_its_first_prompt() -> None:
    stage = Stage(PLAN, [(0, InputEnded())], InputKind.WORDS)
    assert stage.follow() == 0
    begin = " 0:35  Begin: Hold, until you say so. "
    begin += "It ends by itself at its first prompt, after 1 minute."
    assert begin in stage.lines
    assert " 1:35  Ended at its first prompt: Hold." in stage.lines


class FakeControl:
    """Another program that makes a move each time it is served."""

    wait_s = None

    def __init__(self, stage: Stage, *moves: MoveKind) -> None:
        self.stage = stage
        self.moves = list(moves)
        self.done: list[str] = []
        self.take: Callable[[tuple[Event, ...]], None] = lambda _: None

    def open(self, take: Callable[[tuple[Event, ...]], None]) -> str:
        self.take = take
        self.done.append("open")
        return "It is open to others."

    def fileno(self) -> int | None:
        return None

    def serve(self) -> None:
        self.take(self.stage.conductor.move(Move(self.moves.pop(0))))

    def tell_change(self) -> None: ...

    def close(self) -> None:
        self.done.append("close")


def test_that_it_listens_and_that_it_does_so_no_longer_is_told_once_each() -> None:
    stage, ear = Stage(LONE, [(5, AskedElsewhere()), (15, AskedElsewhere())]), FakeEar()
    told = [EarStatus(), EarStatus(is_listening=True, words=LISTENS), EarStatus(words="No longer.")]
    ear.status = told.pop(0)

    class Control(FakeControl):
        def serve(self) -> None:
            ear.status = told.pop(0)

    stage.conductor.ear, stage.conductor.control = ear, Control(stage)
    assert stage.follow() == 0
    assert [line for line in stage.lines if "isten" in line or "longer" in line] == [
        f" 0:05  {LISTENS}",
        " 0:15  No longer.",
    ]


def test_where_only_claps_can_answer_open_steps_wait_for_them_while_it_listens() -> None:
    asked: list[tuple[float, Arrival]] = [
        (0, InputEnded()),
        (3, AskedElsewhere()),
        (50, AskedElsewhere()),
    ]
    stage, ear = Stage(PLAN, asked, InputKind.WORDS), FakeEar()
    told = [EarStatus(is_listening=True, words=LISTENS), EarStatus(words="No longer.")]
    ear.status = EarStatus()

    class Control(FakeControl):
        def serve(self) -> None:
            ear.status = told.pop(0)

    stage.conductor.ear, stage.conductor.control = ear, Control(stage)
    assert stage.follow() == 0
    begin = stage.lines.index(" 0:35  Done: Rub.")
    assert stage.lines[begin + 1 : begin + 7] == [
        " 0:35  Begin: Hold, until you say so. Clap twice when it is done.",
        " 0:50  No longer.",
        " 0:50  Nobody can be asked any more. From now on, a step that waits for you ends at its "
        "first prompt.",
        " 1:35  1 minute.",
        " 1:35  Ended at its first prompt: Hold.",
        " 1:35  Begin: Roll, left side, 1 minute.",
    ]


def test_another_program_steers_it_and_a_pause_of_its_own_lasts() -> None:
    """Even if nobody is at the keyboard, so that a run continues from a lapse by itself."""
    asked = [(10, AskedElsewhere()), (100, AskedElsewhere())]
    stage = Stage(LONE, asked, InputKind.NOBODY)
    control = FakeControl(stage, MoveKind.PAUSE, MoveKind.GO_ON)
    stage.conductor.control = control
    assert stage.follow() == 0
    assert stage.lines[1:] == [
        " 0:00  Begin: Rub, 30 seconds.",
        " 0:00  It is open to others.",
        " 0:10  Paused. Nobody can be asked.",
        " 0:10  Continuing.",
        " 0:30  Done: Rub.",
        " 0:30  Finished: Evening. 1 of 1 step done, 30 seconds.",
    ]
    assert control.done == ["open", "close"]
    assert stage.now_s - stage.start_s == 120


def test_what_is_done_from_elsewhere_answers_the_question_whether_to_end() -> None:
    keys: list[tuple[float, Arrival]] = [(at, Typed("q")) for at in (5, 7, 8)]
    stage = Stage(LONE, sorted([*keys, (6, AskedElsewhere())], key=lambda one: one[0]))
    stage.conductor.control = FakeControl(stage, MoveKind.PAUSE)
    assert stage.follow() == 1
    questions = [line for line in stage.lines if "End the run?" in line]
    assert [line[:5].strip() for line in questions] == ["0:05", "0:06"], "Q asks once more"


def test_input_that_ends_inside_an_open_step_lets_it_end() -> None:
    stage = Stage(PLAN, [(50, InputEnded())], InputKind.WORDS)
    assert stage.follow() == 0
    assert " 0:35  Begin: Hold, until you say so. Write done when it is done." in stage.lines
    words = "From now on, a step that waits for you ends at its first prompt."
    assert f" 0:50  Standard input has ended. {words}" in stage.lines
    assert " 1:35  Ended at its first prompt: Hold." in stage.lines


def test_a_pause_that_nobody_can_end_is_over() -> None:
    stage = Stage(LONE, [(3, Typed("pause")), (9, InputEnded())], InputKind.WORDS)
    assert stage.follow() == 0
    assert " 0:03  Continuing." in stage.lines


def test_each_line_of_a_pipe_is_a_move() -> None:
    script = keys((1, "next"), (2, "Pause"), (4, "go-on"), (5, "jump 3"), (6, "more"), (7, "end"))
    stage = Stage(PLAN, script, InputKind.WORDS)
    assert stage.follow() == 1
    assert stage.lines[2:] == [
        " 0:01  Left before its end: Get ready for Rub.",
        " 0:01  Begin: Hold, until you say so. Write done when it is done.",
        " 0:02  Paused. Write go on to continue.",
        " 0:02  Continuing.",
        " 0:03  Left before its end: Hold.",
        " 0:03  Begin: Roll, left side, 1 minute.",
        " 0:04  Now 1 minute 15 seconds long.",
        " 0:05  Ended at 0:05 of 3:35. 0 of 4 steps done.",
    ]


def test_a_word_that_is_none_is_told_the_words() -> None:
    stage = Stage(LONE, keys((1, "stop it")), InputKind.WORDS)
    assert stage.follow() == 0
    told = [line for line in stage.lines if "stop it" in line]
    assert told == [
        ' 0:01  "stop it" is not a word I know. Write one of: '
        "pause, go on, done, still, next, back, again, more, less, jump N, catch up, undo, end, "
        "keep, louder, softer, quiet, mute, unmute, volume N."
    ]


@pytest.mark.parametrize("word", ["jump 0", "jump 9"])
def test_a_jump_to_no_step_says_which_there_are(word: str) -> None:
    stage = Stage(PLAN, [(1, Typed(word)), (2, Typed("end"))], InputKind.WORDS)
    assert stage.follow() == 1
    assert stage.lines[2] == f" 0:01  There is no step {word[5:]}. Write a number from 1 to 4."


def test_a_move_that_is_not_allowed_now_changes_nothing() -> None:
    stage = Stage(LONE, keys((1, "enter")))
    assert stage.follow() == 0
    assert stage.lines[2].startswith(" 0:01  Done: not now. Now: again, back, end,")
    assert stage.lines[-1].startswith(" 0:30  Finished")


def test_the_keys_of_a_terminal() -> None:
    stage = Stage(LONE, keys((1, " "), (3, " "), (4, "+"), (5, "-"), (6, "r"), (7, "?")))
    assert stage.follow() == 0
    assert stage.lines[2:9] == [
        " 0:01  Paused. Press Space to continue.",
        " 0:01  Continuing.",
        " 0:02  Now 45 seconds long.",
        " 0:03  Now 30 seconds long.",
        " 0:04  Left before its end: Rub.",
        " 0:04  Begin: Rub, 30 seconds.",
        " 0:05  Keys: Enter: done. S: still. Space: pause. P: pause. Right or N: next. "
        "Left or B: back. U: undo. R or A: again. C: catch up. Plus: more. Minus: less. "
        "Up: louder. Down: softer. M: quiet, mute. Q: end.",
    ]


def test_q_asks_before_it_ends_the_run() -> None:
    stage = Stage(LONE, keys((1, "q"), (2, "x"), (3, "q"), (4, "q")))
    assert stage.follow() == 1
    assert [line for line in stage.lines if "End the run?" in line] == [
        f" 0:0{at}  End the run? Q again ends it, K keeps it for later. Any other key goes on."
        for at in (1, 3)
    ]
    assert stage.lines[-1] == " 0:04  Ended at 0:04 of 0:30. 0 of 1 step done."


@pytest.mark.parametrize("status", [130, 143, 129])
def test_a_signal_ends_it_in_order(status: int) -> None:
    stage = Stage(PLAN, [(40, Stopped(status))])
    assert stage.follow() == status
    assert stage.lines[-1] == " 0:40  Ended at 0:40 of 3:35. 1 of 4 steps done."
    assert isinstance(stage.player, RecordingPlayer)
    assert stage.player.calls[-1] == CancelCall()


@pytest.mark.parametrize(
    ("key", "then"),
    [(" ", " 0:04  Continuing."), ("c", " 0:15  Continuing.")],
)
def test_a_lapse_is_told_and_the_person_decides(key: str, then: str) -> None:
    stage = Stage(LONE, [(5, Asleep(10)), (20, Typed(key))])
    assert stage.follow() == 0
    assert stage.lines[2] == (
        " 0:04  Interrupted for 11 seconds, so it is paused here. "
        "Press Space to continue from here, R to repeat this step, or C to catch up with the clock."
    )
    assert stage.lines[3] == then


def test_a_lapse_that_nobody_saw_is_gone_on_from() -> None:
    stage = Stage(LONE, [(0, InputEnded()), (5, Asleep(10))], InputKind.WORDS)
    assert stage.follow() == 0
    assert stage.lines[2:4] == [
        " 0:04  Interrupted for 11 seconds, so it is paused here. Nobody can be asked.",
        " 0:04  Continuing.",
    ]


def test_a_rehearsal_says_the_same_as_a_run_of_nobody() -> None:
    rehearsal, alone = Stage(PLAN, speed=600), Stage(PLAN, [(0, InputEnded())], InputKind.WORDS)
    assert rehearsal.follow() == alone.follow() == 0
    assert rehearsal.lines == alone.lines


def test_it_waits_for_the_next_moment_and_never_longer() -> None:
    stage = Stage(LONE)
    stage.follow()
    assert len(stage.waits) <= 32
    assert all(wait is not None and wait <= 1.0 for wait in stage.waits)


def test_a_reader_who_is_gone_ends_the_run() -> None:
    stage = Stage(LONE)
    stage.is_read_until = "Done"
    with pytest.raises(OutputClosed):
        stage.follow()
    assert stage.conductor.record is not None


class Mute(RecordingPlayer):
    words = "No sound: no device was found."

    def status(self) -> SoundStatus:
        return SoundStatus(False, None, self.words)


def test_why_nothing_is_heard_is_said_once() -> None:
    stage = Stage(LONE, player=Mute())
    stage.follow()
    assert [line for line in stage.lines if "No sound" in line] == [
        " 0:03  No sound: no device was found."
    ]


def test_a_rehearsal_says_nothing_of_sound() -> None:
    stage = Stage(LONE, player=Mute(), speed=2)
    stage.follow()
    assert not [line for line in stage.lines if "sound" in line]


def test_json_is_an_object_a_line() -> None:
    stage = Stage(LONE, is_json=True)
    stage.follow()
    told = [json.loads(line) for line in stage.lines]
    assert [fields["event"] for fields in told] == [
        "started", "span-began", "cue", "cue", "cue", "cue", "cue", "cue", "span-ended",
        "run-ended",
    ]  # fmt: skip
    assert told[3] == {
        "event": "cue", "at_ms": 27_000, "played_ms": 27_000, "index": 0, "show": None,
        "span_at_ms": 27_000, "cue": "tick", "sound": "tick", "say": None,
    }  # fmt: skip
    assert told[-1]["is_complete"] is True


def test_rounds_and_rests_are_told() -> None:
    group = Group("g", (RUB,), repeat=2, rest_ms=10_000)
    stage = Stage(make_plan(Routine("r", "R", (group,))))
    stage.follow()
    told = [line for line in stage.lines if "round" in line or "Rest" in line]
    assert told == [
        " 0:00  Get ready, 5 seconds. Then: Rub, round 1 of 2, 30 seconds. With the fist.",
        " 0:05  Begin: Rub, round 1 of 2, 30 seconds.",
        " 0:35  Rest, 5 seconds.",
        " 0:40  Get ready, 5 seconds. Then: Rub, round 2 of 2, 30 seconds. With the fist.",
        " 0:45  Begin: Rub, round 2 of 2, 30 seconds.",
    ]


def test_a_move_is_undone_and_so_it_says() -> None:
    stage = Stage(LONE, keys((1, " "), (3, "u")))
    assert stage.follow() == 0
    assert stage.lines[2:5] == [
        " 0:01  Paused. Press Space to continue.",
        " 0:03  Undone: pause.",
        " 0:03  Continuing.",
    ]
