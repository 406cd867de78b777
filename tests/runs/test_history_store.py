"""The history on disk: no entry is lost, and foreign files are not touched."""

import os
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from uncramp.core.history.entries import (
    CalmNight,
    CrampEntry,
    CrampPlace,
    Entry,
    EntryFilter,
    Leg,
    RunEnding,
    RunEntry,
)
from uncramp.core.history.nights import LocalTime
from uncramp.runs import history_database
from uncramp.runs.file_names import FILE_NAME as LINES_NAME
from uncramp.runs.history_problems import CannotUse, Why
from uncramp.runs.history_schema import APPLICATION_ID, MIGRATIONS, VERSION
from uncramp.runs.history_store import TRASH_S, HistoryStore

NOW_S = 1_790_000_000


class Wall:
    """A wall clock that a test turns."""

    def __init__(self) -> None:
        self.now_s = float(NOW_S)

    def __call__(self) -> float:
        return self.now_s


def opened(folder: Path, wall: Wall | None = None) -> HistoryStore:
    return HistoryStore(folder / "history.sqlite3", wall or Wall())


def run(at_s: int = NOW_S, routine_id: str = "bedtime") -> RunEntry:
    return RunEntry(
        routine_id, "Bedtime", "f00d", LocalTime(at_s, 60), LocalTime(at_s + 60, 60),
        RunEnding.FINISHED, side="left", steps=3, steps_done=2, steps_skipped=1, lengthened=1,
        active_ms=60_000, paused_ms=500, conditions=("blood-thinners",), skipped=("Soak",),
    )  # fmt: skip


def cramp(at_s: int = NOW_S, **fields: object) -> CrampEntry:
    known = {"leg": Leg.LEFT, "place": CrampPlace.CALF, "pain": 7, "lasted_s": 90, **fields}
    return CrampEntry(LocalTime(at_s, 60), helped=("Walk", "étirer"), note="hike", **known)  # type: ignore[arg-type]


def numbered(entry: Entry, number: int) -> Entry:
    return replace(entry, id=number)


def test_what_is_kept_is_read_back_as_it_was(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        first = store.add(run())
        second = store.add(cramp(run_id=first))
        third = store.add(CalmNight(date(2026, 9, 1)))
    with opened(tmp_path) as store:
        assert store.get(first) == numbered(run(), first)
        assert store.get(second) == numbered(cramp(run_id=first), second)
        assert store.get(third) == numbered(CalmNight(date(2026, 9, 1)), third)
        assert store.get(99) is None
    for file in tmp_path.iterdir():
        assert file.stat().st_mode & 0o077 == 0, file


def test_pages_follow_each_other_without_a_gap(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        for number in range(25):
            # Ten at the same second: the number decides.
            store.add(run(NOW_S + max(number - 10, 0)))
        seen: list[RunEntry] = []
        before = None
        while page := store.page(size=7, before=before):
            assert all(isinstance(entry, RunEntry) for entry in page)
            seen += page  # type: ignore[arg-type]
            before = (seen[-1].began.epoch_s, seen[-1].id)
        assert [entry.id for entry in seen] == list(range(25, 0, -1))


def test_what_is_wanted_narrows_the_page(tmp_path: Path) -> None:
    day = 24 * 60 * 60
    with opened(tmp_path) as store:
        one = store.add(run())
        two = store.add(run(NOW_S - day, "calf-rub"))
        three = store.add(cramp(NOW_S - 2 * day))
        night = run().began.night

        def numbers(**wanted: object) -> list[int]:
            return [entry.id for entry in store.page(EntryFilter(**wanted))]  # type: ignore[arg-type]

        assert numbers() == [one, two, three]
        assert numbers(kind="cramp") == [three]
        assert numbers(routine_id="calf-rub") == [two]
        assert numbers(since=night) == [one]
        assert numbers(until=night - timedelta(1)) == [two, three]
        assert [e.id for e in store.between(night - timedelta(1), night)] == [two, one]


def test_the_trash_gives_back_for_thirty_days(tmp_path: Path) -> None:
    wall = Wall()
    with opened(tmp_path, wall) as store:
        number, other = store.add(run()), store.add(run())
        assert store.delete(number) and not store.delete(number)
        assert store.get(number) is None
        assert [entry.id for entry in store.page(EntryFilter(is_deleted=True))] == [number]
        assert store.restore(number) and not store.restore(number)
        assert store.delete(number)
        wall.now_s += TRASH_S + 1
        store.delete(other)
        assert not store.restore(number)
        assert store.restore(other)


def test_an_entry_can_be_changed(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        number = store.add(cramp())
        store.change(numbered(cramp(NOW_S + 60, pain=2, leg=None), number))
        assert store.get(number) == numbered(cramp(NOW_S + 60, pain=2, leg=None), number)
        assert not store.change(numbered(run(), number))


def test_twice_is_once(tmp_path: Path) -> None:
    rows: list[tuple[str, Entry, str]] = [("a", run(), ""), ("b", cramp(), "")]
    with opened(tmp_path) as store:
        assert store.add_all(rows) == 2
        assert store.add_all([*rows, ("c", cramp(), "a")]) == 1
        assert [(uid, type(entry)) for uid, entry in store.all()] == [
            ("a", RunEntry),
            ("b", CrampEntry),
            ("c", CrampEntry),
        ]
        night = CalmNight(date(2026, 9, 1))
        store.add(night)
        store.add(night)
        assert len(store.page(EntryFilter(kind="calm"))) == 1
        assert store.note_shown("long:2026-09-01") and not store.note_shown("long:2026-09-01")
        assert store.take_over("runs.jsonl", 40, [("d", run(), ""), ("a", run(), "")]) == 1
        assert store.bytes_taken_over("runs.jsonl") == 40


def test_erased_is_off_the_disk(tmp_path: Path) -> None:
    words = "a secret that nobody else may read"
    with opened(tmp_path) as store:
        store.add(cramp(place=None))
        store.change(numbered(CrampEntry(LocalTime(NOW_S), note=words), 1))
        assert any(words.encode() in file.read_bytes() for file in tmp_path.iterdir())
        store.erase()
        assert not any(words.encode() in file.read_bytes() for file in tmp_path.iterdir())
        assert store.page() == []


def refused(folder: Path) -> Why:
    with pytest.raises(CannotUse) as caught:
        opened(folder)
    return caught.value.why


def test_a_file_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        store.add(run())
    file = tmp_path / "history.sqlite3"
    connection = sqlite3.connect(file)
    connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    connection.close()
    before = file.read_bytes()
    assert refused(tmp_path) is Why.NEWER
    assert file.read_bytes() == before


def test_what_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "history.sqlite3"
    file.write_bytes(b"no database at all, but longer than a page head\n" * 40)
    before = file.read_bytes()
    assert refused(tmp_path) is Why.NOT_OURS
    assert file.read_bytes() == before
    file.unlink()
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE another (thing)")
    connection.commit()
    connection.close()
    assert refused(tmp_path) is Why.NOT_OURS
    file.unlink()
    if sys.platform != "win32":
        os.mkfifo(file)
    assert refused(tmp_path) in (Why.NOT_OURS, Why.DISK)
    file.unlink()
    file.mkdir()
    assert refused(tmp_path) is Why.DISK


def test_a_damaged_file_is_told_and_left_alone(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        for _ in range(200):
            store.add(run())
    file = tmp_path / "history.sqlite3"
    data = bytearray(file.read_bytes())
    data[4096:8192] = b"\xff" * 4096
    file.write_bytes(data)
    with pytest.raises(CannotUse) as caught, opened(tmp_path) as store:
        store.page(size=500)
        store.add(run())
    assert caught.value.why in (Why.DAMAGED, Why.NOT_OURS)


def test_a_half_made_file_is_made_anew_from_nothing(tmp_path: Path) -> None:
    """A program that was killed between the file and its first tables leaves an empty one."""
    (tmp_path / "history.sqlite3").touch()
    with opened(tmp_path) as store:
        assert store.add(run()) == 1
    connection = sqlite3.connect(tmp_path / "history.sqlite3")
    assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    connection.close()


def test_one_that_is_held_is_told_and_can_still_be_read(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        store.add(run())
    file, lines = tmp_path / "history.sqlite3", tmp_path / LINES_NAME
    lines.write_bytes(b"a run\n")
    with (
        closing(sqlite3.connect(file, isolation_level=None)) as holder,
        HistoryStore(file, Wall(), wait_s=0.05) as store,
    ):
        holder.execute("BEGIN IMMEDIATE")
        for write in (lambda: store.add(run()), lambda: store.delete(1), store.erase):
            with pytest.raises(CannotUse) as caught:
                write()
            assert caught.value.why is Why.LOCKED
        assert len(store.page()) == 1
        assert lines.exists()


def test_an_older_file_is_migrated_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A copy of it as it was stays beside it."""
    with opened(tmp_path) as store:
        store.add(run())
    monkeypatch.setattr(history_database, "VERSION", VERSION + 1)
    half = "ALTER TABLE runs ADD COLUMN mood TEXT;\nALTER TABLE nowhere ADD COLUMN mood TEXT"
    monkeypatch.setattr(history_database, "MIGRATIONS", (*MIGRATIONS, half))
    assert refused(tmp_path) is Why.DISK
    copy = tmp_path / f"history.sqlite3.v{VERSION}"
    for file in (tmp_path / "history.sqlite3", copy):
        with closing(sqlite3.connect(file)) as connection:
            assert connection.execute("PRAGMA user_version").fetchone() == (VERSION,)
            assert connection.execute("SELECT count(*) FROM runs").fetchone() == (1,)
            names = [row[1] for row in connection.execute("PRAGMA table_info(runs)")]
            assert "mood" not in names
    whole = "ALTER TABLE runs ADD COLUMN mood TEXT"
    monkeypatch.setattr(history_database, "MIGRATIONS", (*MIGRATIONS, whole))
    with opened(tmp_path) as store:
        assert store.page()[0].id == 1
    with closing(sqlite3.connect(tmp_path / "history.sqlite3")) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (VERSION + 1,)
    if sys.platform != "win32":
        assert copy.stat().st_mode & 0o077 == 0


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from uncramp.core.history.entries import CrampEntry
from uncramp.core.history.nights import LocalTime
from uncramp.runs.history_problems import CannotUse
from uncramp.runs.history_store import HistoryStore
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with HistoryStore(Path(sys.argv[1]), lambda: 0.0) as store:
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))
    for number in range(10_000):
        try:
            store.add(CrampEntry(LocalTime(number), note="x" * 500), str(number))
        except CannotUse as problem:
            print(problem.why.value, len(store.page(size=10_000)), flush=True)
            break
        print(number, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there are no limits of a process")
def test_a_full_disk_is_told_and_loses_nothing(tmp_path: Path) -> None:
    file = tmp_path / "history.sqlite3"
    ran = [sys.executable, "-c", FULL_DISK, str(file)]
    said = subprocess.run(ran, capture_output=True, text=True, check=True)
    *confirmed, last = said.stdout.split("\n")[:-1]
    assert last == f"disk {len(confirmed)}"
    assert len(confirmed) > 10
    with HistoryStore(file, Wall()) as store:
        assert [uid for uid, _ in store.all()] == confirmed
        store.add(run())
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


READ_ONLY = """
import os, shutil, sys
from pathlib import Path
from uncramp.core.history.entries import CrampEntry
from uncramp.core.history.nights import LocalTime
from uncramp.runs.history_problems import CannotUse
from uncramp.runs.history_store import HistoryStore
folder = Path(sys.argv[1]) / "history"
file = folder / "history.sqlite3"
with HistoryStore(folder.with_name("open") / file.name, lambda: 0.0) as store:
    store.add(CrampEntry(LocalTime(7)), "a")
    # As a program leaves it that is killed: the entry is in the log only.
    shutil.copytree(store.file.parent, folder, ignore=shutil.ignore_patterns("*-shm"))
if os.geteuid() == 0:
    # The system's first user may write anywhere: be another one.
    for path in (folder.parent, folder, *folder.iterdir()):
        os.chown(path, 65534, 65534)
    os.seteuid(65534)
before = file.read_bytes()
for of_folder, of_file in ((0o555, 0o600), (0o755, 0o400), (0o555, 0o400), (0o555, 0)):
    folder.chmod(0o755)
    file.chmod(of_file)
    folder.chmod(of_folder)
    try:
        with HistoryStore(file, lambda: 0.0) as store:
            assert store.note_shown("long") and not store.note_shown("long")
            print(len(store.page()), end=" ")
            for write in (lambda: store.add(CrampEntry(LocalTime(8))), store.erase):
                try:
                    write()
                    print("written")
                except CannotUse as problem:
                    print(problem.why.value, end=" ")
            print()
    except CannotUse as problem:
        print(problem.why.value)
folder.chmod(0o755)
file.chmod(0o600)
assert file.read_bytes() == before
"""


@pytest.mark.skipif(sys.platform == "win32", reason="folders have no such rights there")
def test_what_can_only_be_read_is_read_and_nothing_is_written() -> None:
    # Not below the test's own folder, which no other user may enter.
    with tempfile.TemporaryDirectory() as folder:
        ran = [sys.executable, "-c", READ_ONLY, folder]
        said = subprocess.run(ran, capture_output=True, text=True, check=False)
        read = ["1 read-only read-only "] * 3
        assert (said.stdout.splitlines(), said.stderr) == ([*read, "unreadable"], "")


FULL = """
import resource, sys
from pathlib import Path
from uncramp.core.history.entries import CrampEntry
from uncramp.core.history.nights import LocalTime
from uncramp.runs.history_intake import open_history
from uncramp.runs.history_problems import CannotUse
folder = Path(sys.argv[1])
with open_history(folder, lambda: 0.0) as store:
    store.add(CrampEntry(LocalTime(7)))
    store.add(CrampEntry(LocalTime(8)))
(folder / "runs.jsonl").write_text('{"uid": "c", "kind": "calm", "night": "2026-09-01"}\\n')
before = store.file.read_bytes()
if sys.argv[2] == "while-open":
    # Another program has it open: opening needs no room, writing does.
    import sqlite3
    held = sqlite3.connect(store.file)
    held.execute("SELECT count(*) FROM entries").fetchone()
# No file may grow: what a full disk comes to.
resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
with open_history(folder, lambda: 0.0) as store:
    print(len(store.page()), store.note_shown("long"))
    for write in (lambda: store.add(CrampEntry(LocalTime(9))), store.erase):
        try:
            write()
        except CannotUse as problem:
            print(problem.why.value)
assert store.file.read_bytes() == before
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limit to what a process may write")
@pytest.mark.parametrize("moment", ["closed", "while-open"])
def test_a_history_on_a_full_disk_is_read(tmp_path: Path, moment: str) -> None:
    ran = [sys.executable, "-c", FULL, str(tmp_path / "history"), moment]
    said = subprocess.run(ran, capture_output=True, text=True, check=False)
    assert (said.stdout.splitlines(), said.stderr) == (["3 True", "disk", "disk"], "")
