"""What the history costs with many runs in it, in milliseconds: the middle of 20 tries.

python bench/history.py [RUNS]

The runs and cramps go back 27 years at ten runs a day. It is made in a temporary home, in which
the full screen is opened too: F7 is to cost no more than F6.
"""

import asyncio
import os
import random
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from statistics import median
from time import perf_counter, process_time

from uncramp.core.history.calendar import facts_of
from uncramp.core.history.entries import (
    CalmNight,
    CrampEntry,
    Entry,
    EntryFilter,
    Leg,
    RunEnding,
    RunEntry,
)
from uncramp.core.history.nights import LocalTime
from uncramp.runs.file_names import DATABASE_NAME
from uncramp.runs.history_store import HistoryStore
from uncramp.runs.local_times import today
from uncramp.session.own_history import helps, new_advice
from uncramp.system import paths
from uncramp.system.clocks import Clocks
from uncramp.tui import screens

NOW_S = 1_795_000_000
DAY_S = 24 * 60 * 60
A_DAY = 10
EVENING = frozenset({"bedtime", "bedtime-stretch"})
IDS = (*sorted(EVENING), "calf-rub", "foot-relief", "warm-compress", "acute-calf")


def made(runs: int) -> Iterator[tuple[str, Entry, str]]:
    """The entries, the oldest first."""
    chance = random.Random(7)
    for number in range(runs):
        at = LocalTime(NOW_S - (runs - number) * DAY_S // A_DAY, 60)
        name = chance.choice(IDS)
        yield f"run{number}", RunEntry(
            name, name, "f00d", at, LocalTime(at.epoch_s + 900, 60), RunEnding.FINISHED,
            is_urgent=name == "acute-calf", steps=18, steps_done=18, active_ms=900_000,
        ), ""  # fmt: skip
        if number % A_DAY == 0:
            yield f"calm{number}", CalmNight(at.night), ""
        elif number % A_DAY == 5:
            yield f"cramp{number}", CrampEntry(at, leg=Leg.LEFT, pain=5, note="x" * 40), ""


def cost(do: Callable[[], object]) -> float:
    """The middle of 20 tries, in milliseconds."""
    tries = []
    for _ in range(20):
        begun = perf_counter()
        do()
        tries.append((perf_counter() - begun) * 1000)
    return median(tries)


async def pages() -> Iterable[tuple[str, float, float]]:
    """Processor time to open and draw the library's pages: the first time, and the middle of 20."""
    from uncramp.cli.routine_lookup import open_library
    from uncramp.session.own_data import OwnData
    from uncramp.settings import OwnSettings
    from uncramp.tui.app import UncrampApp

    clocks = Clocks(perf_counter, perf_counter, lambda: float(NOW_S))
    data = OwnData(OwnSettings(paths.settings_file()), clocks)
    app = UncrampApp(open_library(), None, lambda plan: None, data=data)  # type: ignore
    found = []
    async with app.run_test(size=(80, 24)) as pilot:
        screens.load_all()
        await pilot.pause(0.5)
        for key in ("f6", "f7"):
            tries = []
            for _ in range(21):
                begun = process_time()
                await pilot.press(key)
                await pilot.pause()
                tries.append((process_time() - begun) * 1000)
                assert len(app.screen_stack) == 3
                await pilot.press("escape")
                await pilot.pause()
            found.append((key, tries[0], median(tries[1:])))
    return found


def main() -> None:
    """Make the history and print a line for each thing that is asked of it."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as home:
        for name in ("HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
            os.environ[name] = home
        file = paths.made(paths.history_folder()) / DATABASE_NAME
        begun = perf_counter()
        with HistoryStore(file, lambda: float(NOW_S)) as store:
            store.add_all(made(runs))
        print(f"{runs:,} runs: made in {perf_counter() - begun:.1f} s, {file.stat().st_size:,} B")
        with HistoryStore(file, lambda: float(NOW_S)) as store:
            first = store.page()
            middle = store.place_of(runs // 2)
            last = today(NOW_S)
            asked: dict[str, Callable[[], object]] = {
                "first page": store.page,
                "page in the middle": lambda: store.page(before=middle),
                "page of one routine": lambda: store.page(EntryFilter("run", "bedtime")),
                "page of cramps": lambda: store.page(EntryFilter("cramp")),
                "a month": lambda: facts_of(store.marks(last - timedelta(days=31), last, EVENING)),
                "does it help": lambda: helps(store, NOW_S, EVENING),
                "see a doctor": lambda: new_advice(store, NOW_S),
                "one entry": lambda: store.get(first[0].id),
            }
            for name, do in asked.items():
                print(f"{name:<20} {cost(do):8.2f} ms")
        print(f"{'opening it':<20} {cost(lambda: HistoryStore(file, float).close()):8.2f} ms")
        for key, first_ms, usual_ms in asyncio.run(pages()):
            print(
                f"{f'{key.upper()} on the screen':<20} {usual_ms:8.2f} ms, at first {first_ms:.2f}"
            )


if __name__ == "__main__":
    main()
