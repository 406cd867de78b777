"""The database and the entries agree about nights."""

import random
from datetime import date
from pathlib import Path

from uncramp.core.history.calendar import facts_of, nights_of
from uncramp.core.history.entries import CalmNight, CrampEntry, Entry, RunEnding, RunEntry
from uncramp.core.history.nights import LocalTime
from uncramp.runs.history_store import HistoryStore

FIRST_S = 1_790_000_000
EVENING = frozenset({"bedtime", "stretch"})


def entries(chance: random.Random) -> list[Entry]:
    found: list[Entry] = []
    for number in range(1, 120):
        at = LocalTime(FIRST_S + chance.randrange(30 * 86_400), chance.choice((-300, 0, 330)))
        kind = chance.randrange(4)
        if kind == 0:
            found.append(CalmNight(at.night))
        elif kind == 1:
            runs = [n for n, e in enumerate(found, 1) if isinstance(e, RunEntry)]
            found.append(CrampEntry(at, run_id=chance.choice([None, *runs])))
        else:
            name = chance.choice(("bedtime", "stretch", "acute", "calf"))
            found.append(
                RunEntry(
                    name, name, "f", at, at, chance.choice(list(RunEnding)),
                    is_urgent=name == "acute" or number % 9 == 0,
                )
            )  # fmt: skip
    return found


def test_marks_tell_the_same_as_the_entries(tmp_path: Path) -> None:
    for seed in range(5):
        with HistoryStore(tmp_path / f"{seed}.sqlite3", lambda: float(FIRST_S)) as store:
            for entry in entries(random.Random(seed)):
                store.add(entry)
            for number in range(3, 120, 7):
                store.delete(number)
            for ids in (EVENING, frozenset[str]()):
                first, last = date(2026, 9, 25), date(2026, 10, 10)
                told = facts_of(store.marks(first, last, ids))
                assert told == nights_of(store.between(first, last), ids)
                assert len(told) > 5
