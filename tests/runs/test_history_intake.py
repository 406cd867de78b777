"""The lines of runs come into the history, each once, with anything else in the file."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from uncramp.core.history.calendar import nights_of
from uncramp.core.history.entries import CrampEntry, Leg, RunEnding, RunEntry
from uncramp.core.history.nights import LocalTime
from uncramp.core.run.record import Record
from uncramp.runs.file_names import FILE_NAME
from uncramp.runs.history import History
from uncramp.runs.history_intake import AT_ONCE, open_history
from uncramp.runs.history_problems import CannotUse, Why
from uncramp.runs.history_store import HistoryStore

NOW_S = 1_700_000_000
RECORD = Record(
    "bedtime", "Füße", "f00d", True, 61_000, 90_000, 2, 3,
    steps_skipped=1, skipped=("Soak",), lengthened=1, side="left", conditions=("pregnant",),
)  # fmt: skip
OLD = (
    b'{"routine_id": "calf", "title": "Calf", "fingerprint": "ab", "is_complete": false, '
    b'"played_ms": 5000, "total_ms": 9000, "steps_done": 0, "steps": 2, '
    b'"started": "2023-11-14T23:30:00-05:00", "ended": "2023-11-14T23:31:00-05:00"}\n'
)


def wall() -> float:
    return float(NOW_S)


def opened(folder: Path) -> HistoryStore:
    return open_history(folder, wall)


def runs(folder: Path) -> list[RunEntry]:
    with opened(folder) as store:
        return [entry for _, entry in store.all() if isinstance(entry, RunEntry)]


def write(folder: Path, record: Record = RECORD) -> None:
    assert History(folder, wall).append(record, NOW_S, NOW_S + 70) is None


def test_a_run_is_in_the_history_with_all_that_was_noted(
    tmp_path: Path, use_zone: Callable[[str], None]
) -> None:
    use_zone("Asia/Kolkata")
    write(tmp_path)
    (entry,) = runs(tmp_path)
    assert entry == RunEntry(
        "bedtime", "Füße", "f00d", LocalTime(NOW_S, 330), LocalTime(NOW_S + 70, 330),
        RunEnding.FINISHED, side="left", steps=3, steps_done=2, steps_skipped=1, lengthened=1,
        active_ms=61_000, paused_ms=9_000, conditions=("pregnant",), skipped=("Soak",), id=1,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("record", "ending"),
    [
        (RECORD, RunEnding.FINISHED),
        (replace(RECORD, steps_done=0), RunEnding.ENDED),
        (replace(RECORD, is_complete=False), RunEnding.ENDED),
        (replace(RECORD, is_complete=False, is_cut_off=True), RunEnding.CUT_OFF),
    ],
)
def test_how_it_ended_is_kept(tmp_path: Path, record: Record, ending: RunEnding) -> None:
    write(tmp_path, record)
    assert [entry.ending for entry in runs(tmp_path)] == [ending]


def test_each_line_is_taken_in_once(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(OLD + OLD)
    assert [entry.routine_id for entry in runs(tmp_path)] == ["calf"]
    write(tmp_path)
    write(tmp_path)
    assert len(runs(tmp_path)) == 3
    assert len(runs(tmp_path)) == 3
    # The same lines again, as a backup that was put back would hold them.
    lines = (tmp_path / FILE_NAME).read_bytes()
    (tmp_path / FILE_NAME).write_bytes(lines[: len(OLD)])
    assert len(runs(tmp_path)) == 3
    assert (tmp_path / FILE_NAME).read_bytes() == OLD, "the lines stay"


def test_harmed_lines_are_passed_over_and_half_of_one_waits(tmp_path: Path) -> None:
    harmed = b'\xff{"a\n[]\n{}\n3\nnull\n\n' + b"[" * 9_999 + b"\n"
    bad = [
        ("started", "2023-11-14T23:30:00"), ("started", 3), ("played_ms", -1), ("steps", 1.5),
        ("ended", "0000-01-01T00:00:00+00:00"), ("title", None), ("uid", 3),
    ]  # fmt: skip
    lines = [json.dumps(json.loads(OLD) | {key: value}).encode() + b"\n" for key, value in bad]
    (tmp_path / FILE_NAME).write_bytes(harmed + b"".join(lines) + OLD[:-30])
    assert runs(tmp_path) == []
    with (tmp_path / FILE_NAME).open("ab") as file:
        file.write(OLD[-30:])
    assert len(runs(tmp_path)) == 1


def test_a_line_that_never_ends_holds_nobody_up(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"x" * (AT_ONCE + 9) + b"\n" + OLD)
    assert len(runs(tmp_path)) == 1


def test_what_was_erased_does_not_come_back(tmp_path: Path) -> None:
    write(tmp_path)
    with opened(tmp_path) as store:
        store.erase()
    assert runs(tmp_path) == []
    assert not (tmp_path / FILE_NAME).exists()
    write(tmp_path, replace(RECORD, title="New"))
    assert [entry.title for entry in runs(tmp_path)] == ["New"]


def test_a_deleted_run_is_not_taken_in_again(tmp_path: Path) -> None:
    write(tmp_path)
    with opened(tmp_path) as store:
        assert store.delete(1)
    assert runs(tmp_path) == []


def test_two_that_open_it_at_once_take_each_run_in_once(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(OLD)
    with HistoryStore(tmp_path / "history.sqlite3", wall) as first, opened(tmp_path):
        from uncramp.runs.history_intake import take_in

        assert take_in(first, tmp_path / FILE_NAME) == 0
        assert len(first.page()) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes among files")
def test_lines_that_are_no_file_are_told(tmp_path: Path) -> None:
    if sys.platform != "win32":
        os.mkfifo(tmp_path / FILE_NAME)
    with pytest.raises(CannotUse) as caught:
        opened(tmp_path)
    assert caught.value.why is Why.DISK
    assert caught.value.file == tmp_path / FILE_NAME


@pytest.mark.parametrize(
    "arguments",
    [["list"], ["check", "routines/bedtime.toml"], ["run", "bedtime", "--plain", "--speed", "999"]],
    ids=lambda arguments: arguments[0],
)
def test_no_database_is_loaded_before_a_run_has_ended(arguments: list[str]) -> None:
    asked = f"""
import sys
from collections.abc import Callable
from uncramp.cli.main import main
main({arguments!r})
sys.exit(int("sqlite3" in sys.modules or "_sqlite3" in sys.modules))
"""
    folder = Path(__file__).parents[2]
    told = subprocess.run(
        [sys.executable, "-c", asked], cwd=folder, stdin=subprocess.DEVNULL, capture_output=True,
        check=False,
    )  # fmt: skip
    assert told.returncode == 0, told.stderr


def test_what_was_said_after_a_run_is_joined_to_it(tmp_path: Path) -> None:
    history = History(tmp_path, wall)
    assert history.last is None
    assert history.append(replace(RECORD, is_urgent=True), NOW_S, NOW_S + 70) is None
    said = CrampEntry(LocalTime(NOW_S, 60), leg=Leg.LEFT, pain=7, helped=("Heel", "walking"))
    assert history.last is not None and history.last.began_s == NOW_S
    assert history.append_cramp(said, history.last.uid) is None
    for _ in range(2):
        with opened(tmp_path) as store:
            run, cramp = store.page()[::-1]
            assert cramp == replace(said, run_id=run.id, id=cramp.id)
            facts = nights_of([run, cramp], frozenset())
    assert [night.cramps for night in facts.values()] == [1]


def test_a_line_that_holds_no_cramp_is_passed_over(tmp_path: Path) -> None:
    bad = (b'{"kind": "cramp"}', b'{"kind": "cramp", "uid": "a", "at": "2026-11-20", "pain": 11}',
           b'{"kind": "x", "uid": "b"}', b'{"kind": ["cramp"], "uid": 3}')  # fmt: skip
    (tmp_path / FILE_NAME).write_bytes(b"\n".join(bad) + b"\n" + OLD)
    assert [entry.routine_id for entry in runs(tmp_path)] == ["calf"]
