import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from uncramp.core.run.events import RunEnded, Started
from uncramp.core.run.record import Record
from uncramp.core.suitability.search import Moment, Use
from uncramp.runs.file_names import FILE_NAME
from uncramp.runs.history import History, moment_at, runs_of, uses_in
from uncramp.runs.unkept import NotWritten

RECORD = Record("bedtime", "Füße", "f00d", False, 61_000, 90_000, 1, 3)


@pytest.fixture
def _zone(use_zone: Callable[[str], None]) -> None:
    use_zone("Asia/Kolkata")


@pytest.mark.usefixtures("_zone")
def test_a_run_that_ended_is_a_line_with_its_local_times(tmp_path: Path) -> None:
    now = [1_700_000_000.0]
    history = History(tmp_path / "deep" / "history", lambda: now[0])
    history.listen(Started(0, 0))
    now[0] += 61
    history.listen(RunEnded(61_000, 61_000, RECORD))
    assert history.problem is None
    (line,) = history.file.read_text(encoding="utf-8").splitlines()
    fields = json.loads(line)
    assert len(fields.pop("uid")) == 32
    assert fields == {
        "routine_id": "bedtime", "title": "Füße", "fingerprint": "f00d", "is_complete": False,
        "played_ms": 61_000, "total_ms": 90_000, "steps_done": 1, "steps": 3,
        "steps_skipped": 0, "skipped": [], "lengthened": 0, "shortened": 0, "is_urgent": False,
        "side": "", "conditions": [], "is_cut_off": False,
        "started": "2023-11-15T03:43:20+05:30", "ended": "2023-11-15T03:44:21+05:30",
    }  # fmt: skip


def test_the_file_only_grows_and_is_for_this_person_alone(tmp_path: Path) -> None:
    history = History(tmp_path, lambda: 0.0)
    assert history.append(RECORD, 0, 1) is None
    assert history.append(replace(RECORD, routine_id="now"), 0, 1) is None
    lines = history.file.read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["routine_id"] for line in lines] == ["bedtime", "now"]
    assert history.file.stat().st_mode & 0o077 == 0


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("Windows has no pipes among files")
    (tmp_path / "file").touch()
    history = History(tmp_path / "file" / "history", lambda: 0.0)
    history.listen(RunEnded(0, 0, RECORD))
    assert history.problem is not None
    assert history.problem.file == history.file
    os.mkfifo(tmp_path / FILE_NAME)
    assert History(tmp_path, lambda: 0.0).append(RECORD, 0, 1)


def test_a_full_disk_leaves_no_half_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    history = History(tmp_path, lambda: 0.0)
    history.append(RECORD, 0, 1)
    before = history.file.read_bytes()
    write = os.write
    monkeypatch.setattr(os, "write", lambda fd, data: write(fd, data[:10]))
    problem = history.append(RECORD, 0, 1)
    monkeypatch.undo()
    assert problem == NotWritten(history.file, "the disk is full")
    assert history.file.read_bytes() == before


@pytest.mark.usefixtures("_zone")
def test_what_was_begun_when_is_read_back_and_harmed_lines_are_passed_over(tmp_path: Path) -> None:
    assert uses_in(tmp_path) == ()
    history = History(tmp_path, time.time)
    history.append(RECORD, 1_700_000_000.0, 1_700_000_061.0)
    with history.file.open("ab") as file:
        file.write(b'\xff{"half\n[]\n{"routine_id": "x", "started": 3}\n')
        file.write(b'{"routine_id": "calf", "started": "2023-11-14T23:30:00-05:00"}\n')
    assert uses_in(tmp_path) == (
        Use("bedtime", Moment(1_700_000_000.0, 3 * 60 + 43), is_complete=False),
        Use("calf", Moment(1_700_022_600.0, 23 * 60 + 30)),
    )
    assert moment_at(1_700_000_000.0) == Moment(1_700_000_000.0, 3 * 60 + 43)


def test_of_a_long_history_its_end_counts(tmp_path: Path) -> None:
    history = History(tmp_path, time.time)
    line = b'{"routine_id": "old", "started": "2023-11-14T23:30:00-05:00"}\n'
    history.file.write_bytes(line * 20_000 + line.replace(b"old", b"new"))
    found = uses_in(tmp_path)
    assert found[-1].routine_id == "new"
    assert 1_000 < len(found) < 20_000


@pytest.mark.usefixtures("_zone")
def test_a_clock_that_was_set_back_meanwhile_is_believed(tmp_path: Path) -> None:
    history = History(tmp_path, lambda: 0.0)
    assert history.append(RECORD, 1_700_000_000.0, 1_699_990_000.0) is None
    fields = json.loads(history.file.read_text(encoding="utf-8"))
    ended = datetime.fromisoformat(fields["ended"]).timestamp()
    assert ended == 1_699_990_000
    assert datetime.fromisoformat(fields["started"]).timestamp() == ended - RECORD.played_ms // 1000


def test_the_runs_of_a_routine_are_read_without_a_database(tmp_path: Path) -> None:
    history = History(tmp_path, lambda: 1_000_000.0)
    assert runs_of(tmp_path, "evening") == ()
    for name in ("evening", "evening-light", "evening"):
        assert history.append(replace(RECORD, routine_id=name), 900_000.0, 1_000_000.0) is None
    with history.file.open("ab") as file:
        file.write(
            b'{"routine_id": "evening"}\n["evening"]\n{"kind": "cramp", "note": "evening"}\n'
        )
    assert [run.routine_id for run in runs_of(tmp_path, "evening")] == ["evening", "evening"]
    assert [file.name for file in tmp_path.iterdir()] == [history.file.name]
