"""What is kept of the history when its writers are killed."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from uncramp.core.history.entries import (
    CrampEntry,
)
from uncramp.runs.history_store import HistoryStore

WRITER = """
import sys
from pathlib import Path
from uncramp.core.history.entries import CrampEntry
from uncramp.core.history.nights import LocalTime
from uncramp.runs.history_problems import CannotUse, Why
from uncramp.runs.history_store import HistoryStore
store = HistoryStore(Path(sys.argv[1]), lambda: 0.0)
for number in range(100_000):
    uid = f"{sys.argv[2]}-{number}"
    try:
        store.add(CrampEntry(LocalTime(number), note=uid), uid)
    except CannotUse as problem:
        # The other writer had it all the time: nothing is confirmed.
        assert problem.why is Why.LOCKED
        continue
    print(uid, flush=True)
"""
KILLS = int(os.environ.get("UNCRAMP_KILLS", "6"))


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_nothing_that_was_confirmed_is_lost_to_a_kill(tmp_path: Path) -> None:
    """Two programs write at the same time and both are killed in the middle of it."""
    file = tmp_path / "history.sqlite3"
    confirmed: list[str] = []
    for kill in range(KILLS):
        writers = [
            subprocess.Popen(
                [sys.executable, "-c", WRITER, str(file), f"{kill}-{which}"],
                stdout=subprocess.PIPE,
                text=True,
            )
            for which in range(2)
        ]
        # Each kill comes at another place: after so many confirmed entries of the first.
        for _ in range(1 + kill * 7 % 23):
            assert writers[0].stdout is not None
            line = writers[0].stdout.readline()
            assert line, "the writer ended by itself"
            confirmed.append(line.strip())
        for writer in writers:
            writer.kill()
        for writer in writers:
            assert writer.stdout is not None
            confirmed += writer.stdout.read().split("\n")[:-1]
            writer.stdout.close()
            writer.wait()
        connection = sqlite3.connect(file)
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        connection.close()
    with HistoryStore(file, lambda: 0.0) as store:
        kept = [uid for uid, _ in store.all()]
        notes = [entry.note for _, entry in store.all() if isinstance(entry, CrampEntry)]
    assert len(kept) == len(set(kept))
    assert set(confirmed) <= set(kept)
    assert sorted(notes) == sorted(kept)
