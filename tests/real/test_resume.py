"""Runs that are cut off, resumed and finished; two at once; a disk that is full."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.real.listening import until
from tests.real.test_plain_process import QUICK, Running, ran
from uncramp.runs.file_names import FILE_NAME
from uncramp.system import paths


@pytest.fixture(autouse=True)
def _silence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNCRAMP_SOUND", "none")


@pytest.fixture
def quick(tmp_path: Path) -> Path:
    file = tmp_path / "quick.toml"
    file.write_text(QUICK.format(time="3s") + QUICK.format(time="1s").partition("\n")[2])
    return file


@pytest.fixture
def started() -> Iterator[list[Running]]:
    runs: list[Running] = []
    yield runs
    for run in runs:
        run.process.kill()
        run.process.communicate()


def begun(started: list[Running], *words: str) -> Running:
    run = Running(*words)
    started.append(run)
    run.read_to("Begin: Rub")
    return run


def killed(started: list[Running], file: Path) -> None:
    run = begun(started, str(file))
    run.ask("pause")
    run.read_to("Paused")
    assert until(lambda: any(paths.unfinished_folder().glob("*.json")))
    run.process.kill()
    run.process.communicate()


def test_taken_up_and_brought_to_its_end_it_is_one_run(quick: Path, started: list[Running]) -> None:
    killed(started, quick)
    told = ran("resume", "--json")
    assert (told.returncode, told.stderr) == (0, "")
    events = [json.loads(line) for line in told.stdout.splitlines()]
    assert [event["event"] for event in events[:2]] == ["span-began", "went-on"]
    assert events[-1]["is_complete"]
    assert events[-1]["steps_done"] == 2
    assert list(paths.unfinished_folder().iterdir()) == []
    history = (paths.history_folder() / FILE_NAME).read_text(encoding="utf-8").splitlines()
    assert len(history) == 1
    assert ran("resume").returncode == 2


def test_a_person_reads_where_it_goes_on(quick: Path, started: list[Running]) -> None:
    killed(started, quick)
    told = ran("resume", "--plain", "--from-step", text="end\n")
    first, *rest = told.stdout.splitlines()
    assert first.startswith("Quick was cut off just now: Rub, 0:0")
    assert rest[0].endswith("Begin: Rub, 3 seconds.")
    assert rest[1].endswith("Continuing.")
    assert told.returncode == 1


def test_beginning_anew_says_in_one_line_that_one_was_cut_off(
    quick: Path, started: list[Running]
) -> None:
    killed(started, quick)
    told = ran("run", str(quick), "--plain", text="end\n")
    (line,) = told.stderr.splitlines()
    assert line.startswith("uncramp: Quick was cut off just now: Rub, ")
    assert " 0:00  Start: Quick." in told.stdout
    assert len(list(paths.unfinished_folder().glob("*.json"))) == 1, "it can still be resumed"


def test_what_was_done_since_to_the_end_is_not_offered_any_more(
    quick: Path, started: list[Running]
) -> None:
    killed(started, quick)
    assert ran("run", str(quick), "--plain").returncode == 0
    assert list(paths.unfinished_folder().iterdir()) == []
    history = (paths.history_folder() / FILE_NAME).read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["is_complete"] for line in history] == [True, False]


def test_the_second_says_that_one_is_running_and_where(quick: Path, started: list[Running]) -> None:
    quick.write_text(QUICK.format(time="1m"), encoding="utf-8")
    first = begun(started, str(quick))
    second = begun(started, str(quick))
    assert until(lambda: len(list(paths.unfinished_folder().glob("*.json"))) == 2)
    for run in (second, first):
        run.ask("end")
        status, _, err = run.ended()
        assert status == 1
        location = f"uncramp: Quick is running without a terminal (process {first.process.pid})"
        assert err.startswith(location) if run is second else err == ""
    assert list(paths.unfinished_folder().iterdir()) == []


def test_a_cramp_asks_nothing_and_says_nothing_of_what_was(
    quick: Path, started: list[Running]
) -> None:
    killed(started, quick)
    told = ran("now", "--plain", text="end\n")
    assert told.stderr == ""
    assert "cut off" not in told.stdout


def test_where_nothing_can_be_kept_the_run_goes_on_and_says_so_once(quick: Path) -> None:
    paths.history_folder().parent.mkdir(parents=True)
    paths.history_folder().write_text("in the way", encoding="utf-8")
    told = ran("run", str(quick), "--plain")
    assert told.returncode == 0
    assert told.stdout.count("This run goes on, but it cannot be saved in ") == 1
    assert "Finished: Quick." in told.stdout


def test_what_is_kept_is_for_nobody_elses_eyes(quick: Path, started: list[Running]) -> None:
    killed(started, quick)
    for place in (paths.unfinished_folder(), *paths.unfinished_folder().iterdir()):
        assert place.stat().st_mode & 0o077 == 0, place
