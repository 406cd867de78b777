"""`uncramp resume`: which run is resumed or left, and what is said if neither is possible."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.cli.said import Said
from tests.runs.made_runs import NOW_S, checkpoint_at, put
from uncramp.cli.commands import resume as command
from uncramp.cli.resume_words import running_words, unfinished_words
from uncramp.cli.routine_lookup import open_library
from uncramp.core.plan.plan import Plan, make_plan
from uncramp.core.routine.model import Routine
from uncramp.library.library import Library
from uncramp.library.timer import new_timer, timer_entry
from uncramp.runs.checkpoint import Checkpoint
from uncramp.runs.file_names import FILE_NAME
from uncramp.runs.history import History
from uncramp.runs.store import RunStore
from uncramp.session.own_data import open_own_data
from uncramp.session.resuming import ResumedRun, Resuming
from uncramp.session.run_options import RunOptions
from uncramp.session.session import Session
from uncramp.system import paths
from uncramp.system.clocks import Clocks
from uncramp.system.locks import FileLock

CLOCKS = Clocks(lambda: 0.0, lambda: 0.0, lambda: NOW_S)

TEXT = """
title = "Evening"
[[steps]]
name = "Foot soak"
time = "1m"
get_ready = "5s"
[[steps]]
name = "Calf roll"
time = "30s"
sides = "each"
"""


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("uncramp.session.own_data.system_clocks", lambda: CLOCKS)


@pytest.fixture
def store() -> RunStore:
    return RunStore(paths.unfinished_folder(), lambda: NOW_S)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "evening.toml"
    file.write_text(TEXT, encoding="utf-8")
    return file


Resumed = list[tuple[Plan, ResumedRun, str]]
"""What was resumed: the plan, where, and the words that were shown."""


@pytest.fixture
def gone_on(monkeypatch: pytest.MonkeyPatch) -> Resumed:
    """The runs that were resumed; none of them is really run."""
    taken: Resumed = []

    def follow(
        _session: object, plan: Plan, _front: object, opening: tuple[str, ...], run: ResumedRun
    ) -> int:
        taken.append((plan, run, opening[0]))
        run.held.release(remove=False)
        return 0

    monkeypatch.setattr(command, "follow_in_plain", follow)
    return taken


def routine_in(file: Path) -> Routine:
    routine = open_library().open_path(file).routine
    assert routine is not None
    return routine


def cut_off(file: Path, ms: int = 70_000, seen_s: float = NOW_S - 120) -> Checkpoint:
    return checkpoint_at(ms, make_plan(routine_in(file)), seen_s, file=str(file))


def records() -> list[dict[str, object]]:
    history = paths.history_folder() / FILE_NAME
    return [json.loads(line) for line in history.read_text(encoding="utf-8").splitlines()]


def test_where_nothing_was_cut_off_it_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    said = Said(capsys, "resume")
    assert (said.status, said.out) == (2, "")
    assert said.err == "uncramp: There is no run that was cut off.\n"


def test_it_goes_on_at_that_moment(
    capsys: pytest.CaptureFixture[str],
    store: RunStore,
    file: Path,
    gone_on: Resumed,
) -> None:
    checkpoint = cut_off(file)
    put(store, checkpoint)
    assert Said(capsys, "resume").status == 0
    ((plan, taken, words),) = gone_on
    assert taken.saved == checkpoint.saved
    assert plan.fingerprint == checkpoint.saved.fingerprint
    assert words == ("Evening was cut off 2 minutes ago: Calf roll, left side, 1:10 of 2:15.")


def test_a_timer_is_resumed_though_no_file_holds_it(
    capsys: pytest.CaptureFixture[str],
    store: RunStore,
    gone_on: Resumed,
) -> None:
    entry = timer_entry(open_library(), new_timer(["8x20s/10s", "Tabata"]))
    assert entry.routine is not None
    put(store, checkpoint_at(40_000, make_plan(entry.routine), file="", text=entry.text))
    assert Said(capsys, "resume", "timer-tabata").status == 0
    ((plan, taken, words),) = gone_on
    assert (plan.routine.title, plan.total.steps) == ("Tabata", 8)
    assert taken.found.checkpoint.about.text == entry.text
    assert words.endswith("cut off just now: Tabata, 0:40 of 3:55.")


def test_it_begins_the_step_again(
    capsys: pytest.CaptureFixture[str],
    store: RunStore,
    file: Path,
    gone_on: Resumed,
) -> None:
    put(store, cut_off(file))
    assert Said(capsys, "resume", "--from-step").status == 0
    ((plan, taken, _),) = gone_on
    assert taken.saved is not None
    assert taken.saved.position_ms == 0
    assert plan.span(taken.saved.index).name == "Calf roll"


def test_the_latest_is_meant_or_the_latest_of_a_routine(
    capsys: pytest.CaptureFixture[str],
    store: RunStore,
    file: Path,
    gone_on: Resumed,
) -> None:
    older = cut_off(file, 9_000, NOW_S - 500)
    other = replace(cut_off(file), about=replace(cut_off(file).about, routine_id="other"))
    for checkpoint in (older, other):
        put(store, checkpoint)
    Said(capsys, "resume", "evening")
    assert gone_on[0][1].saved == older.saved
    said = Said(capsys, "resume", "nothing")
    assert said.status == 2
    assert "no run of nothing that was cut off" in said.err


def test_it_can_be_left_and_is_history(
    capsys: pytest.CaptureFixture[str], store: RunStore, file: Path
) -> None:
    put(store, cut_off(file))
    said = Said(capsys, "resume", "--forget")
    assert said.status == 0
    assert said.lines == ["Evening: Ended at 1:10 of 2:15. 1 of 3 steps done."]
    (record,) = records()
    assert (record["played_ms"], record["is_complete"]) == (70_000, False)
    assert list(store.folder.iterdir()) == []
    assert Said(capsys, "resume").status == 2


def test_a_changed_routine_says_so_and_how_to_go_on(
    capsys: pytest.CaptureFixture[str],
    store: RunStore,
    file: Path,
    gone_on: Resumed,
) -> None:
    put(store, cut_off(file))
    file.write_text(TEXT.replace("1m", "2m"), encoding="utf-8")
    said = Said(capsys, "resume")
    assert said.status == 2
    assert "The routine has changed since." in said.err
    assert 'uncramp resume --from-step resumes at the start of "Calf roll".' in said.err
    assert gone_on == []
    assert Said(capsys, "resume", "--from-step").status == 0
    assert gone_on[0][0].total.length_ms == 195_000


def test_a_routine_without_that_step_says_so(
    capsys: pytest.CaptureFixture[str], store: RunStore, file: Path
) -> None:
    put(store, cut_off(file))
    file.write_text(TEXT.replace("Calf roll", "Stretch"), encoding="utf-8")
    for words in ((), ("--from-step",)):
        said = Said(capsys, "resume", *words)
        assert said.status == 2
        assert 'There is no longer a step "Calf roll".' in said.err
        assert "uncramp run evening starts it over." in said.err


def test_a_routine_that_is_gone_or_wrong_says_so(
    capsys: pytest.CaptureFixture[str], store: RunStore, file: Path
) -> None:
    put(store, cut_off(file))
    file.write_text("title = 3", encoding="utf-8")
    said = Said(capsys, "resume")
    assert said.status == 2
    assert f"Its file has problems now. uncramp check {file} lists them." in said.err
    file.unlink()
    said = Said(capsys, "resume")
    assert f"Its file is no longer there: {file}." in said.err
    assert "uncramp resume --forget" in said.err


def test_what_a_person_said_since_counts(
    capsys: pytest.CaptureFixture[str], store: RunStore, file: Path
) -> None:
    file.write_text(TEXT + 'unless = ["pregnant"]\n', encoding="utf-8")
    put(store, cut_off(file, 9_000))
    Said(capsys, "me", "--set", "pregnant")
    said = Said(capsys, "resume")
    assert said.status == 2
    assert "What you said about yourself has changed since." in said.err


def test_a_harmed_file_is_told_and_the_other_is_gone_on_with(
    capsys: pytest.CaptureFixture[str],
    store: RunStore,
    file: Path,
    gone_on: Resumed,
) -> None:
    put(store, cut_off(file))
    harmed = put(store, cut_off(file))
    assert isinstance(harmed, Path)
    harmed.write_bytes(b"\x00\x00")
    said = Said(capsys, "resume")
    assert said.status == 0
    assert f"It was renamed to {harmed.name}.aside." in said.err
    assert len(gone_on) == 1


def test_what_goes_on_elsewhere_is_told_and_not_taken(
    capsys: pytest.CaptureFixture[str], store: RunStore, file: Path
) -> None:
    held = put(store, cut_off(file), is_held=True)
    assert isinstance(held, FileLock)
    said = Said(capsys, "resume")
    assert said.status == 2
    assert "Evening is running in /dev/pts/3 on here (process 4711), since " in said.err
    held.release(remove=False)


def test_how_many_more_are_running_is_told(store: RunStore, file: Path) -> None:
    holds = [put(store, cut_off(file), is_held=True) for _ in range(3)]
    words = running_words(store.look())
    assert words.endswith("So are 2 more.")
    for held in holds:
        assert isinstance(held, FileLock)
        held.release(remove=False)
    assert running_words(store.look()) == ""


def test_what_nobody_goes_on_with_any_more_is_history(store: RunStore, file: Path) -> None:
    put(store, cut_off(file, seen_s=NOW_S - 30 * 24 * 3600))
    history = History(paths.history_folder(), CLOCKS.wall)
    stored = Resuming(store, history, open_library(), CLOCKS).look()
    assert stored.unfinished == ()
    assert len(records()) == 1
    assert list(store.folder.iterdir()) == []


def test_running_the_same_one_anew_says_that_it_was_cut_off(store: RunStore, file: Path) -> None:
    put(store, cut_off(file))
    words = unfinished_words(store.look(), "evening", CLOCKS)
    assert words.startswith("Evening was cut off 2 minutes ago: ")
    assert words.endswith("This starts over; uncramp resume continues from there.")
    assert unfinished_words(store.look(), "bedtime", CLOCKS) == ""


def test_a_routine_of_the_library_is_found_by_its_id(
    capsys: pytest.CaptureFixture[str], store: RunStore, gone_on: Resumed
) -> None:
    library: Library = open_library()
    entry = library.find("bedtime")
    assert entry is not None
    assert entry.routine is not None
    # As after an update that moved the bundled routines.
    checkpoint = checkpoint_at(
        9_000, make_plan(entry.routine), NOW_S - 5, file="/old/place/bedtime.toml"
    )
    put(store, checkpoint)
    assert Said(capsys, "resume").status == 0
    assert gone_on[0][1].saved == checkpoint.saved


def test_a_run_that_the_history_does_not_take_stays_to_be_resumed(
    capsys: pytest.CaptureFixture[str], store: RunStore, file: Path
) -> None:
    put(store, cut_off(file))
    (paths.history_folder() / FILE_NAME).mkdir()
    said = Said(capsys, "resume", "--forget")
    assert said.status == 2
    assert "could not be added to the history" in said.err
    assert len(store.look().unfinished) == 1


def test_the_library_finds_what_waits_of_one_routine_as_it_is_now(
    store: RunStore, file: Path
) -> None:
    session = Session(open_library(), RunOptions(), open_own_data())
    assert session.cut_off_of("evening") == []
    older, other = cut_off(file, 9_000, NOW_S - 500), cut_off(file)
    for checkpoint in (
        older,
        cut_off(file),
        replace(other, about=replace(other.about, routine_id="other")),
    ):
        put(store, checkpoint)
    found = session.cut_off_of("evening")
    assert [run.offer.checkpoint.seen_s for run in found] == [NOW_S - 120, NOW_S - 500]


def test_what_was_left_can_be_brought_back_until_the_next_is_left(
    store: RunStore, file: Path
) -> None:
    put(store, cut_off(file, 70_000))
    put(store, cut_off(file, 20_000))
    history = History(paths.history_folder(), CLOCKS.wall)
    resuming = Resuming(store, history, open_library(), CLOCKS)
    one, other = resuming.look().unfinished
    assert resuming.set_aside(one) is None
    assert resuming.look().unfinished == (other,)
    assert not (paths.history_folder() / FILE_NAME).exists(), "it is no history yet"
    assert resuming.bring_back()
    assert len(resuming.look().unfinished) == 2
    assert resuming.set_aside(one) is None
    assert resuming.set_aside(other) is None
    assert len(records()) == 1, "the first one can be brought back no more"
    resuming.settle()
    assert len(records()) == 2
    assert not resuming.bring_back()
    assert list(store.folder.iterdir()) == []


def test_what_a_killed_program_had_set_aside_is_history_at_the_next_start(
    store: RunStore, file: Path
) -> None:
    put(store, cut_off(file))
    history = History(paths.history_folder(), CLOCKS.wall)
    killed = Resuming(store, history, open_library(), CLOCKS)
    assert killed.set_aside(killed.look().unfinished[0]) is None
    assert Resuming(store, history, open_library(), CLOCKS).look().unfinished == ()
    assert len(records()) == 1
    assert not killed.bring_back()
    assert list(store.folder.iterdir()) == []
