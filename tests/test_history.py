import json
import os
import time
from dataclasses import replace
from pathlib import Path

import pytest

from uncramp.core.events import RunEnded, Started
from uncramp.core.record import Record
from uncramp.history import FILE_NAME, History

RECORD = Record("bedtime", "Füße", "f00d", False, 61_000, 90_000, 1, 3)


@pytest.fixture
def _zone(monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.setenv("TZ", "Asia/Kolkata")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("_zone")
def test_a_run_that_ended_is_a_line_with_its_local_times(tmp_path: Path) -> None:
    now = [1_700_000_000.0]
    history = History(tmp_path / "deep" / "history", lambda: now[0])
    history.listen(Started(0, 0))
    now[0] += 61
    history.listen(RunEnded(61_000, 61_000, RECORD))
    assert history.problem is None
    (line,) = history.file.read_text(encoding="utf-8").splitlines()
    assert json.loads(line) == {
        "routine_id": "bedtime", "title": "Füße", "fingerprint": "f00d", "is_complete": False,
        "played_ms": 61_000, "total_ms": 90_000, "steps_done": 1, "steps": 3,
        "started": "2023-11-15T03:43:20+05:30", "ended": "2023-11-15T03:44:21+05:30",
    }  # fmt: skip


def test_the_file_only_grows_and_is_for_this_person_alone(tmp_path: Path) -> None:
    history = History(tmp_path, lambda: 0.0)
    assert history.append(RECORD, 0, 1) is None
    assert history.append(replace(RECORD, routine_id="now"), 0, 1) is None
    lines = history.file.read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["routine_id"] for line in lines] == ["bedtime", "now"]
    assert history.file.stat().st_mode & 0o077 == 0


def test_a_place_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    history = History(tmp_path / "file" / "history", lambda: 0.0)
    history.listen(RunEnded(0, 0, RECORD))
    assert history.problem is not None
    assert history.problem.startswith("This run could not be written into the history, ")
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
    assert problem is not None
    assert problem.endswith("No space left on device.")
    assert history.file.read_bytes() == before
