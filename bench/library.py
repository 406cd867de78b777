"""What a library of thousands of routines costs, as ratios to looking at the same files.

For 10 and for 5,000 files: the first start, when every file is read; the second, when the
index knows them; and a search. Each is compared with `os.scandir` and `stat` over the same
files in the same run. Then the screen with 5,000 rows: how many keys a second it answers
while they scroll, beside the same with 10. Run it with the program installed:
`python bench/library.py`.
"""

import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from uncramp.atlas import load_atlas
from uncramp.core.suitability.search import finder
from uncramp.library.library import Library
from uncramp.system.resources import sound_set

FEW, MANY = 10, 5_000
ROUNDS = 7
KEYS = 150

ROUTINE = """\
title = "Routine {n}"
summary = "One minute on each point of the leg, then a roll of the calf."
tags = ["evening", "calf"]

[[steps]]
name = "Foot soak {n}"
time = "10m"
sides = "both"

[[steps]]
points = ["KD3", "BL60", "BL57"]
time = "30s"
sides = "each"

[[steps]]
name = "Calf roll"
time = "2m"
sides = "each"
"""


def main() -> int:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as place:
        folders = {count: Path(place) / str(count) for count in (FEW, MANY)}
        for count, folder in folders.items():
            written(routines_in(folder), count)
        time.sleep(2.5)  # what changed less than two seconds ago is never trusted
        for count, folder in folders.items():
            files(count, folder)
        rates = {count: asyncio.run(keys_a_second(folder)) for count, folder in folders.items()}
        print(
            f"scrolling: {rates[MANY]:.0f} keys a second with {MANY:,} rows, "
            f"{rates[FEW]:.0f} with {FEW}: ratio {rates[MANY] / rates[FEW]:.2f}"
        )
    return 0


def written(own: Path, count: int) -> None:
    """Make the folder `own`, with `count` routines."""
    own.mkdir(parents=True)
    for n in range(count):
        (own / f"routine-{n}.toml").write_text(ROUTINE.format(n=n), encoding="utf-8")


def routines_in(folder: Path) -> Path:
    """Where a home that is at `folder` keeps its routines."""
    return folder / "data" / "uncramp" / "routines"


def opened(folder: Path) -> Library:
    """The library over those files alone."""
    nowhere = folder / "nowhere"
    return Library(routines_in(folder), nowhere, load_atlas(), sound_set(), index=folder / "index")


def files(count: int, folder: Path) -> None:
    """The first start, the second, and a search."""
    own = routines_in(folder)
    looked = median(lambda: looked_at(own))
    first = seconds(lambda: opened(folder).listings())
    second = median(lambda: opened(folder).listings())
    library = opened(folder)
    listings = library.listings()
    ready = median(lambda: finder(listings, library.atlas))
    searched = finder(listings, library.atlas)
    found = median(lambda: searched.found("calf taixi"))
    print(
        f"{count:,} files: looked at {looked * 1000:.1f} ms, first list {first * 1000:.0f} ms "
        f"({first / looked:.0f} times), second {second * 1000:.1f} ms "
        f"({second / looked:.1f} times), prepared for searching {ready * 1000:.1f} ms, "
        f"a search {found * 1000:.1f} ms"
    )
    command = [sys.executable, "-m", "uncramp", "list"]
    home = {f"XDG_{name}_HOME": str(folder / name.lower()) for name in ("DATA", "CACHE", "STATE")}
    environment = os.environ | home
    nothing = median(lambda: run([sys.executable, "-c", "print()"], environment))
    run(command, environment)
    listed = median(lambda: run(command, environment))
    print(
        f"{count:,} files: uncramp list {listed * 1000:.0f} ms, python -c print() "
        f"{nothing * 1000:.0f} ms: {listed / nothing:.1f} times"
    )


def looked_at(folder: Path) -> int:
    """The least that any program has to do: look at each file's state."""
    with os.scandir(folder) as found:
        return sum(file.stat().st_size for file in found)


async def keys_a_second(folder: Path) -> float:
    """How many keys the library's screen answers, each with what it draws."""
    from uncramp.tui.app import UncrampApp

    def no_run(plan: object) -> None:
        raise AssertionError("nothing is run here")

    app = UncrampApp(opened(folder), None, no_run)  # type: ignore[arg-type]
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        begun = time.perf_counter()
        for at in range(KEYS):
            await pilot.press("pagedown" if at % 3 else "down")
        return KEYS / (time.perf_counter() - begun)


def run(command: list[str], environment: dict[str, str]) -> None:
    """Run a command to its end."""
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)


def median(work: Callable[[], object]) -> float:
    """How long `work` takes, most often."""
    return statistics.median(seconds(work) for _ in range(ROUNDS))


def seconds(work: Callable[[], object]) -> float:
    """How long `work` takes once."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


if __name__ == "__main__":
    raise SystemExit(main())
