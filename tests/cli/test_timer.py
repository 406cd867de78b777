"""`uncramp timer`: runs without a file, in every form, and says what is not a timer."""

import json

import pytest

from tests.cli.said import Said
from uncramp.cli.command_line import parsed
from uncramp.cli.options import run_options
from uncramp.cli.routine_lookup import open_library
from uncramp.core.plan.plan import make_plan
from uncramp.library.timer import new_timer, timer_entry
from uncramp.runs.checkpoint import checkpoint_from
from uncramp.session.own_data import open_own_data
from uncramp.session.run_options import RunOptions
from uncramp.session.session import Session
from uncramp.system import paths


@pytest.mark.parametrize(
    "words",
    [
        ("8x20s/10s", "Two", "words", "--speed", "1000"),
        ("--speed", "1000", "8x20s/10s", "Two words"),
        ("8x20s/10s", "Two", "--speed", "1000", "words"),
    ],
)
def test_it_runs_in_lines(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    said = Said(capsys, "timer", *words)
    assert (said.status, said.err) == (0, "")
    assert " 0:05  Begin: Two words, round 1 of 8, 20 seconds." in said.lines
    assert said.lines[-1].endswith("Finished: Two words. 8 of 8 steps done, 3 minutes 55 seconds.")


def test_it_runs_for_a_program(capsys: pytest.CaptureFixture[str]) -> None:
    said = Said(capsys, "timer", "5m", "--json", "--speed", "1000")
    events = [json.loads(line) for line in said.lines]
    assert (events[0]["id"], events[0]["total_ms"]) == ("timer-5m", 300_000)
    assert (events[-1]["event"], events[-1]["is_complete"]) == ("run-ended", True)


def test_how_a_run_is_performed_can_be_said_and_nothing_that_it_has_not() -> None:
    asked = parsed(["timer", "5m", "--volume", "20", "--no-voice", "--night"])
    assert run_options(asked) == RunOptions(volume=20, voice=False, is_night=True)
    with pytest.raises(SystemExit):
        parsed(["timer", "5m", "--side", "left"])


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("timer",), "uncramp: Say how long: uncramp timer 5m, or uncramp timer 8x20s/10s."),
        (("8x20s/10s",), "To time that long: uncramp timer 8x20s/10s"),
        (("timer", "8x20sec", "Tabata"), '     ^^^^^ is not a length of time. Write "20s".'),
    ],
)
def test_what_is_no_timer_is_answered(
    words: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    said = Said(capsys, *words)
    assert (said.status, said.out) == (2, "")
    assert told in said.err


def test_help_has_examples(capsys: pytest.CaptureFixture[str]) -> None:
    said = Said(capsys, "timer", "--help")
    assert said.status == 0
    assert 'uncramp timer 8x20s/10s "Tabata"' in said.out


def test_a_run_carries_the_whole_routine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNCRAMP_SOUND", "none")
    library, data = open_library(), open_own_data()
    entry = timer_entry(library, new_timer(["8x20s/10s", "Tabata"]))
    assert entry.routine is not None
    session = Session(library, RunOptions(), data, entry=entry)
    conductor = session.conductor(make_plan(entry.routine))
    assert conductor.text == entry.text
    conductor.begin()
    conductor.leave()
    conductor.player.close()
    assert session.close() == ()
    (file,) = paths.unfinished_folder().glob("*.json")
    about = checkpoint_from(file.read_bytes()).about
    assert (about.text, about.file) == (entry.text, "")

    # Another session resumes it, and what that runs again is the same timer.
    again = Session(library, RunOptions(), data)
    (found,) = again.resuming.look().unfinished
    offer = again.resuming.offer(found, frozenset())
    assert offer.plan is not None
    assert not offer.trouble
    taken = again.resuming.take(found, offer.here)
    assert taken is not None
    resumed = again.resume(offer.plan, taken)
    assert resumed.text == again.conductor(offer.plan).text == entry.text
    taken.held.release(remove=True)
